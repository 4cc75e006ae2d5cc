import type { PyodideAPI } from 'pyodide';
import type { Snapshot } from './protocol.ts';

/** Pyodide's table of the JavaScript values that Python's memory refers to. */
interface ValueTable {
  __hiwire_get(slot: number): unknown;
  __hiwire_set(slot: number, value: unknown): void;
}

/** Slots that were freed hold `undefined`, at which the making of a snapshot stumbles; `null` it passes over. */
export function clearFreedSlots(pyodide: PyodideAPI): void {
  const table = (pyodide as unknown as { _module: ValueTable })._module;
  for (let slot = 0; ; slot++) {
    let value: unknown;
    try {
      value = table.__hiwire_get(slot);
    } catch {
      return; // past the end: the table tells its size in no other way
    }
    if (value === undefined) table.__hiwire_set(slot, null);
  }
}

const WORD = 4;
/** What comes first: how long Pyodide's own header is, how large the memory is, and how many runs follow. */
const FIELDS = 3;
/** Memory is looked through in such steps. */
const STEP = 1024;

/**
 * A snapshot as Pyodide makes it (its header, then the whole memory), without what is zero, which is half of it.
 *
 * Laid out as: the fields; start and length of each run of memory that is not zero; Pyodide's header; the runs.
 */
export function packed(snapshot: Uint8Array): Snapshot {
  const headerLength = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 2)[1];
  const memory = snapshot.subarray(headerLength);
  const runs = runsIn(memory);
  const fields = Uint32Array.from([headerLength, memory.length, runs.length, ...runs.flat()]);
  const length = runs.reduce((sum, [, size]) => sum + size, fields.byteLength + headerLength);
  const made = new Uint8Array(length);
  made.set(new Uint8Array(fields.buffer));
  made.set(snapshot.subarray(0, headerLength), fields.byteLength);
  let at = fields.byteLength + headerLength;
  for (const [start, size] of runs) {
    made.set(memory.subarray(start, start + size), at);
    at += size;
  }
  return made;
}

type Run = [start: number, length: number];

function runsIn(memory: Uint8Array): Run[] {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / WORD);
  const step = STEP / WORD;
  const runs: Run[] = [];
  let last: Run | undefined;
  for (let at = 0; at < words.length; at += step) {
    const end = Math.min(at + step, words.length);
    let word = at;
    while (word < end && words[word] === 0) word++;
    const length = (end - at) * WORD;
    if (word === end) {
      last = undefined;
    } else if (last) {
      last[1] += length;
    } else {
      last = [at * WORD, length];
      runs.push(last);
    }
  }
  return runs;
}

/** A packed snapshot, to be restored. */
export class PackedSnapshot {
  /** As Pyodide wants it, with no memory after it. */
  readonly header: Uint8Array;
  readonly memoryLength: number;
  readonly #runs: Uint32Array;
  readonly #contents: Uint8Array;

  constructor(bytes: Snapshot) {
    const [headerLength, memoryLength, count] = new Uint32Array(bytes.buffer, bytes.byteOffset, FIELDS);
    this.memoryLength = memoryLength;
    this.#runs = new Uint32Array(bytes.buffer, bytes.byteOffset + FIELDS * WORD, count * 2);
    const start = FIELDS * WORD + this.#runs.byteLength;
    // A copy, because Pyodide reads words, which have to begin at a multiple of their size.
    this.header = bytes.slice(start, start + headerLength);
    this.#contents = bytes.subarray(start + headerLength);
  }

  /** Make that memory what it was. From `touched` on it is new, and zero: what is left alone there takes no room. */
  copyTo(memory: Uint8Array, touched = memory.length): void {
    let from = 0;
    let at = 0;
    for (let run = 0; run < this.#runs.length; run += 2) {
      const start = this.#runs[run];
      const length = this.#runs[run + 1];
      memory.fill(0, at, Math.max(at, Math.min(start, touched)));
      memory.set(this.#contents.subarray(from, from + length), start);
      from += length;
      at = start + length;
    }
    memory.fill(0, at, Math.max(at, touched));
  }
}
