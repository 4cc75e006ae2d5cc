import { onChangeElsewhere, read, remove, write } from './storage.ts';

interface Draft {
  text: string;
  /** Tells one save from another; larger is later. */
  saved: number;
  /** What another tab had saved when this draft was saved over it. */
  other?: string;
}

/** The save that this tab last read or made, by key: anything else in the storage came from another tab. */
const seen = new Map<string, number>();

const place = (key: string): string => `draft:${key}`;

/** What the reader typed into the editor of this key, if anything. */
export function draft(key: string): string | undefined {
  const kept = stored(key);
  if (kept) seen.set(key, kept.saved);
  return kept?.text;
}

/** Keeps the reader's text. A different text that another tab saved meanwhile is kept aside: see `otherDraft`. */
export function saveDraft(key: string, text: string): void {
  const before = stored(key);
  const foreign = before !== undefined && before.saved !== seen.get(key) && before.text !== text;
  const saved = Math.max(Date.now(), (before?.saved ?? 0) + 1);
  write(place(key), { text, saved, other: foreign ? before.text : before?.other } satisfies Draft);
  seen.set(key, saved);
}

export function forgetDraft(key: string): void {
  remove(place(key));
  seen.delete(key);
}

/** The text that another tab had for this key before this tab saved its own over it. */
export function otherDraft(key: string): string | undefined {
  return stored(key)?.other;
}

/** Calls back when another tab saves or forgets the draft of this key. Returns how to stop that. */
export function onDraftElsewhere(key: string, callback: (text: string | undefined) => void): () => void {
  return onChangeElsewhere((changed) => {
    if (changed === place(key)) callback(stored(key)?.text);
  });
}

function stored(key: string): Draft | undefined {
  const value = read(place(key));
  return isDraft(value) ? value : undefined;
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'saved' in value &&
    typeof value.saved === 'number'
  );
}
