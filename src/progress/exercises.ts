import { createStore, entries, update } from 'idb-keyval';
import { type ExerciseRecord, isExerciseRecord, mergeRecords, type Progress } from './record.ts';
import { read, tellReader, write } from './storage.ts';

export type ExerciseState = 'new' | 'tried' | 'solved';

// Records live in IndexedDB, which answers later; pages ask here at once and are told when something has changed.
const known = new Map<string, ExerciseRecord>();
const store = openStore();
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('dxdx:exercises');
const listeners = new Set<(key: string) => void>();

tabs?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const [key, record] = Array.isArray(data) ? data : [];
  if (typeof key === 'string' && isExerciseRecord(record)) learn(key, record);
});

/** Resolves when what earlier visits left is known. */
export const loaded: Promise<void> = load();

/** What is known of an exercise (`lesson/exercise`). */
export const exerciseRecord = (key: string): ExerciseRecord | undefined => known.get(key);

/** How far the reader is with an exercise. */
export const exerciseState = (key: string): ExerciseState => known.get(key)?.state ?? stateAtOnce(key);

/** Everything, by key. */
export const progress = (): Progress => Object.fromEntries(known);

/** Notes an attempt. What was solved once stays solved, with the answer that solved it. */
export function markExercise(key: string, attempt: ExerciseRecord): void {
  void keep(key, attempt);
}

/** Takes in the records of a file: whatever is known on either side is known afterwards. */
export async function addProgress(added: Progress): Promise<void> {
  for (const [key, record] of Object.entries(added)) await keep(key, record);
}

/** Calls back with the key of an exercise of which more is known now, from this tab or another. Returns how to stop that. */
export function onExerciseChange(callback: (key: string) => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

async function load(): Promise<void> {
  try {
    for (const [key, record] of store === null ? [] : await entries<string, unknown>(store)) {
      if (isExerciseRecord(record)) learn(key, record);
    }
  } catch {
    tellReader();
  }
}

/** Adds to what is kept, in one transaction, so that tabs which write at the same time lose nothing. */
async function keep(key: string, record: ExerciseRecord): Promise<void> {
  const merged = learn(key, record);
  // Pages that are just opening can ask for this at once.
  write(place(key), merged.state);
  tabs?.postMessage([key, merged]);
  try {
    if (store === null) throw new Error('there is no IndexedDB');
    await update<unknown>(
      key,
      (kept) => mergeRecords(isExerciseRecord(kept) ? kept : undefined, merged),
      store,
    );
  } catch {
    tellReader();
  }
}

function learn(key: string, record: ExerciseRecord): ExerciseRecord {
  const merged = mergeRecords(known.get(key), record);
  known.set(key, merged);
  for (const listener of listeners) listener(key);
  return merged;
}

function openStore() {
  try {
    return createStore('dxdx', 'exercises');
  } catch {
    return null; // the first record that can't be kept tells the reader
  }
}

const place = (key: string): string => `exercise:${key}`;

/** What is known before the records are, and all that earlier releases kept. */
function stateAtOnce(key: string): ExerciseState {
  const value = read(place(key));
  return value === 'tried' || value === 'solved' ? value : 'new';
}
