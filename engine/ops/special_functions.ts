/**
 * The error function, by its Taylor series near zero and the continued fraction of `erfcOf` beyond
 * (Abramowitz & Stegun 7.1.6 and 7.1.14). Accurate to about 1e-15.
 */
export function erfOf(x: number): number {
  if (Math.abs(x) > 2.5) return Math.sign(x) * (1 - erfcOf(Math.abs(x)));
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(total); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return Number.isNaN(x) ? x : (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

/** 1 - erf(x), without cancellation for large x. */
export function erfcOf(x: number): number {
  if (x < 2.5) return 1 - erfOf(x);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + erfcFraction(x));
}

/** Evaluated from the tail: 60 terms are enough from 2.5 upwards. */
function erfcFraction(x: number): number {
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return fraction;
}

/** exp(x²) erfc(x): for large x from the continued fraction alone, as erfc itself is too small for a number. */
export function erfcxOf(x: number): number {
  if (x < 2.5) return Math.exp(x * x) * erfcOf(x);
  return 1 / Math.sqrt(Math.PI) / (x + erfcFraction(x));
}

/** The x with erf(x) = y: Winitzki's approximation, sharpened by Newton steps. */
export function erfInverseOf(y: number): number {
  if (Math.abs(y) === 1) return y * Number.POSITIVE_INFINITY;
  if (!(Math.abs(y) < 1)) return Number.NaN;
  return y < 0 ? -positiveErfInverse(-y, 1 + y) : positiveErfInverse(y, 1 - y);
}

/** `rest` is 1 - y, which the caller may know better. */
function positiveErfInverse(y: number, rest: number): number {
  if (y === 0) return y;
  const a = 0.147;
  const logTerm = Math.log(rest * (1 + y));
  const half = 2 / (Math.PI * a) + logTerm / 2;
  let x = Math.sqrt(Math.sqrt(half * half - logTerm / a) - half);
  for (let i = 0; i < 4; i++) {
    const error = y > 0.9 ? erfcOf(x) - rest : y - erfOf(x);
    x += (error * Math.sqrt(Math.PI)) / 2 / Math.exp(-x * x);
  }
  return x;
}

/** The x with Φ(x) = p. */
export function ndtriOf(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  const x = p < 0.5 ? -positiveErfInverse(1 - 2 * p, 2 * p) : positiveErfInverse(2 * p - 1, 2 - 2 * p);
  return Math.SQRT2 * x;
}

/** log Φ(x), without loss of digits on either side. */
export function logNdtrOf(x: number): number {
  const t = x * Math.SQRT1_2;
  return x < -1 ? Math.log(erfcxOf(-t) / 2) - t * t : Math.log1p(-erfcOf(t) / 2);
}

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

/** The derivative of lgamma: recurrence up to 10, then the asymptotic series. */
export function digammaOf(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (x < 0 && Number.isInteger(x)) return Number.NaN;
  if (x < 0) return digammaOf(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift -= 1 / y;
  const z = 1 / (y * y);
  const tail = z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132)))));
  return shift + Math.log(y) - 0.5 / y - tail;
}

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
export function polygammaOf(n: number, x: number): number {
  if (n === 0) return digammaOf(x);
  // PyTorch mirrors only the first derivative, which has no value so far out.
  if (n === 1 && x === Number.NEGATIVE_INFINITY) return Number.NaN;
  if (n === 1 && x === Number.POSITIVE_INFINITY) return 0;
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return (n % 2 === 0 ? -1 : 1) * factorial * zetaOf(n + 1, x);
}
