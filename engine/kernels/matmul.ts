import type { Data, DType } from '../dtype.ts';
import { empty, type Tensor } from '../tensor.ts';

/** A matrix inside a data array: element (i, j) is at `offset + i * row + j * column`. */
export interface MatrixView {
  readonly data: Data;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/** out (m×n, row-major from `at`) = a (m×k) · b (k×n). Sums are taken in double precision. */
export function multiplyInto(
  out: Data,
  at: number,
  a: MatrixView,
  b: MatrixView,
  m: number,
  k: number,
  n: number,
): void {
  const row = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    row.fill(0);
    for (let p = 0; p < k; p++) {
      const x = a.data[a.offset + i * a.row + p * a.column];
      const start = b.offset + p * b.row;
      for (let j = 0; j < n; j++) row[j] += x * b.data[start + j * b.column];
    }
    for (let j = 0; j < n; j++) out[at + i * n + j] = row[j];
  }
}

/** Matrices are the last two dimensions of `a` (…×m×k) and `b` (…×k×n), with equal leading dimensions. */
export function multiply(a: Tensor, b: Tensor, dtype: DType): Tensor {
  const [m, k] = a.shape.slice(-2);
  const n = b.shape[b.ndim - 1];
  const batch = a.ndim === 3 ? a.shape[0] : 1;
  const out = empty(a.ndim === 3 ? [batch, m, n] : [m, n], dtype);
  for (let i = 0; i < batch; i++) {
    multiplyInto(out.storage.data, i * m * n, matrix(a, i), matrix(b, i), m, k, n);
  }
  return out;
}

const matrix = (t: Tensor, index: number): MatrixView => ({
  data: t.storage.data,
  offset: t.offset + (t.ndim === 3 ? index * t.strides[0] : 0),
  row: t.strides[t.ndim - 2],
  column: t.strides[t.ndim - 1],
});
