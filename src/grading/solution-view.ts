import { askTwice } from './ask-twice.ts';
import { element } from './dom.ts';
import { differingLines } from './line-difference.ts';

interface Programs {
  answer(): string;
  starter(): string;
  /** Whether the reader has earned the solution; others are asked once more. */
  mayShow(): boolean;
}

const ASK = 'Show the solution: you have not checked an answer yet. Press once more to see it all the same.';

/**
 * Answer and starter beside the solution, as copies: nothing here changes what the reader wrote. In answer and solution
 * the lines are marked that the other does not have.
 *
 * Returns how to bring the copy of the answer up to date.
 */
export function showBeside(solution: HTMLDetailsElement, programs: Programs): () => void {
  const answer = codeView('Your answer');
  const starter = codeView('The starter');
  const views = solution.querySelector('.views');
  views?.prepend(answer.figure);
  solution.append(starter.figure);
  const note = element(
    'p',
    'views-note',
    'A bar marks the lines that differ between your answer and the solution.',
  );
  views?.before(note);
  const refresh = async (): Promise<void> => {
    if (!solution.open) return;
    await Promise.all([answer.show(programs.answer()), starter.show(programs.starter())]);
    const right = solution.querySelector<HTMLElement>('.solution-code');
    note.hidden = !right || !markDifferences(answer.figure, right);
  };
  solution.addEventListener('toggle', () => void refresh());

  askTwice(solution, ASK, programs.mayShow);
  return () => void refresh();
}

/** A program to be read, under its title if it has one. */
export function codeView(title: string): { figure: HTMLElement; show(program: string): Promise<void> } {
  const code = element('div', '');
  const caption = title ? [element('figcaption', '', title)] : [];
  const show = async (program: string): Promise<void> => {
    const { highlighted } = await import('../editor/highlight.ts');
    code.innerHTML = highlighted(program.trimEnd()); // made of text, as the site makes its own blocks
    code.firstElementChild?.classList.add('astro-code');
  };
  return { figure: element('figure', 'view', ...caption, code), show };
}

/** Marks the lines that differ, and says whether there are any. */
function markDifferences(answer: HTMLElement, solution: HTMLElement): boolean {
  const [own, right] = [answer, solution].map((view) => [...view.querySelectorAll<HTMLElement>('.line')]);
  const text = (lines: readonly HTMLElement[]): string =>
    lines.map((line) => line.textContent ?? '').join('\n');
  const differing = differingLines(text(own), text(right));
  for (const [side, lines] of [own, right].entries()) {
    for (const [i, line] of lines.entries()) line.classList.toggle('differs', differing[side].includes(i));
  }
  return differing.flat().length > 0;
}
