import { createHash } from 'node:crypto';
import type { ExerciseMaterial } from '../grading/material.ts';
import { splitMistake } from '../grading/mistake-source.ts';
import { program, programsIn } from './lesson-files.ts';
import { markdownToHtml } from './markdown.ts';

/** What it takes to grade an exercise. Throws, naming the file, when something of it is missing. */
export async function exerciseMaterial(lesson: string, id: string): Promise<ExerciseMaterial> {
  const folder = `exercises/${id}`;
  const mistakes = Object.entries(programsIn(lesson, `${folder}/mistakes`)).map(async ([name, source]) => {
    const { message, program } = splitMistake(source, `content/lessons/${lesson}/${folder}/mistakes/${name}`);
    return [name, { message: await markdownToHtml(message), program }] as const;
  });
  return {
    check: program(lesson, `${folder}/check.py`),
    solution: program(lesson, `${folder}/solution.py`),
    mistakes: Object.fromEntries(await Promise.all(mistakes)),
  };
}

/** Tells one version of an exercise from another: what is asked and what is right, not the words around it. */
export const versionOf = ({ check, solution }: ExerciseMaterial): string =>
  createHash('sha256')
    .update(JSON.stringify([check, solution]))
    .digest('hex')
    .slice(0, 12);
