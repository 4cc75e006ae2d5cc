import { identity, qrOf } from './decompositions.ts';
import {
  type Precision,
  type Reflection,
  reflectColumns,
  reflection,
  reflectRows,
  rotation,
  signed,
  turnColumns,
  turnRows,
} from './rotations.ts';
import type { Rows } from './triangular.ts';

// Singular values and vectors as LAPACK finds them (dgesdd for small matrices): reflections make the matrix bidiagonal
// (dgebd2), implicit QR steps make that diagonal (dbdsqr). So the signs of the vectors are LAPACK's.

export interface Svd {
  /** m×m: the first columns belong to the singular values. */
  readonly u: Rows;
  /** Falling. */
  readonly s: Float64Array;
  /** n×n: the first rows belong to the singular values. */
  readonly vt: Rows;
}

export function svdOf(matrix: Rows, columns: number, precision: Precision): Svd {
  if (matrix.length <= columns || columns === 0) return ofBidiagonal(matrix, columns, precision);
  // A tall matrix is made a triangle first: the singular values are those of R.
  const { q, r } = qrOf(matrix, columns);
  const { u, s, vt } = ofBidiagonal(r.slice(0, columns), columns, precision);
  const wide = identity(matrix.length);
  u.forEach((row, i) => {
    wide[i].set(row);
  });
  return { u: product(q, wide), s, vt };
}

const product = (a: Rows, b: Rows): Rows =>
  a.map((row) =>
    Float64Array.from({ length: b[0].length }, (_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)),
  );

function ofBidiagonal(matrix: Rows, columns: number, precision: Precision): Svd {
  const rows = matrix.length;
  const k = Math.min(rows, columns);
  const { d, e, left, right } = bidiagonal(matrix, columns);
  const [u, vt] = [identity(rows), identity(columns)];
  const isLower = rows < columns;
  const turns: [number, number][] = [];
  if (isLower) {
    // Rotations from the left make a lower bidiagonal matrix an upper one.
    for (let i = 0; i < k - 1; i++) {
      const { c, s, r } = rotation(d[i], e[i]);
      d[i] = r;
      e[i] = s * d[i + 1];
      d[i + 1] *= c;
      turns.push([c, -s]);
    }
  }
  if (k === 1) {
    u[0][0] = signed(1, d[0]);
    d[0] = Math.abs(d[0]);
  } else {
    const [small, smallT] = [identity(k), identity(k)];
    diagonalize(d, e, small, smallT, precision);
    for (let i = turns.length - 1; i >= 0; i--) turnRows(small, i, ...turns[i]);
    small.forEach((row, i) => {
      u[i].set(row);
    });
    smallT.forEach((row, i) => {
      vt[i].set(row);
    });
  }
  for (const each of [...left].reverse()) reflectRows(u, each);
  for (const each of [...right].reverse()) reflectColumns(vt, each);
  return { u, s: d, vt };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);

/** Qᵀ A P with entries on the diagonal and beside it: above, or below where the matrix is wide. */
function bidiagonal(matrix: Rows, columns: number) {
  const rows = matrix.length;
  const k = Math.min(rows, columns);
  const a = matrix.map((row) => row.slice());
  const [d, e] = [new Float64Array(k), new Float64Array(Math.max(k - 1, 0))];
  const [left, right]: [Reflection[], Reflection[]] = [[], []];
  const fromLeft = (i: number, at: number): number => {
    const { reflection: found, beta } = reflection(
      Float64Array.from(a, (row) => row[i]),
      at,
      range(at + 1, rows),
    );
    reflectRows(a, found);
    left.push(found);
    return beta;
  };
  const fromRight = (i: number, at: number): number => {
    const { reflection: found, beta } = reflection(a[i], at, range(at + 1, columns));
    reflectColumns(a, found);
    right.push(found);
    return beta;
  };
  for (let i = 0; i < k; i++) {
    if (rows >= columns) {
      d[i] = fromLeft(i, i);
      if (i < columns - 1) e[i] = fromRight(i, i + 1);
    } else {
      d[i] = fromRight(i, i);
      if (i < rows - 1) e[i] = fromLeft(i, i + 1);
    }
  }
  return { d, e, left, right };
}

const toleranceOf = ({ epsilon }: Precision): number =>
  Math.max(10, Math.min(100, epsilon ** -0.125)) * epsilon;
const MOST_STEPS = 6;

