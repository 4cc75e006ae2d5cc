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
