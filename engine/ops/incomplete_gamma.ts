import { lgammaOf } from './gamma_functions.ts';

/** The regularised lower incomplete gamma function P(a, x): its series below a + 1, else 1 - Q. */
export function igammaOf(a: number, x: number): number {
  if (x < 0 || a < 0 || Number.isNaN(a) || Number.isNaN(x)) return Number.NaN;
  if (a === 0) return x > 0 ? 1 : Number.NaN;
  if (x === 0) return 0;
  if (a === Number.POSITIVE_INFINITY) return x === Number.POSITIVE_INFINITY ? Number.NaN : 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** The upper one, Q(a, x) = 1 - P(a, x), without loss of digits where it is small. */
export function igammacOf(a: number, x: number): number {
  if (x < 0 || a < 0 || Number.isNaN(a) || Number.isNaN(x)) return Number.NaN;
  if (a === 0) return x > 0 ? 0 : Number.NaN;
  if (x === 0) return 1;
  if (a === Number.POSITIVE_INFINITY) return x === Number.POSITIVE_INFINITY ? Number.NaN : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

const weight = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - lgammaOf(a));

/** xᵃ e⁻ˣ / Γ(a) · Σₙ xⁿ / (a (a + 1) … (a + n)), Abramowitz & Stegun 6.5.29 */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > 1e-17 * total; n++) {
    term *= x / (a + n);
    total += term;
  }
  return weight(a, x) * total;
}

/** Legendre's continued fraction by Lentz' method, Abramowitz & Stegun 6.5.31 */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return weight(a, x) * fraction;
}
