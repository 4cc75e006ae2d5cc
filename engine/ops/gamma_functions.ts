// The gamma function's logarithm, its derivatives, and the zeta function that they are made of.

/** Rounds a step of a computation to the dtype that it is made in. */
type Cut = (x: number) => number;

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log |Γ(x)| by Lanczos' approximation (g = 7, 9 terms) with the reflection formula. */
export function lgammaOf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (x <= 0 && Number.isInteger(x)) return Number.POSITIVE_INFINITY;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgammaOf(1 - x);
  const t = x + 6.5;
  let series = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) series += LANCZOS[i] / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** Where the derivatives' recurrences end and their asymptotic series begin, digamma is this. */
const DIGAMMA_OF_10 = 2.251752589066721;
const DIGAMMA_SERIES = [1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12];

/** The derivative of lgamma: recurrence up to 10, then the asymptotic series. PyTorch cuts each step. */
export const digammaIn = (cut: Cut): ((x: number) => number) => {
  const digamma = (x: number): number => {
    if (x === 0) return Object.is(x, -0) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (x < 0 && Number.isInteger(x)) return Number.NaN;
    if (x < 0) return digamma(cut(1 - x)) - cut(Math.PI / Math.tan(Math.PI * (x % 1)));
    let shift = 0;
    let y = x;
    for (; y < 10; y = cut(y + 1)) shift = cut(shift - cut(1 / y));
    if (y === 10) return shift + cut(DIGAMMA_OF_10);
    const z = y < 1e17 ? cut(1 / cut(y * y)) : 0;
    const series = DIGAMMA_SERIES.reduce((total, factor) => cut(cut(total * z) + cut(factor)), 0);
    return cut(cut(shift + cut(Math.log(y))) - cut(0.5 / y)) - cut(z * series);
  };
  return digamma;
};

/** The derivative of digamma, the same way. At poles it is as large as the rounding of the sine makes it. */
export const trigammaIn =
  (cut: Cut): ((x: number) => number) =>
  (x) => {
    const mirrored = x < 0.5;
    let total = 0;
    let y = x;
    if (mirrored) {
      const sine = cut(Math.sin(cut(cut(Math.PI) * x)));
      total = -cut(cut(cut(Math.PI) * cut(Math.PI)) / cut(sine * sine));
      y = cut(1 - x);
    }
    for (let i = 0; i < 6; i++, y = cut(y + 1)) total = cut(total + cut(1 / cut(y * y)));
    const z = cut(1 / cut(y * y));
    const series = 1 / 6 - z * (1 / 30 - z / 42);
    total = cut(total + cut(cut(1 + cut(1 / cut(2 * y)) + cut(z * series)) / y));
    return mirrored ? -total : total;
  };

const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];
/** From here on the asymptotic series of the zeta function is exact to double precision. */
const ASYMPTOTIC = 12;

/** Hurwitz' ζ(s, x) = Σ (x + k)⁻ˢ: the first terms one by one, the rest by the Euler–Maclaurin formula. */
export function zetaOf(s: number, x: number): number {
  if (s === 1) return Number.POSITIVE_INFINITY;
  // At infinity PyTorch divides infinity by infinity.
  if (s < 1 || Number.isNaN(s) || Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return Number.NaN;
  if (x <= 0 && Math.floor(x) === x) return Number.POSITIVE_INFINITY;
  if (x <= 0 && !Number.isInteger(s)) return Number.NaN;
  if (x < 0) return zetaOfNegative(s, x);
  let total = 0;
  let y = x;
  for (; y < ASYMPTOTIC; y++) total += y ** -s;
  total += y ** (1 - s) / (s - 1) + y ** -s / 2;
  let factor = s * y ** (-s - 1);
  BERNOULLI.forEach((number, i) => {
    const order = 2 * (i + 1);
    factor /= order;
    total += number * factor;
    factor *= ((s + order - 1) * (s + order)) / ((order + 1) * y * y);
  });
  return total;
}

/** For an x below 0: the terms below 0 mirrored, then those above. There may be too many to go one by one. */
function zetaOfNegative(s: number, x: number): number {
  const least = -x - Math.floor(-x);
  const below = zetaOf(s, least) - zetaOf(s, 1 - x);
  return (s % 2 === 0 ? below : -below) + zetaOf(s, 1 - least);
}

/** The n-th derivative of digamma: (-1)ⁿ⁺¹ n! ζ(n + 1, x). */
export const polygammaIn = (cut: Cut, n: number): ((x: number) => number) => {
  if (n === 0) return digammaIn(cut);
  if (n === 1) return trigammaIn(cut);
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return (x) => (n % 2 === 0 ? -1 : 1) * factorial * zetaOf(n + 1, x);
};
