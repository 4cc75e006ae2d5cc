import type { Rows } from './triangular.ts';

// LAPACK's elementary steps, with its choices of sign: eigenvectors and singular vectors owe theirs to them.

/** |x| with the sign of y, where 0 counts as positive. */
export const signed = (x: number, y: number): number => (y < 0 ? -Math.abs(x) : Math.abs(x));

/** What counts as nothing: it decides how many steps an iteration takes, and so signs. */
export interface Precision {
  readonly epsilon: number;
  readonly safeMinimum: number;
}
export const SINGLE: Precision = { epsilon: 2 ** -24, safeMinimum: 2 ** -126 };
export const DOUBLE: Precision = { epsilon: 2 ** -53, safeMinimum: 2 ** -1022 };

/** A reflection I - tau v vᵀ; `v` has its 1 at `at`. */
export interface Reflection {
  readonly v: Float64Array;
  readonly tau: number;
}

/** The reflection that leaves of `x` only the entry `at`, of those in `places`; and what that becomes (dlarfg). */
export function reflection(
  x: Float64Array,
  at: number,
  places: readonly number[],
): { readonly reflection: Reflection; readonly beta: number } {
  const v = new Float64Array(x.length);
  v[at] = 1;
  const alpha = x[at];
  const rest = Math.hypot(...places.map((i) => x[i]));
  if (rest === 0) return { reflection: { v, tau: 0 }, beta: alpha };
  const beta = -signed(Math.hypot(alpha, rest), alpha);
  for (const i of places) v[i] = x[i] / (alpha - beta);
  return { reflection: { v, tau: (beta - alpha) / beta }, beta };
}

/** H M, in place. */
export function reflectRows(matrix: Rows, { v, tau }: Reflection): void {
  if (tau === 0) return;
  const columns = matrix[0]?.length ?? 0;
  for (let j = 0; j < columns; j++) {
    let product = 0;
    for (let i = 0; i < v.length; i++) product += v[i] * matrix[i][j];
    for (let i = 0; i < v.length; i++) matrix[i][j] -= tau * v[i] * product;
  }
}

/** M H, in place. */
export function reflectColumns(matrix: Rows, { v, tau }: Reflection): void {
  if (tau === 0) return;
  for (const row of matrix) {
    let product = 0;
    for (let j = 0; j < v.length; j++) product += row[j] * v[j];
    for (let j = 0; j < v.length; j++) row[j] -= tau * product * v[j];
  }
}

interface Rotation {
  readonly c: number;
  readonly s: number;
  readonly r: number;
}

/** The rotation (c, s) that takes (f, g) to (r, 0), as dlartg has it since LAPACK 3.10: c is not negative. */
export function rotation(f: number, g: number): Rotation {
  if (g === 0) return { c: 1, s: 0, r: f };
  if (f === 0) return { c: 0, s: signed(1, g), r: Math.abs(g) };
  const r = signed(Math.hypot(f, g), f);
  return { c: Math.abs(f / r), s: g / r, r };
}

/** The same as it was before: r is positive, unless f is the larger one and negative. */
export function earlierRotation(f: number, g: number): Rotation {
  if (g === 0) return { c: 1, s: 0, r: f };
  if (f === 0) return { c: 0, s: 1, r: g };
  const length = Math.hypot(f, g);
  const r = Math.abs(f) > Math.abs(g) ? signed(length, f) : length;
  return { c: f / r, s: g / r, r };
}

/** Turns the columns j and j + 1 (dlasr, from the right). */
export function turnColumns(matrix: Rows, j: number, c: number, s: number): void {
  for (const row of matrix) {
    const next = row[j + 1];
    row[j + 1] = c * next - s * row[j];
    row[j] = s * next + c * row[j];
  }
}

/** Turns the rows j and j + 1 (dlasr, from the left). */
export function turnRows(matrix: Rows, j: number, c: number, s: number): void {
  const [upper, lower] = [matrix[j], matrix[j + 1]];
  for (let i = 0; i < upper.length; i++) {
    const next = lower[i];
    lower[i] = c * next - s * upper[i];
    upper[i] = s * next + c * upper[i];
  }
}
