const FROM = '# lines';
const TO = '# end';

/** A program of which some lines are to be put in order. */
export interface Puzzle {
  /** What stands before the lines and after them. */
  head: string;
  tail: string;
  /** The lines of the solution, in its order. */
  solution: string[];
  /** All lines that there are to choose from, in the order of the alphabet. */
  lines: string[];
}

/** Takes `solution.py` apart. @throws when it does not say which lines. */
export function puzzleOf(source: string, distractors: readonly string[]): Puzzle {
  const all = source.trimEnd().split('\n');
  const [from, to] = [FROM, TO].map((mark) => all.findIndex((line) => line.trim() === mark));
  if (from < 0 || to < from + 3)
    throw new Error(`solution.py has no \`${FROM}\` and \`${TO}\` with at least two lines between them`);
  const solution = all.slice(from + 1, to);
  const byWords = (a: string, b: string): number => (a.trim() < b.trim() ? -1 : 1);
  return {
    head: all.slice(0, from).join('\n'),
    tail: all.slice(to + 1).join('\n'),
    solution,
    lines: [...solution, ...distractors].sort(byWords),
  };
}

/** The program that some lines make. */
export const programOf = ({ head, tail }: Pick<Puzzle, 'head' | 'tail'>, lines: readonly string[]): string =>
  `${[head, ...lines, tail].join('\n').trim()}\n`;

/** The lines that an answer puts between head and tail; undefined where it holds anything else. */
export function linesOf(
  answer: string,
  { head, tail, lines }: Omit<Puzzle, 'solution'>,
): string[] | undefined {
  const before = `${head}\n`.trimStart();
  const after = `\n${tail}`.trimEnd();
  const text = answer.trimEnd();
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined;
  const used = text.slice(before.length, text.length - after.length);
  if (used === '') return [];
  const chosen = used.split('\n');
  const left = [...lines];
  for (const line of chosen) {
    const at = left.indexOf(line);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return chosen;
}
