import type { Data, DType } from '../dtype.ts';
import { empty, type Tensor } from '../tensor.ts';
import { simd } from './simd.ts';

/** A matrix inside a data array: element (i, j) is at `offset + i * row + j * column`. */
export interface MatrixView<D extends Data = Data> {
  readonly data: D;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/** From so many multiplications on, float32 products are summed in single precision, which vectors do fast. */
const LARGE = 8192;

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

/** out (m×n, row-major from `at`) = a (m×k) · b (k×n). */
function multiplyInto(
  out: Data,
  at: number,
  a: MatrixView,
  b: MatrixView,
  m: number,
  k: number,
  n: number,
): void {
  const single = isSingle(a) && isSingle(b) && out instanceof Float32Array;
  if (single && m >= 4 && n >= 4 && m * k * n >= LARGE) {
    if (simd?.multiply(out, at, dense(a, m, k), dense(b, k, n), m, k, n)) return;
    multiplySingle(out, at, a, b, m, k, n);
  } else multiplyDouble(out, at, a, b, m, k, n);
}

const isSingle = (view: MatrixView): view is MatrixView<Float32Array> => view.data instanceof Float32Array;

/** The same matrix without large gaps in memory. */
function dense(view: MatrixView<Float32Array>, rows: number, columns: number): MatrixView<Float32Array> {
  if ((rows - 1) * view.row + (columns - 1) * view.column < 2 * rows * columns) return view;
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const start = view.offset + i * view.row;
    for (let j = 0; j < columns; j++) data[i * columns + j] = view.data[start + j * view.column];
  }
  return { data, offset: 0, row: columns, column: 1 };
}

/** Sums in double precision, rounded once: the best there is for small products. */
function multiplyDouble(
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

/** What the vectors compute, number for number: products and sums in single precision, in the order of `k`. */
export function multiplySingle(
  out: Float32Array,
  at: number,
  a: MatrixView,
  b: MatrixView,
  m: number,
  k: number,
  n: number,
): void {
  const { fround } = Math;
  const row = new Float32Array(n);
  for (let i = 0; i < m; i++) {
    row.fill(0);
    for (let p = 0; p < k; p++) {
      const x = a.data[a.offset + i * a.row + p * a.column];
      const start = b.offset + p * b.row;
      for (let j = 0; j < n; j++) row[j] += fround(x * b.data[start + j * b.column]);
    }
    out.set(row, at + i * n);
  }
}
