import { expect, it } from 'vitest';
import { PackedSnapshot, packed } from './snapshot.ts';

const HEADER = 48;
const SIZE = 64 * 1024;

/** As Pyodide makes it: where its header ends, the rest of that, and the memory. */
function snapshotOf(memory: Uint8Array): Uint8Array {
  const made = new Uint8Array(HEADER + SIZE);
  made.fill(7, 0, HEADER);
  new Uint32Array(made.buffer)[1] = HEADER;
  made.set(memory, HEADER);
  return made;
}

function memoryWith(...places: number[]): Uint8Array {
  const memory = new Uint8Array(SIZE);
  for (const place of places) memory[place] = 1 + (place % 255);
  return memory;
}

it.each([
  ['nothing', memoryWith()],
  ['its first and its last byte', memoryWith(0, SIZE - 1)],
  ['neighbouring runs and a gap', memoryWith(1023, 1024, 2047, 40_000)],
  ['all of it', new Uint8Array(SIZE).fill(9)],
])('a memory that holds %s is what it was, whatever stood there', (_what, memory) => {
  const snapshot = new PackedSnapshot(packed(snapshotOf(memory)));
  const restored = new Uint8Array(SIZE + 4096).fill(255);
  snapshot.copyTo(restored);
  expect(restored.subarray(0, SIZE)).toEqual(memory);
  expect(restored.subarray(SIZE).every((byte) => byte === 0)).toBe(true);
  expect(snapshot.memoryLength).toBe(SIZE);
  expect(snapshot.header).toEqual(snapshotOf(memory).subarray(0, HEADER));
});

it('what is new is left alone where it is zero', () => {
  const memory = memoryWith(10, 20_000, 50_000);
  const fresh = new Uint8Array(SIZE).fill(255, 0, 30_000);
  const wouldBeSeen = 40_000;
  fresh[wouldBeSeen] = 1;
  new PackedSnapshot(packed(snapshotOf(memory))).copyTo(fresh, 30_000);
  expect(fresh[wouldBeSeen]).toBe(1);
  fresh[wouldBeSeen] = 0;
  expect(fresh).toEqual(memory);
});

it('what is zero takes no room', () => {
  expect(packed(snapshotOf(memoryWith(5000))).length).toBeLessThan(2000);
});
