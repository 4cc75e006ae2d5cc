import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Program } from './fuzz/pytorch.ts';

/** What PyTorch answered to the questions of a family. */
export interface Recorded {
  /** What the family is about, in a sentence. */
  about: string;
  /** The operation that a question is about, where it is about one. */
  operations: Record<string, string>;
  /** By question, then by part. */
  answers: Record<string, Record<string, unknown>>;
}

const here = (path: string): URL => new URL(path, import.meta.url);

/** The family whose questions nobody wrote: recorded random programs. */
export const FUZZ = 'fuzz';

/** The families of cases, by name. */
export const families: readonly string[] = readdirSync(here('families/'))
  .filter((file) => /\.(py|json\.gz)$/.test(file))
  .map((file) => file.replace(/\..*/, ''))
  .concat(FUZZ)
  .sort();

/** A file of this folder as text. */
export function read(path: string): string {
  const bytes = readFileSync(here(path));
  return path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
}

/** The questions of a family, which are Python or, where inputs have values of their own, data. */
export function questions(family: string): { filename: string; source: string } {
  const filename = existsSync(here(`families/${family}.py`)) ? `${family}.py` : `${family}.json.gz`;
  return { filename, source: read(`families/${filename}`) };
}

/** The answers of a family. */
export function recorded(family: string): Recorded {
  return JSON.parse(read(`answers/${family}.json.gz`));
}

/** The random programs, with what PyTorch did in each step. */
export function recordedPrograms(): Program[] {
  return JSON.parse(read(`answers/${FUZZ}.json.gz`));
}

/**
 * The checks of a family that are known to differ, each with the reason why that is kept, or an empty text
 * where it isn't meant to stay. `npm run conformance -- --update` writes these lists anew.
 */
export function notCovered(family: string): Record<string, string> {
  const path = `not-covered/${family}.json`;
  return existsSync(here(path)) ? JSON.parse(read(path)) : {};
}
