import { identity } from './decompositions.ts';
import {
  earlierRotation,
  type Precision,
  type Reflection,
  reflection,
  reflectRows,
  signed,
  turnColumns,
} from './rotations.ts';
import type { Rows } from './triangular.ts';

// Eigenvalues and eigenvectors of symmetric matrices as LAPACK finds them: reflections make the matrix tridiagonal
// (dsytd2), implicit QL or QR steps make that diagonal (dsteqr). So the signs of the vectors are LAPACK's.

/** Eigenvalues, rising, and eigenvectors, as columns; of the matrix one triangle is looked at. */
export function eighOf(
  matrix: Rows,
  upper: boolean,
  precision: Precision,
): { values: Float64Array; vectors: Rows } {
  const { d, e, reflections } = upper ? fromTheEnd(matrix) : fromTheStart(matrix);
  const vectors = identity(matrix.length);
  diagonalize(d, e, vectors, precision);
  for (const each of reflections) reflectRows(vectors, each);
  return { values: d, vectors };
}

interface Tridiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** In the order in which they are applied to eigenvectors. */
  readonly reflections: readonly Reflection[];
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);

function fromTheStart(matrix: Rows): Tridiagonal {
  const n = matrix.length;
  const a = symmetric(matrix, false);
  const e = new Float64Array(Math.max(n - 1, 0));
  const reflections: Reflection[] = [];
  for (let i = 0; i < n - 1; i++) {
    const found = reflection(
      Float64Array.from(a, (row) => row[i]),
      i + 1,
      range(i + 2, n),
    );
    e[i] = found.beta;
    reflections.unshift(found.reflection);
    update(a, found.reflection);
  }
  return { d: Float64Array.from(a, (row, i) => row[i]), e, reflections };
}

function fromTheEnd(matrix: Rows): Tridiagonal {
  const n = matrix.length;
  const a = symmetric(matrix, true);
  const e = new Float64Array(Math.max(n - 1, 0));
  const reflections: Reflection[] = [];
  for (let i = n - 2; i >= 0; i--) {
    const found = reflection(
      Float64Array.from(a, (row) => row[i + 1]),
      i,
      range(0, i),
    );
    e[i] = found.beta;
    reflections.unshift(found.reflection);
    update(a, found.reflection);
  }
  return { d: Float64Array.from(a, (row, i) => row[i]), e, reflections };
}

const symmetric = (matrix: Rows, upper: boolean): Rows =>
  matrix.map((row, i) => row.map((x, j) => (i === j || j > i === upper ? x : matrix[j][i])));

/** H A H, by one symmetric change of rank two. */
function update(a: Rows, { v, tau }: Reflection): void {
  if (tau === 0) return;
  const w = Float64Array.from(a, (row) => tau * row.reduce((sum, x, j) => sum + x * v[j], 0));
  const alpha = -0.5 * tau * w.reduce((sum, x, j) => sum + x * v[j], 0);
  for (let i = 0; i < w.length; i++) w[i] += alpha * v[i];
  a.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) row[j] -= v[i] * w[j] + w[i] * v[j];
  });
}

const MOST_STEPS = 30;

/** Makes `d` the eigenvalues of the matrix with `d` on and `e` beside its diagonal, and turns `z` likewise. */
function diagonalize(d: Float64Array, e: Float64Array, z: Rows, precision: Precision): void {
  const n = d.length;
  let steps = n * MOST_STEPS;
  let start = 0;
  while (start < n && steps > 0) {
    if (start > 0) e[start - 1] = 0;
    let end = start;
    while (end < n - 1) {
      const size = Math.abs(e[end]);
      if (size === 0) break;
      if (size <= Math.sqrt(Math.abs(d[end])) * Math.sqrt(Math.abs(d[end + 1])) * precision.epsilon) {
        e[end] = 0;
        break;
      }
      end++;
    }
    const [low, high] = [start, end];
    start = end + 1;
    if (low === high) continue;
    // The iteration goes to where the larger numbers are.
    steps =
      Math.abs(d[high]) < Math.abs(d[low])
        ? upwards(d, e, z, high, low, steps, precision)
        : downwards(d, e, z, low, high, steps, precision);
    // What did not converge is split and tried again.
    if (e.some((x, i) => i >= low && i < high && x !== 0)) start = low;
  }
  sortRising(d, z);
}

const isSmall = (e: number, a: number, b: number, { epsilon, safeMinimum }: Precision): boolean =>
  e * e <= epsilon * epsilon * Math.abs(a) * Math.abs(b) + safeMinimum;

