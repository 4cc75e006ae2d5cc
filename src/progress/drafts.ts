import { onChangeElsewhere, read, remove, write } from './storage.ts';

interface Draft {
  text: string;
  /** Tells one save from another; larger is later. */
  saved: number;
  /** What stood here before, the latest first. */
  aside?: string[];
}

/** So many texts are kept aside for one editor. */
const MOST_ASIDE = 8;

/** The save that this tab last read or made, by key: anything else in the storage came from another tab. */
const seen = new Map<string, number>();

const place = (key: string): string => `draft:${key}`;

/** What the reader typed into the editor of this key, if anything. */
export function draft(key: string): string | undefined {
  const kept = stored(key);
  if (kept) seen.set(key, kept.saved);
  return kept?.text;
}

/** Keeps the reader's text. A different text that another tab saved meanwhile is kept aside: see `textsAside`. */
export function saveDraft(key: string, text: string): void {
  const before = stored(key);
  const foreign = before !== undefined && before.saved !== seen.get(key) && before.text !== text;
  save(key, text, foreign ? [before.text, ...textsAside(key)] : textsAside(key));
}

/** Puts another text in the place of one, which is kept aside. */
export function replaceDraft(key: string, before: string, text: string): void {
  save(key, text, [before, ...textsAside(key)]);
}

export function forgetDraft(key: string): void {
  remove(place(key));
  seen.delete(key);
}

/** What stood in the editor of this key and was replaced, by the reader or from another tab; the latest first. */
export const textsAside = (key: string): readonly string[] => stored(key)?.aside ?? [];

/** Puts the latest text from aside in the place of the present one, which goes behind all others, if it is to be kept. */
export function swapDraft(key: string, present: string | undefined): string | undefined {
  const [latest, ...others] = textsAside(key);
  if (latest !== undefined) save(key, latest, present === undefined ? others : [...others, present]);
  return latest;
}

function save(key: string, text: string, aside: readonly string[]): void {
  const saved = Math.max(Date.now(), (stored(key)?.saved ?? 0) + 1);
  const others = [...new Set(aside)].filter((other) => other !== text).slice(0, MOST_ASIDE);
  write(place(key), { text, saved, aside: others } satisfies Draft);
  seen.set(key, saved);
}

/** Calls back when another tab saves or forgets the draft of this key. Returns how to stop that. */
export function onDraftElsewhere(key: string, callback: (text: string | undefined) => void): () => void {
  return onChangeElsewhere((changed) => {
    if (changed === place(key)) callback(stored(key)?.text);
  });
}

function stored(key: string): Draft | undefined {
  const value = read(place(key));
  if (!isDraft(value)) return undefined;
  const { aside = [] } = value;
  return Array.isArray(aside) ? { ...value, aside: aside.filter((text) => typeof text === 'string') } : value;
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
