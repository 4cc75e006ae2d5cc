import type { NodeInterpreter } from '../runtime/node.ts';
import type { ExerciseFolder } from './exercise-folder.ts';
import { CutShort } from './grader.ts';
import { judge, SOLUTION } from './judge.ts';
import type { GradeReport, ProgramRecord, Value } from './records.ts';
import type { Report } from './report.ts';
import { triedProblems } from './tried.ts';

/** Something that an author should mend. */
export interface Problem {
  /** From the folder of the exercise or lesson. */
  readonly file: string;
  readonly line?: number;
  /** What is wrong and what to do, in words. */
  readonly sentence: string;
}

const STARTER = 'starter.py';
const MISTAKES = 'mistakes/';
/** An exercise that knows fewer mistakes has not been tried on people. */
const FEWEST_MISTAKES = 4;

/** Inputs are drawn as readers meet them, and once more: what holds should not hang on a lucky draw. */
const SEEDS = ['', 'once more '];

/** Tries every program of an exercise, and says what does not behave as it should. */
export async function inspectExercise(
  folder: ExerciseFolder,
  python: NodeInterpreter,
  fewest = FEWEST_MISTAKES,
): Promise<Problem[]> {
  const { mistakes } = folder;
  const problems = [...repeated(mistakes), ...few(Object.keys(mistakes).length, fewest)];
  const broken = await unusable(folder, python);
  if (broken.length > 0) return [...broken, ...problems];
  for (const seed of SEEDS) {
    const found = await inspectWith(seed, folder, python);
    if (found.length > 0) return [...found, ...problems];
  }
  const { trusted } = await tryPrograms(folder, python);
  return [...(await triedProblems(folder, trusted, python)), ...problems];
}

/** Why nothing can be said of the programs yet: checks that are none, or a solution that nothing can be compared with. */
async function unusable({ check, solution }: ExerciseFolder, python: NodeInterpreter): Promise<Problem[]> {
  const again = 'the solution, once more';
  let trusted: GradeReport;
  try {
    trusted = await python.grade({ check, programs: { [SOLUTION]: solution, [again]: solution } });
  } catch (error) {
    return [error instanceof CutShort ? endless(SOLUTION) : invalid('check.py', error)];
  }
  if (trusted.checks.length === 0)
    return [{ file: 'check.py', sentence: 'holds no check: a function under `@check("…")`' }];
  const failed = failing(SOLUTION, judge(trusted.programs[SOLUTION], trusted));
  if (failed.length > 0) return trusted.programs[SOLUTION][0][0].startError ? failed.slice(0, 1) : failed;
  if (judge(trusted.programs[again], trusted).solved) return [];
  return [{ file: SOLUTION, sentence: 'does not give the same twice, so nothing can be compared with it' }];
}

const endless = (file: string): Problem => ({ file, sentence: 'comes to no end, or takes too long' });

/** A file that Python cannot take in, with the line that it names last. */
function invalid(file: string, error: unknown): Problem {
  const said = error instanceof Error ? error.message : String(error);
  const line = [...said.matchAll(/File "check\.py", line (\d+)/g)].at(-1)?.[1];
  return {
    file,
    line: line ? Number(line) : undefined,
    sentence: `cannot be run: ${said.trim().split('\n').at(-1)}`,
  };
}

async function inspectWith(
  seed: string,
  folder: ExerciseFolder,
  python: NodeInterpreter,
): Promise<Problem[]> {
  try {
    const { reports, trusted } = await tryPrograms(folder, python, seed);
    return [
      ...Object.entries(reports).flatMap(([file, report]) => {
        if (file.startsWith(MISTAKES)) return untold(file, report);
        if (file !== STARTER) return failing(file, report);
        return report.solved ? [{ file, sentence: 'passes all checks: leave something to do' }] : [];
      }),
      ...(await guessable(seed, folder, trusted, python)),
    ];
  } catch (error) {
    if (!(error instanceof CutShort)) throw error;
    return whichIsEndless(folder, python);
  }
}

async function whichIsEndless(folder: ExerciseFolder, python: NodeInterpreter): Promise<Problem[]> {
  for (const [file, program] of Object.entries(programsOf(folder))) {
    try {
      await python.grade({ check: folder.check, programs: { [file]: program } });
    } catch (error) {
      if (error instanceof CutShort) return [endless(file)];
      throw error;
    }
  }
  return [endless('check.py')];
}