/** Makes `d` the singular values of the upper bidiagonal matrix of `d` and `e`, and turns U and Vᵀ likewise. */
function diagonalize(d: Float64Array, e: Float64Array, u: Rows, vt: Rows, precision: Precision): void {
  const tolerance = toleranceOf(precision);
  const n = d.length;
  let least = Math.abs(d[0]);
  let mu = least;
  for (let i = 1; i < n && least !== 0; i++) {
    mu = Math.abs(d[i]) * (mu / (mu + Math.abs(e[i - 1])));
    least = Math.min(least, mu);
  }
  const threshold = Math.max((tolerance * least) / Math.sqrt(n), MOST_STEPS * n * n * precision.safeMinimum);
  let [oldLow, oldHigh, down] = [-1, -1, true];
  let high = n - 1;
  for (let step = 0; high > 0 && step < MOST_STEPS * n * n * 5; step++) {
    let largest = Math.abs(d[high]);
    let low = high - 1;
    while (low >= 0 && Math.abs(e[low]) > threshold) {
      largest = Math.max(largest, Math.abs(d[low]), Math.abs(e[low]));
      low--;
    }
    if (low >= 0) {
      e[low] = 0;
      if (low === high - 1) {
        high--;
        continue;
      }
    }
    low++;
    if (low === high - 1) {
      const two = svdOfTwo(d[low], e[low], d[high], precision.epsilon);
      [d[low], e[low], d[high]] = [two.ssmax, 0, two.ssmin];
      turnRows(vt, low, two.csr, two.snr);
      turnColumns(u, low, two.csl, two.snl);
      high -= 2;
      continue;
    }
    if (low > oldHigh || high < oldLow) down = Math.abs(d[low]) >= Math.abs(d[high]);
    const smallest = negligible(d, e, low, high, down, tolerance);
    if (smallest === null) continue;
    [oldLow, oldHigh] = [low, high];
    const shift = shiftOf(d, e, low, high, down, n * tolerance * (smallest / largest), precision);
    const sweep = down ? sweepDown : sweepUp;
    sweep(d, e, u, vt, low, high, shift);
    const last = down ? high - 1 : low;
    if (Math.abs(e[last]) <= threshold) e[last] = 0;
  }
  for (let i = 0; i < n; i++) {
    if (d[i] >= 0 && !Object.is(d[i], -0)) continue;
    d[i] = -d[i];
    vt[i] = vt[i].map((x) => -x);
  }
  sortFalling(d, u, vt);
}

/** Sets an entry of `e` that doesn't count to 0 and gives null; else an estimate of the smallest singular value. */
function negligible(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  down: boolean,
  tolerance: number,
): number | null {
  const last = down ? high - 1 : low;
  if (Math.abs(e[last]) <= tolerance * Math.abs(d[down ? high : low])) {
    e[last] = 0;
    return null;
  }
  let mu = Math.abs(d[down ? low : high]);
  let smallest = mu;
  for (let step = 0; step < high - low; step++) {
    const i = down ? low + step : high - 1 - step;
    if (Math.abs(e[i]) <= tolerance * mu) {
      e[i] = 0;
      return null;
    }
    mu = Math.abs(d[down ? i + 1 : i]) * (mu / (mu + Math.abs(e[i])));
    smallest = Math.min(smallest, mu);
  }
  return smallest;
}

function shiftOf(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  down: boolean,
  ratio: number,
  precision: Precision,
): number {
  const { epsilon } = precision;
  if (ratio <= Math.max(epsilon, 0.01 * toleranceOf(precision))) return 0;
  const start = Math.abs(d[down ? low : high]);
  const shift = down
    ? smallestOfTwo(d[high - 1], e[high - 1], d[high])
    : smallestOfTwo(d[low], e[low], d[low + 1]);
  return start > 0 && (shift / start) ** 2 < epsilon ? 0 : shift;
}

/** One implicit step, the bulge chased from top to bottom. */
function sweepDown(
  d: Float64Array,
  e: Float64Array,
  u: Rows,
  vt: Rows,
  low: number,
  high: number,
  shift: number,
) {
  if (shift === 0) {
    let [cs, oldCs, oldSn] = [1, 1, 0];
    for (let i = low; i < high; i++) {
      const first = rotation(d[i] * cs, e[i]);
      cs = first.c;
      if (i > low) e[i - 1] = oldSn * first.r;
      const second = rotation(oldCs * first.r, d[i + 1] * first.s);
      [oldCs, oldSn, d[i]] = [second.c, second.s, second.r];
      turnRows(vt, i, first.c, first.s);
      turnColumns(u, i, second.c, second.s);
    }
    const h = d[high] * cs;
    d[high] = h * oldCs;
    e[high - 1] = h * oldSn;
    return;
  }
  let f = (Math.abs(d[low]) - shift) * (signed(1, d[low]) + shift / d[low]);
  let g = e[low];
  for (let i = low; i < high; i++) {
    const right = rotation(f, g);
    if (i > low) e[i - 1] = right.r;
    f = right.c * d[i] + right.s * e[i];
    e[i] = right.c * e[i] - right.s * d[i];
    g = right.s * d[i + 1];
    d[i + 1] *= right.c;
    const left = rotation(f, g);
    d[i] = left.r;
    f = left.c * e[i] + left.s * d[i + 1];
    d[i + 1] = left.c * d[i + 1] - left.s * e[i];
    if (i < high - 1) {
      g = left.s * e[i + 1];
      e[i + 1] *= left.c;
    }
    turnRows(vt, i, right.c, right.s);
    turnColumns(u, i, left.c, left.s);
  }
  e[high - 1] = f;
}

