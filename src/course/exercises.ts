import { getEntry } from 'astro:content';
import { createHash } from 'node:crypto';
import type { Exercise } from '../exercise-kinds/kind.ts';
import { kindOf } from '../exercise-kinds/kinds.ts';
import { filesIn } from './lesson-files.ts';
import { markdownToHtml } from './markdown.ts';
import { url } from './url.ts';

/** An exercise by its key, `lesson/exercise`. @throws when it is not there. */
export async function exerciseOf(key: string): Promise<Exercise> {
  const [lesson, id] = key.split('/');
  const entry = await getEntry('exercises', key);
  if (!entry) throw new Error(`content/lessons/${lesson}/exercises/${id}/exercise.yaml does not exist`);
  return { key, text: entry.data, files: filesIn(lesson, `exercises/${id}`) };
}

/** What the page fetches to judge an answer. @throws naming the file when something of it is missing. */
export const factsOf = (exercise: Exercise): Promise<unknown> =>
  kindOf(exercise.text).facts(exercise, markdownToHtml);

/** Tells one version of an exercise from another: what is asked and what is right, not the words around it. */
export async function versionOf(exercise: Exercise): Promise<string> {
  const identity = kindOf(exercise.text).identity(await factsOf(exercise));
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 12);
}

/** Where the page finds these facts. */
export function factsAddress(key: string): string {
  const [lesson, id] = key.split('/');
  return url(`lessons/${lesson}/exercises/${id}.json`);
}
