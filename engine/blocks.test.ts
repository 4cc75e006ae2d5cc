import { expect, test } from 'vitest';
import { float32Array, float64Array, int32Array, uint8Array } from './blocks.ts';

const KINDS = [float32Array, float64Array, int32Array, uint8Array];

test('arrays of all lengths begin with zeros and keep to themselves', () => {
  const arrays = Array.from({ length: 2000 }, (_, i) => KINDS[i % KINDS.length]((i * 37) % 700));
  for (const array of arrays) expect(array.every((value) => value === 0)).toBe(true);
  arrays.forEach((array, i) => {
    array.fill((i % 250) + 1);
  });
  arrays.forEach((array, i) => {
    expect(array.length).toBe((i * 37) % 700);
    expect(array.every((value) => value === (i % 250) + 1)).toBe(true);
  });
});

test('short arrays share a block, very short and long ones have memory of their own', () => {
  expect(float32Array(20).buffer).toBe(float32Array(20).buffer);
  for (const length of [0, 16, 1000]) expect(float32Array(length).byteLength).toBe(length * 4);
  expect(float32Array(16).buffer).not.toBe(float32Array(16).buffer);
  expect(float32Array(1000).buffer.byteLength).toBe(4000);
});
