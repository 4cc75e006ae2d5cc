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

/** Subtracts tau · v (vᵀ M) from M, for a reflection that begins at row `from`. */
function reflect(matrix: Rows, v: Float64Array, tau: number, from: number): void {
  const columns = matrix[0]?.length ?? 0;
  for (let j = 0; j < columns; j++) {
    let product = 0;
    for (let i = from; i < v.length; i++) product += v[i] * matrix[i][j];
    for (let i = from; i < v.length; i++) matrix[i][j] -= tau * v[i] * product;
  }
}

/** Householder's Q (m×m) and R (m×n), with LAPACK's signs: a column's reflection turns its sign. */
export function qrOf(matrix: Rows, columns: number): { q: Rows; r: Rows } {
  const rows = matrix.length;
  const r = matrix.map((row) => row.slice());
  const reflections: { v: Float64Array; tau: number }[] = [];
  for (let k = 0; k < Math.min(rows, columns); k++) {
    const alpha = r[k][k];
    let rest = 0;
    for (let i = k + 1; i < rows; i++) rest = Math.hypot(rest, r[i][k]);
    const v = new Float64Array(rows);
    v[k] = 1;
    if (rest === 0) {
      reflections.push({ v, tau: 0 });
      continue;
    }
    const beta = -Math.sign(alpha || 1) * Math.hypot(alpha, rest);
    for (let i = k + 1; i < rows; i++) v[i] = r[i][k] / (alpha - beta);
    const tau = (beta - alpha) / beta;
    reflect(r, v, tau, k);
    for (let i = k + 1; i < rows; i++) r[i][k] = 0;
    reflections.push({ v, tau });
  }
  const q = identity(rows);
  for (let k = reflections.length - 1; k >= 0; k--) reflect(q, reflections[k].v, reflections[k].tau, k);
  return { q, r };
}

const SWEEPS = 60;

/** Eigenvalues, rising, and eigenvectors (as columns) of a symmetric matrix, by Jacobi's rotations. */
export function eighOf(symmetric: Rows): { values: Float64Array; vectors: Rows } {
  const n = symmetric.length;
  const a = symmetric.map((row) => row.slice());
  const v = identity(n);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p][q] ** 2;
    if (!(off > 1e-300)) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i][i] - a[j][j]);
  return {
    values: Float64Array.from(order, (i) => a[i][i]),
    vectors: v.map((row) => Float64Array.from(order, (i) => row[i])),
  };
}

/** Makes a[p][q] zero. */
function rotate(a: Rows, v: Rows, p: number, q: number): void {
  if (a[p][q] === 0) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k][p], a[k][q]];
    a[k][p] = c * x - s * y;
    a[k][q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p][k], a[q][k]];
    a[p][k] = c * x - s * y;
    a[q][k] = s * x + c * y;
    const [vx, vy] = [v[k][p], v[k][q]];
    v[k][p] = c * vx - s * vy;
    v[k][q] = s * vx + c * vy;
  }
}

export interface Svd {
  /** m×k, orthonormal columns. */
  readonly u: Rows;
  /** Falling. */
  readonly s: Float64Array;
  /** n×k, orthonormal columns. */
  readonly v: Rows;
}

/** Singular values and vectors, by one-sided Jacobi rotations of the columns. */
export function svdOf(matrix: Rows, columns: number): Svd {
  const rows = matrix.length;
  if (rows < columns) {
    const { u, s, v } = svdOf(transposed(matrix, columns), rows);
    return { u: v, s, v: u };
  }
  const a = transposed(matrix, columns); // one row for each column
  const v = identity(columns); // likewise
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < columns; p++)
      for (let q = p + 1; q < columns; q++) turned = rotateColumns(a, v, p, q) || turned;
    if (!turned) break;
  }
  const norms = a.map((column) => Math.hypot(...column));
  const order = norms.map((_, i) => i).sort((i, j) => norms[j] - norms[i]);
  const s = Float64Array.from(order, (i) => norms[i]);
  const scale = s[0] ?? 0;
  const columnsOfU = order.map((i) => a[i].map((x) => x / norms[i]));
  const known = order.filter((i) => norms[i] > scale * 1e-300 && norms[i] > 0).length;
  completed(columnsOfU, known, rows);
  return {
    u: transposed(columnsOfU, rows),
    s,
    v: transposed(
      order.map((i) => v[i]),
      columns,
    ),
  };
}

function rotateColumns(a: Rows, v: Rows, p: number, q: number): boolean {
  let [alpha, beta, gamma] = [0, 0, 0];
  for (let i = 0; i < a[p].length; i++) {
    alpha += a[p][i] ** 2;
    beta += a[q][i] ** 2;
    gamma += a[p][i] * a[q][i];
  }
  if (Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta) || gamma === 0) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(zeta, 1));
  const c = 1 / Math.hypot(t, 1);
  for (const m of [a, v]) {
    for (let i = 0; i < m[p].length; i++) {
      const [x, y] = [m[p][i], m[q][i]];
      m[p][i] = c * (x - t * y);
      m[q][i] = c * (t * x + y);
    }
  }
  return true;
}

/** Fills the vectors from `known` on, so that all are orthonormal. */
function completed(vectors: Float64Array[], known: number, length: number): void {
  if (known >= vectors.length) return;
  const { q } = qrOf(transposed(vectors.slice(0, known), length), known);
  for (let k = known; k < vectors.length; k++) vectors[k] = Float64Array.from(q, (row) => row[k]);
}

/** The columns of `basis` (n×k), with n - k further ones. */
export function fullBasis(basis: Rows, count: number): Rows {
  const columns = transposed(basis, count);
  const all = Array.from({ length: basis.length }, (_, i) => columns[i] ?? new Float64Array(basis.length));
  completed(all, count, basis.length);
  return transposed(all, basis.length);
}
