import { type Reflection, reflection, reflectRows } from './rotations.ts';
import type { Rows } from './triangular.ts';

const zeros = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, () => new Float64Array(columns));

export const identity = (n: number): Rows => {
  const out = zeros(n, n);
  for (let i = 0; i < n; i++) out[i][i] = 1;
  return out;
};

export const transposed = (matrix: Rows, columns: number): Rows =>
  Array.from({ length: columns }, (_, j) => Float64Array.from(matrix, (row) => row[j]));

/** Householder's Q (m×m) and R (m×n), with LAPACK's signs: a column's reflection turns its sign. */
export function qrOf(matrix: Rows, columns: number): { q: Rows; r: Rows } {
  const rows = matrix.length;
  const r = matrix.map((row) => row.slice());
  const reflections: Reflection[] = [];
  for (let k = 0; k < Math.min(rows, columns); k++) {
    const below = Array.from({ length: rows - k - 1 }, (_, i) => k + 1 + i);
    const found = reflection(
      Float64Array.from(r, (row) => row[k]),
      k,
      below,
    );
    reflectRows(r, found.reflection);
    for (const i of below) r[i][k] = 0;
    reflections.unshift(found.reflection);
  }
  const q = identity(rows);
  for (const each of reflections) reflectRows(q, each);
  return { q, r };
}
