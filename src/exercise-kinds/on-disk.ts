import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Exercise } from './kind.ts';
import { exerciseSchema } from './schema.ts';

/** An exercise's folder, as it was found. */
export interface Folder {
  /** `lesson/exercise`. */
  readonly key: string;
  /** By their path in it. */
  readonly files: Readonly<Record<string, string>>;
}

const LESSONS = new URL('../../content/lessons/', import.meta.url);

/** The folders of all exercises, for tests and tools. */
export function exerciseFoldersOnDisk(): Folder[] {
  return foldersIn(LESSONS).flatMap((lesson) => {
    const exercises = new URL(`${lesson}/exercises/`, LESSONS);
    return foldersIn(exercises).map((id) => ({
      key: `${lesson}/${id}`,
      files: filesIn(new URL(`${id}/`, exercises)),
    }));
  });
}

/** All exercises. @throws when one says in `exercise.yaml` what it may not. */
export function exercisesOnDisk(): Exercise[] {
  return exerciseFoldersOnDisk().map(({ key, files }) => ({
    key,
    files,
    text: exerciseSchema.parse(parse(files['exercise.yaml'] ?? '')),
  }));
}

function filesIn(folder: URL): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.\w+$/.test(path),
  );
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(new URL(path, folder), 'utf8')]),
  );
}

function foldersIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
