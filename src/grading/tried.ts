import type { NodeInterpreter } from '../runtime/node.ts';
import type { ExerciseFolder } from './exercise-programs.ts';
import type { Problem } from './inspect.ts';
import { judge } from './judge.ts';
import type { GradeReport } from './records.ts';
import type { Report } from './report.ts';

const FILE = 'tried.py';

/** An answer that somebody gave, and what should be said of it. */
interface Tried {
  /** `solved`, the name of a mistake, or words from the first check that fails. */
  expected: string;
  what: string;
  program: string;
  line: number;
}

/** Answers in `tried.py`, each under a line `# --- EXPECTED | what it does`, of which something else is said. */
export async function triedProblems(
  { check, tried }: ExerciseFolder,
  trusted: GradeReport,
  python: NodeInterpreter,
): Promise<Problem[]> {
  const answers = answersIn(tried);
  if (answers.length === 0) return [];
  const programs = Object.fromEntries(answers.map(({ line, program }) => [`${line}`, program]));
  const { programs: records } = await python.grade({ check, programs });
  return answers.flatMap(({ expected, what, line }) => {
    const report = judge(records[line], trusted);
    if (isSaid(expected, report)) return [];
    const sentence = `“${what}” should be told: ${expected}. It is told: ${verdictOf(report)}`;
    return [{ file: FILE, line, sentence }];
  });
}

function isSaid(expected: string, { solved, mistake, checks }: Report): boolean {
  if (solved) return expected === 'solved';
  if (mistake !== undefined) return `${expected}.py` === mistake;
  return checks.find(({ passed }) => !passed)?.why?.includes(expected) ?? false;
}

function verdictOf({ solved, mistake, checks }: Report): string {
  if (solved) return 'solved';
  return mistake?.replace(/\.py$/, '') ?? checks.find(({ passed }) => !passed)?.why ?? '';
}

function answersIn(source: string): Tried[] {
  const [, ...parts] = source.split(/^# --- /m);
  let line = 1;
  return parts.map((part) => {
    const at = line;
    line += part.split('\n').length - 1;
    const [head] = part.split('\n', 1);
    const [expected, what = ''] = head.split(' | ');
    return { expected, what, program: part.slice(head.length + 1), line: at };
  });
}
