import { describe, expect, test } from 'vitest';
import { type MatrixView, multiplySingle } from './matmul.ts';
import { simd } from './simd.ts';

/** A matrix whose rows lie `row` and whose columns `column` apart, of numbers that do not add up exactly. */
function matrix(rows: number, columns: number, row: number, column: number): MatrixView<Float32Array> {
  const data = new Float32Array(3 + (rows - 1) * row + (columns - 1) * column + 1);
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(i * i + 1);
  return { data, offset: 3, row, column };
}

describe('matrix products in vectors', () => {
  // Sizes on both sides of the blocks of 4 rows and 8 columns.
  for (const [m, k, n] of [
    [4, 9, 8],
    [5, 1, 9],
    [7, 64, 3],
    [12, 5, 20],
    [33, 17, 31],
  ]) {
    for (const [layout, a, b] of [
      ['row-major', matrix(m, k, k, 1), matrix(k, n, n, 1)],
      ['transposed', matrix(m, k, 1, m), matrix(k, n, 1, k)],
      ['with gaps', matrix(m, k, 2 * k, 2), matrix(k, n, 3 * n, 3)],
      ['repeated', matrix(m, k, 0, 1), matrix(k, n, 1, 0)],
    ] as const) {
      test(`${m}×${k} times ${k}×${n}, ${layout}: the numbers of the plain loops, to the last bit`, () => {
        const plain = new Float32Array(m * n);
        const vectors = new Float32Array(m * n);
        multiplySingle(plain, 0, a, b, m, k, n);
        expect(simd?.multiply(vectors, 0, a, b, m, k, n)).toBe(true);
        expect(vectors).toEqual(plain);
      });
    }
  }
});
