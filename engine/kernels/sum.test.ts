import { describe, expect, test } from 'vitest';
import { float32 } from '../dtype.ts';
import { fromData } from '../tensor.ts';
import { sumAlong } from './sum.ts';

describe('sums in vectors', () => {
  // On both sides of a round, of a level, and of several levels.
  for (const n of [256, 257, 300, 511, 513, 4096, 33_333, 100_001]) {
    test(`of ${n} numbers are those of the plain loops, to the last bit`, () => {
      const numbers = fromData(
        Float32Array.from({ length: n }, (_, i) => Math.sin(i * i)),
        [n],
        float32,
      );
      const [vectors, plain] = [
        sumAlong(numbers, [0], false, float32),
        sumAlong(numbers, [0], false, float32, null),
      ];
      expect(vectors.storage.data).toEqual(plain.storage.data);
    });
  }
});
