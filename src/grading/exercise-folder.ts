import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Mistake, splitMistake } from './mistake-source.ts';

/** An exercise as it lies in the course, for tests and tools. */
export interface ExerciseFolder {
  /** `lesson/exercise`. */
  key: string;
  check: string;
  starter: string;
  solution: string;
  /** By file name. */
  alternatives: Record<string, string>;
  mistakes: Record<string, Mistake>;
}

const LESSONS = new URL('../../content/lessons/', import.meta.url);

export function exerciseFolders(): ExerciseFolder[] {
  return foldersIn(LESSONS).flatMap((lesson) => {
    const exercises = new URL(`${lesson}/exercises/`, LESSONS);
    return foldersIn(exercises).map((id) => readExercise(`${lesson}/${id}`, new URL(`${id}/`, exercises)));
  });
}

function readExercise(key: string, folder: URL): ExerciseFolder {
  const mistakes = Object.entries(programsIn(new URL('mistakes/', folder)));
  return {
    key,
    check: readFileSync(new URL('check.py', folder), 'utf8'),
    starter: readFileSync(new URL('starter.py', folder), 'utf8'),
    solution: readFileSync(new URL('solution.py', folder), 'utf8'),
    alternatives: programsIn(new URL('alternatives/', folder)),
    mistakes: Object.fromEntries(
      mistakes.map(([name, source]) => [name, splitMistake(source, `${key}: mistakes/${name}`)]),
    ),
  };
}

function programsIn(folder: URL): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

function foldersIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
