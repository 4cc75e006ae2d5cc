import { exerciseRecord, exerciseState } from './exercises.ts';

/** Says how far the reader is with an exercise, and whether that was before it became another one. */
export function showState(place: HTMLElement, key: string, version: string | undefined): void {
  const words = { new: '', tried: 'tried', solved: '✓ solved' };
  const state = exerciseState(key);
  const record = exerciseRecord(key);
  const changed = record !== undefined && record.version !== version;
  place.textContent = changed ? `${words[state]}, before the exercise changed` : words[state];
  place.dataset.state = state;
}
