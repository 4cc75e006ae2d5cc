import { recordingProblems } from '../../course/recording.ts';
import type { ExerciseMaterial } from '../../grading/material.ts';
import { code } from '../code/code.ts';
import type { Kind } from '../kind.ts';
import type { TextOf } from '../schema.ts';

/** A program to mend is graded as one to write; that its starter goes wrong is shown, as PyTorch said it. */
export const repair: Kind<TextOf<'repair'>, ExerciseMaterial> = {
  ...code,
  task: () => 'repair',
  inspect: async (exercise, python) => [
    ...(await recordingProblems('starter', exercise.files, python)),
    ...(await code.inspect(exercise, python)),
  ],
};