/** One implicit step, the bulge chased from bottom to top. */
function sweepUp(
  d: Float64Array,
  e: Float64Array,
  u: Rows,
  vt: Rows,
  low: number,
  high: number,
  shift: number,
) {
  if (shift === 0) {
    let [cs, oldCs, oldSn] = [1, 1, 0];
    for (let i = high; i > low; i--) {
      const first = rotation(d[i] * cs, e[i - 1]);
      cs = first.c;
      if (i < high) e[i] = oldSn * first.r;
      const second = rotation(oldCs * first.r, d[i - 1] * first.s);
      [oldCs, oldSn, d[i]] = [second.c, second.s, second.r];
      turnRows(vt, i - 1, second.c, -second.s);
      turnColumns(u, i - 1, first.c, -first.s);
    }
    const h = d[low] * cs;
    d[low] = h * oldCs;
    e[low] = h * oldSn;
    return;
  }
  let f = (Math.abs(d[high]) - shift) * (signed(1, d[high]) + shift / d[high]);
  let g = e[high - 1];
  for (let i = high; i > low; i--) {
    const right = rotation(f, g);
    if (i < high) e[i] = right.r;
    f = right.c * d[i] + right.s * e[i - 1];
    e[i - 1] = right.c * e[i - 1] - right.s * d[i];
    g = right.s * d[i - 1];
    d[i - 1] *= right.c;
    const left = rotation(f, g);
    d[i] = left.r;
    f = left.c * e[i - 1] + left.s * d[i - 1];
    d[i - 1] = left.c * d[i - 1] - left.s * e[i - 1];
    if (i > low + 1) {
      g = left.s * e[i - 2];
      e[i - 2] *= left.c;
    }
    turnRows(vt, i - 1, left.c, -left.s);
    turnColumns(u, i - 1, right.c, -right.s);
  }
  e[low] = f;
}

/** The smaller singular value of [[f, g], [0, h]] (dlas2). */
function smallestOfTwo(f: number, g: number, h: number): number {
  const [fa, ga, ha] = [Math.abs(f), Math.abs(g), Math.abs(h)];
  const [least, most] = [Math.min(fa, ha), Math.max(fa, ha)];
  if (least === 0) return 0;
  const [as, at] = [1 + least / most, (most - least) / most];
  if (ga < most) {
    const au = (ga / most) ** 2;
    return least * (2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au)));
  }
  const au = most / ga;
  if (au === 0) return (least * most) / ga;
  return 2 * (least / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2))) * au;
}

/** Singular values and rotations of [[f, g], [0, h]] (dlasv2). */
function svdOfTwo(f: number, g: number, h: number, epsilon: number) {
  const swap = Math.abs(h) > Math.abs(f);
  const [ft, ht] = swap ? [h, f] : [f, h];
  const [fa, ha, ga] = [Math.abs(ft), Math.abs(ht), Math.abs(g)];
  let largest = swap ? 3 : 1;
  let [ssmin, ssmax, clt, crt, slt, srt] = [ha, fa, 1, 1, 0, 0];
  if (ga !== 0) {
    if (ga > fa) largest = 2;
    if (ga > fa && fa / ga < epsilon) {
      ssmax = ga;
      ssmin = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
      [clt, slt, srt, crt] = [1, ht / g, 1, ft / g];
    } else {
      const difference = fa - ha;
      const l = difference === fa ? 1 : difference / fa;
      const m = g / ft;
      const t = 2 - l;
      const s = Math.sqrt(t * t + m * m);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + m * m);
      const a = 0.5 * (s + r);
      ssmin = ha / a;
      ssmax = fa * a;
      let tangent = (m / (s + t) + m / (r + l)) * (1 + a);
      if (m * m === 0) {
        tangent = l === 0 ? signed(2, ft) * signed(1, g) : g / signed(difference, ft) + m / t;
      }
      const length = Math.sqrt(tangent * tangent + 4);
      crt = 2 / length;
      srt = tangent / length;
      clt = (crt + srt * m) / a;
      slt = ((ht / ft) * srt) / a;
    }
  }
  const [csl, snl, csr, snr] = swap ? [srt, crt, slt, clt] : [clt, slt, crt, srt];
  const signs = { 1: [csr, csl, f], 2: [snr, csl, g], 3: [snr, snl, h] }[largest] as number[];
  const sign = signs.reduce((product, x) => product * signed(1, x), 1);
  return {
    ssmax: signed(ssmax, sign),
    ssmin: signed(ssmin, sign * signed(1, f) * signed(1, h)),
    csl,
    snl,
    csr,
    snr,
  };
}

function sortFalling(d: Float64Array, u: Rows, vt: Rows): void {
  for (let end = d.length - 1; end > 0; end--) {
    let k = 0;
    for (let j = 1; j <= end; j++) if (d[j] <= d[k]) k = j;
    if (k === end) continue;
    [d[k], d[end]] = [d[end], d[k]];
    [vt[k], vt[end]] = [vt[end], vt[k]];
    for (const row of u) [row[k], row[end]] = [row[end], row[k]];
  }
}
