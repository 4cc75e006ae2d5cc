import type { PyodideAPI } from 'pyodide';

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
