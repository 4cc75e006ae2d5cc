import type { Exercise } from '../exercise-kinds/kind.ts';
import { type Mistake, splitMistake } from './mistake-source.ts';

/** An exercise whose answer is a program, taken apart. */
export interface ExerciseFolder {
  /** `lesson/exercise`. */
  key: string;
  check: string;
  starter: string;
  solution: string;
  /** By file name. */
  alternatives: Record<string, string>;
  mistakes: Record<string, Mistake>;
  /** Answers that people gave, with what should be said of each; see `tried.ts`. */
  tried: string;
}

/** @throws naming the file when one is missing. */
export function takenApart({ key, files }: Pick<Exercise, 'key' | 'files'>): ExerciseFolder {
  const place = `content/lessons/${key.replace('/', '/exercises/')}`;
  const file = (name: string): string => {
    const source = files[name];
    if (source === undefined) throw new Error(`${place}/${name} does not exist`);
    return source;
  };
  const mistakes = Object.entries(programsIn(files, 'mistakes/'));
  return {
    key,
    check: file('check.py'),
    starter: file('starter.py'),
    solution: file('solution.py'),
    tried: files['tried.py'] ?? '',
    alternatives: programsIn(files, 'alternatives/'),
    mistakes: Object.fromEntries(
      mistakes.map(([name, source]) => [name, splitMistake(source, `${place}/mistakes/${name}`)]),
    ),
  };
}

function programsIn(files: Exercise['files'], folder: string): Record<string, string> {
  const found = Object.entries(files).filter(([path]) => path.startsWith(folder) && path.endsWith('.py'));
  return Object.fromEntries(found.map(([path, source]) => [path.slice(folder.length), source]));
}
