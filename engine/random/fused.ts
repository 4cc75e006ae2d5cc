/** Splits a number into two of half the digits (Veltkamp). */
function halves(x: number): [number, number] {
  const shifted = x * (2 ** 27 + 1);
  const high = shifted - (shifted - x);
  return [high, x - high];
}

/** a·b + c rounded once, as a processor's fused multiply-add does: product and sum are kept in two parts (Dekker). */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  const productRest = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const added = sum - product;
  const sumRest = product - (sum - added) + (c - added);
  return sum + (productRest + sumRest);
}
