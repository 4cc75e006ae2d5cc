/**
 * The modified Bessel functions of the first kind, Iᵥ(x) = (x/2)ᵛ Σₖ (x²/4)ᵏ / (k! (k + ν)!), multiplied by exp(-|x|).
 * From 30 on the asymptotic series is exact to double precision (Abramowitz & Stegun 9.6.10 and 9.7.1).
 */
function scaledBessel(order: 0 | 1, x: number): number {
  const size = Math.abs(x);
  const sign = order === 1 && x < 0 ? -1 : 1;
  if (size === Number.POSITIVE_INFINITY) return sign * 0;
  return sign * (size < 30 ? Math.exp(-size) * bySeries(order, size) : asymptotic(order, size));
}

function bySeries(order: 0 | 1, x: number): number {
  const quarter = (x * x) / 4;
  let term = order === 0 ? 1 : x / 2;
  let total = term;
  for (let k = 1; term > 1e-18 * total; k++) {
    term *= quarter / (k * (k + order));
    total += term;
  }
  return total;
}

function asymptotic(order: 0 | 1, x: number): number {
  let term = 1;
  let total = 1;
  for (let k = 1; k < 40 && Math.abs(term) > 1e-18; k++) {
    term *= -(4 * order * order - (2 * k - 1) ** 2) / (8 * k * x);
    total += term;
  }
  return total / Math.sqrt(2 * Math.PI * x);
}

export const i0eOf = (x: number): number => (Number.isNaN(x) ? x : scaledBessel(0, x));
export const i1eOf = (x: number): number => (Number.isNaN(x) ? x : scaledBessel(1, x));

/** exp(|x|) in two factors: it may be too large where the product isn't. */
const unscaled = (scaled: number, x: number): number =>
  scaled * Math.exp(Math.abs(x) / 2) * Math.exp(Math.abs(x) / 2);

// At infinity that is 0 times infinity, in PyTorch as well.
export const i0Of = (x: number): number => unscaled(i0eOf(x), x);
export const i1Of = (x: number): number => unscaled(i1eOf(x), x);