/** Implicit QL from `l` on, to `end`. Gives the steps that are left. */
function downwards(
  d: Float64Array,
  e: Float64Array,
  z: Rows,
  from: number,
  end: number,
  most: number,
  precision: Precision,
): number {
  let steps = most;
  let l = from;
  while (l <= end) {
    let m = l;
    while (m < end && !isSmall(e[m], d[m], d[m + 1], precision)) m++;
    if (m < end) e[m] = 0;
    if (m === l) {
      l++;
    } else if (m === l + 1) {
      const { rt1, rt2, c, s } = eigenOfTwo(d[l], e[l], d[l + 1]);
      turnColumns(z, l, c, s);
      [d[l], d[l + 1], e[l]] = [rt1, rt2, 0];
      l += 2;
    } else {
      if (steps-- === 0) return 0;
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      g = d[m] - d[l] + e[l] / (g + signed(Math.hypot(g, 1), g));
      let [s, c, p] = [1, 1, 0];
      const turns: [number, number, number][] = [];
      for (let i = m - 1; i >= l; i--) {
        const [f, b] = [s * e[i], c * e[i]];
        const turn = earlierRotation(g, f);
        [c, s] = [turn.c, turn.s];
        if (i !== m - 1) e[i + 1] = turn.r;
        g = d[i + 1] - p;
        const r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        turns.push([i, c, -s]);
      }
      for (const turn of turns) turnColumns(z, ...turn);
      d[l] -= p;
      e[l] = g;
    }
  }
  return steps;
}

/** Implicit QR from `l` back, to `end`. Gives the steps that are left. */
function upwards(
  d: Float64Array,
  e: Float64Array,
  z: Rows,
  from: number,
  end: number,
  most: number,
  precision: Precision,
): number {
  let steps = most;
  let l = from;
  while (l >= end) {
    let m = l;
    while (m > end && !isSmall(e[m - 1], d[m], d[m - 1], precision)) m--;
    if (m > end) e[m - 1] = 0;
    if (m === l) {
      l--;
    } else if (m === l - 1) {
      const { rt1, rt2, c, s } = eigenOfTwo(d[l - 1], e[l - 1], d[l]);
      turnColumns(z, l - 1, c, s);
      [d[l - 1], d[l], e[l - 1]] = [rt1, rt2, 0];
      l -= 2;
    } else {
      if (steps-- === 0) return 0;
      let g = (d[l - 1] - d[l]) / (2 * e[l - 1]);
      g = d[m] - d[l] + e[l - 1] / (g + signed(Math.hypot(g, 1), g));
      let [s, c, p] = [1, 1, 0];
      for (let i = m; i < l; i++) {
        const [f, b] = [s * e[i], c * e[i]];
        const turn = earlierRotation(g, f);
        [c, s] = [turn.c, turn.s];
        if (i !== m) e[i - 1] = turn.r;
        g = d[i] - p;
        const r = (d[i + 1] - g) * s + 2 * c * b;
        p = s * r;
        d[i] = g + p;
        g = c * r - b;
        turnColumns(z, i, c, s);
      }
      d[l] -= p;
      e[l - 1] = g;
    }
  }
  return steps;
}

/** Eigenvalues of [[a, b], [b, c]], the larger one first, and the vector that belongs to it (dlaev2). */
function eigenOfTwo(a: number, b: number, c: number) {
  const [sum, difference, twice] = [a + c, a - c, b + b];
  const rt = Math.hypot(difference, twice);
  const [most, least] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  const first = sum < 0 ? -1 : 1;
  const rt1 = sum === 0 ? 0.5 * rt : 0.5 * (sum + first * rt);
  const rt2 = sum === 0 ? -0.5 * rt : (most / rt1) * least - (b / rt1) * b;
  const second = difference >= 0 ? 1 : -1;
  const cs = difference + second * rt;
  let [c1, s1] = [1, 0];
  if (Math.abs(cs) > Math.abs(twice)) {
    const ct = -twice / cs;
    s1 = 1 / Math.sqrt(1 + ct * ct);
    c1 = ct * s1;
  } else if (twice !== 0) {
    const tn = -cs / twice;
    c1 = 1 / Math.sqrt(1 + tn * tn);
    s1 = tn * c1;
  }
  return first === second ? { rt1, rt2, c: -s1, s: c1 } : { rt1, rt2, c: c1, s: s1 };
}

function sortRising(d: Float64Array, z: Rows): void {
  for (let i = 0; i < d.length - 1; i++) {
    let k = i;
    for (let j = i + 1; j < d.length; j++) if (d[j] < d[k]) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k], d[i]];
    for (const row of z) [row[i], row[k]] = [row[k], row[i]];
  }
}
