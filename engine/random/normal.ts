import type { Data } from '../dtype.ts';
import type { Generator } from './generator.ts';

/** Normal numbers from this many elements on are made sixteen at a time. */
const BLOCK = 16;

/** Fills `data` with normal numbers as PyTorch's `normal_` does on a contiguous tensor. */
export function fillNormal(
  data: Data,
  generator: Generator,
  mean: number,
  std: number,
  single: boolean,
): void {
  if (data.length < BLOCK) {
    fillNormalOneByOne(data, generator, mean, std);
    return;
  }
  const block = single ? normalBlockSingle : normalBlock;
  for (let i = 0; i < data.length; i++) data[i] = generator.uniform(single);
  for (let i = 0; i + BLOCK <= data.length; i += BLOCK) block(data, i, mean, std);
  if (data.length % BLOCK !== 0) {
    // The last sixteen are made anew, those that were finished already among them.
    const tail = data.length - BLOCK;
    for (let i = tail; i < data.length; i++) data[i] = generator.uniform(single);
    block(data, tail, mean, std);
  }
}

/** Fills `data` with normal numbers as `normal_` does on few elements, or on any that don't lie in a row. */
export function fillNormalOneByOne(data: Data, generator: Generator, mean: number, std: number): void {
  for (let i = 0; i < data.length; i++) data[i] = generator.normal() * std + mean;
}

function normalBlock(data: Data, from: number, mean: number, std: number): void {
  for (let i = from; i < from + BLOCK / 2; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[i]));
    const angle = 2 * Math.PI * data[i + BLOCK / 2];
    data[i] = radius * Math.cos(angle) * std + mean;
    data[i + BLOCK / 2] = radius * Math.sin(angle) * std + mean;
  }
}

// In float32 PyTorch takes the logarithm, sine and cosine of its vector unit: Cephes' polynomials, evaluated with
// fused multiply-adds. Every step is rounded here as it is there, so that the numbers agree to the last bit.

const { fround } = Math;
const fma = (a: number, b: number, c: number): number => fround(a * b + c);

function normalBlockSingle(data: Data, from: number, mean: number, std: number): void {
  const [deviation, middle] = [fround(std), fround(mean)];
  for (let i = from; i < from + BLOCK / 2; i++) {
    const radius = fround(Math.sqrt(fround(-2 * logSingle(fround(1 - data[i])))));
    const { sine, cosine } = sineAndCosine(fround(fround(2 * Math.PI) * data[i + BLOCK / 2]));
    data[i] = fma(fround(radius * cosine), deviation, middle);
    data[i + BLOCK / 2] = fma(fround(radius * sine), deviation, middle);
  }
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => fma(sum, x, coefficient));

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);
/** ln 2 in two parts, of which the first has few bits. */
const [LN2_HIGH, LN2_LOW] = [0.693359375, fround(-2.1219444e-4)];

/** The logarithm of a positive float32. */
function logSingle(value: number): number {
  let exponent = Math.floor(Math.log2(value)) + 1;
  let mantissa = value / 2 ** exponent;
  if (mantissa >= 1) {
    exponent++;
    mantissa /= 2;
  } else if (mantissa < 0.5) {
    exponent--;
    mantissa *= 2;
  }
  let x = fround(mantissa - 1);
  if (mantissa < fround(Math.SQRT1_2)) {
    exponent--;
    x = fround(x + mantissa);
  }
  const z = fround(x * x);
  const tail = fma(fround(polynomial(LOG, x) * x), z, fround(exponent * LN2_LOW));
  return fma(exponent, LN2_HIGH, fround(x + fma(-z, 0.5, tail)));
}

const SINE = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(fround);
const COSINE = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(fround);
/** -π/4 in three parts, of which the first two have few bits. */
const QUARTER = [-0.78515625, fround(-2.4187564849853516e-4), fround(-3.774894977445941e-8)];

/** Of an angle from 0 to 2π. */
function sineAndCosine(angle: number): { sine: number; cosine: number } {
  // The angle is brought to within π/4 of an even multiple of π/4.
  const octant = (Math.trunc(fround(angle * fround(4 / Math.PI))) + 1) & ~1;
  const x = QUARTER.reduce((rest, part) => fma(octant, part, rest), angle);
  const z = fround(x * x);
  const even = fround(fma(fround(polynomial(COSINE, z) * z), z, fround(-z * 0.5)) + 1);
  const odd = fma(fround(polynomial(SINE, z) * z), x, x);
  const [sine, cosine] = octant & 2 ? [even, odd] : [odd, even];
  return { sine: octant & 4 ? -sine : sine, cosine: (octant - 2) & 4 ? cosine : -cosine };
}
