import type { Exercise } from './kind.ts';

/** Where the author wrote something, as a line of `exercise.yaml`. */
export function lineOf({ files }: Pick<Exercise, 'files'>, words: string): number | undefined {
  const [first] = words.trim().split('\n');
  const at = (files['exercise.yaml'] ?? '').split('\n').findIndex((line) => line.includes(first));
  return at < 0 ? undefined : at + 1;
}
