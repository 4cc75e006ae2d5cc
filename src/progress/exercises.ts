import { onChangeElsewhere, read, write } from './storage.ts';

export type ExerciseState = 'new' | 'tried' | 'solved';

const place = (key: string): string => `exercise:${key}`;

/** How far the reader is with an exercise (`lesson/exercise`). */
export function exerciseState(key: string): ExerciseState {
  const value = read(place(key));
  return value === 'tried' || value === 'solved' ? value : 'new';
}

/** Notes an attempt. What was solved once stays solved. */
export function markExercise(key: string, state: 'tried' | 'solved'): void {
  if (exerciseState(key) === 'solved') return;
  write(place(key), state);
  document.dispatchEvent(new CustomEvent('dxdx:exercise', { detail: key }));
}

/** Calls back with the key of an exercise whose state changed, in this tab or another. Returns how to stop that. */
export function onExerciseChange(callback: (key: string) => void): () => void {
  const here = (event: Event) => callback((event as CustomEvent<string>).detail);
  document.addEventListener('dxdx:exercise', here);
  const stopElsewhere = onChangeElsewhere((key) => {
    if (key.startsWith(place(''))) callback(key.slice(place('').length));
  });
  return () => {
    document.removeEventListener('dxdx:exercise', here);
    stopElsewhere();
  };
}