/** What is said of every program of an exercise, by its file; and what it was compared with. */
export async function tryPrograms(
  folder: ExerciseFolder,
  python: NodeInterpreter,
  seed = '',
): Promise<{ reports: Record<string, Report>; trusted: GradeReport }> {
  const { check, mistakes } = folder;
  const { checks, programs } = await python.grade({ check, programs: programsOf(folder), seed });
  const wrong = Object.keys(mistakes).map((name) => [name, programs[MISTAKES + name]]);
  const trusted = { checks, programs: { [SOLUTION]: programs[SOLUTION], ...Object.fromEntries(wrong) } };
  const reports = Object.entries(programs).map(([file, record]) => [file, judge(record, trusted)]);
  return { reports: Object.fromEntries(reports), trusted };
}

/** Every program of an exercise, by its file. */
function programsOf({ solution, starter, alternatives, mistakes }: ExerciseFolder): Record<string, string> {
  const wrong = Object.entries(mistakes).map(([name, { program }]) => [MISTAKES + name, program]);
  const right = Object.entries(alternatives).map(([name, program]) => [`alternatives/${name}`, program]);
  return { [STARTER]: starter, [SOLUTION]: solution, ...Object.fromEntries([...right, ...wrong]) };
}

function failing(file: string, { checks }: Report): Problem[] {
  return checks
    .filter(({ passed }) => !passed)
    .map(({ sentence, why, error }) => ({
      file,
      line: error?.line ?? undefined,
      sentence: `is a right answer and fails “${sentence}”: ${why}`,
    }));
}

function untold(file: string, { solved, mistake }: Report): Problem[] {
  if (solved) return [{ file, sentence: 'passes all checks: add one that tells it from a right answer' }];
  if (MISTAKES + mistake === file) return [];
  const sentence =
    mistake === undefined
      ? 'does not behave the same twice, so nobody will be told its message'
      : `behaves like mistakes/${mistake} in every check, and gets its message: add a check that tells them apart`;
  return [{ file, sentence }];
}

function repeated(mistakes: ExerciseFolder['mistakes']): Problem[] {
  const names = Object.keys(mistakes);
  return names.flatMap((name, i) => {
    const twin = names.slice(0, i).find((other) => mistakes[other].message === mistakes[name].message);
    return twin === undefined
      ? []
      : [{ file: `mistakes/${name}`, sentence: `has the message of mistakes/${twin}` }];
  });
}

const few = (count: number, fewest: number): Problem[] =>
  count >= fewest
    ? []
    : [
        {
          file: 'mistakes',
          sentence: `holds ${count} mistakes; an exercise knows at least ${fewest}`,
        },
      ];

/** An answer that gives back what the solution gave for the first input must not pass. */
async function guessable(
  seed: string,
  { check }: ExerciseFolder,
  trusted: GradeReport,
  python: NodeInterpreter,
): Promise<Problem[]> {
  const answer = writtenDown(trusted.programs[SOLUTION]);
  if (answer === undefined) return [];
  const { programs } = await python.grade({ check, programs: { answer }, seed });
  if (!judge(programs.answer, trusted).solved) return [];
  return [
    {
      file: 'check.py',
      sentence: 'lets an answer pass that returns what the first check expects: draw inputs at random',
    },
  ];
}

function writtenDown(record: ProgramRecord): string | undefined {
  const [first] = record.flat().filter(({ calls }) => calls.length > 0);
  if (!first?.value) return undefined;
  const [call] = first.calls;
  return `import torch

def ${call.slice(0, call.indexOf('('))}(*inputs, **named):
    return ${asPython(first.value)}
`;
}

function asPython(value: Value): string {
  if (value.kind === 'list') return `${value.type}([${value.items.map(asPython).join(', ')}])`;
  if (value.kind !== 'tensor') return value.text;
  const numbers = value.values?.map((number) => (typeof number === 'string' ? `float("${number}")` : number));
  return `torch.tensor([${numbers}], dtype=${value.dtype}).reshape(${JSON.stringify(value.shape)})`;
}
