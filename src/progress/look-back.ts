import type { ExerciseMaterial } from '../grading/material.ts';
import type { ExerciseRecord, Progress } from './record.ts';

/** A mistake comes back no sooner than this, in milliseconds, and not again for as long. */
const REST = 2 * 24 * 60 * 60 * 1000;
const OPTIONS = 4;

/** A mistake that the reader made, to be recognised again. */
export interface LookBack {
  readonly key: string;
  readonly mistake: string;
}

/** The mistake that has rested longest, or null when none has rested long enough. */
export function nextLookBack(progress: Progress, now: number): LookBack | null {
  const due = Object.entries(progress).flatMap(([key, record]) =>
    isDue(record, now) ? record.mistakes.map(({ name, when }) => ({ key, mistake: name, when })) : [],
  );
  due.sort((a, b) => a.when - b.when);
  return due.find(({ when }) => now - when >= REST) ?? null;
}

const isDue = ({ reviewed }: ExerciseRecord, now: number): boolean => now - (reviewed ?? 0) >= REST;

/** What is to choose from: the sentence on this mistake among those on others of the exercise, by the mistake's name. */
export function optionsFor({ mistakes }: ExerciseMaterial, mistake: string): string[] {
  const others = Object.keys(mistakes).filter((name) => name !== mistake);
  // The place of the right one depends on its name: it is not always the first, and the same when asked again.
  const place = [...mistake].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % OPTIONS;
  const chosen = others.slice(0, OPTIONS - 1);
  return [...chosen.slice(0, place), mistake, ...chosen.slice(place)];
}
