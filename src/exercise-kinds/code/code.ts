import { takenApart } from '../../grading/exercise-programs.ts';
import { Grader } from '../../grading/grader.ts';
import { inspectExercise } from '../../grading/inspect.ts';
import type { ExerciseMaterial } from '../../grading/material.ts';
import type { Report } from '../../grading/report.ts';
import type { Exercise, Kind, Verdict, World } from '../kind.ts';
import type { TextOf } from '../schema.ts';

const tasks = ['finish a line', 'change a program', 'write it yourself'];

/** What the solution and the mistakes do is watched once for all answers. */
const graders = new WeakMap<ExerciseMaterial, Grader>();

export const code: Kind<TextOf<'code' | 'repair'>, ExerciseMaterial> = {
  task: ({ difficulty }) => tasks[difficulty - 1],
  facts: materialOf,
  identity: ({ check, solution }) => [check, solution],
  judge: judgeProgram,
  inspect: (exercise, python) => inspectExercise(takenApart(exercise), python),
};

/** What it takes to grade a program. */
export async function materialOf(
  exercise: Exercise<unknown>,
  html: (markdown: string) => Promise<string>,
): Promise<ExerciseMaterial> {
  const { check, solution, mistakes } = takenApart(exercise);
  const told = Object.entries(mistakes).map(
    async ([name, { message, program }]) => [name, { message: await html(message), program }] as const,
  );
  return { check, solution, mistakes: Object.fromEntries(await Promise.all(told)) };
}

/** Grades a program. Its remark is the mistake that it behaves like. */
export async function judgeProgram(
  answer: string,
  material: ExerciseMaterial,
  world: World,
): Promise<Verdict> {
  let grader = graders.get(material);
  if (!grader) {
    const { check, solution, mistakes } = material;
    const programs = Object.entries(mistakes).map(([name, { program }]) => [name, program] as const);
    grader = new Grader({ check, solution, mistakes: Object.fromEntries(programs) });
    graders.set(material, grader);
  }
  const report = await grader.grade(answer, (request, sentence) => world.grade(request, sentence));
  return {
    solved: report.solved,
    sentence: failedCheck(report) ?? 'All checks pass.',
    remarks: report.mistake === undefined ? [] : [report.mistake],
    report,
  };
}

function failedCheck({ checks }: Report): string | undefined {
  const failed = checks.find(({ passed }) => !passed);
  return failed && `${failed.sentence}: ${failed.why}`;
}
