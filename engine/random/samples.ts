import { lgammaOf } from '../ops/gamma_functions.ts';
import type { Generator } from './generator.ts';

/** From this rate on Poisson numbers are drawn by rejection. */
const LARGE_RATE = 10;

/** A Poisson number: by transformed rejection (Hörmann, 1993) or, for small rates, by multiplying uniform numbers. */
export function poissonNumber(rate: number, generator: Generator): number {
  return rate >= LARGE_RATE ? poissonByRejection(rate, generator) : poissonByProducts(rate, generator);
}

function poissonByRejection(rate: number, generator: Generator): number {
  const logRate = Math.log(rate);
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const accepted = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const u = generator.uniform53() - 0.5;
    const v = generator.uniform53();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= accepted) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b);
    if (left <= -rate + k * logRate - lgammaOf(k + 1)) return k;
  }
}

function poissonByProducts(rate: number, generator: Generator): number {
  if (rate === 0) return 0;
  const limit = Math.exp(-rate);
  let product = 1;
  for (let k = 0; ; k++) {
    product *= generator.uniform53();
    if (product <= limit) return k;
  }
}

/** A number of the gamma distribution of this shape and scale 1 (Marsaglia and Tsang, 2000). */
export function gammaNumber(shape: number, generator: Generator): number {
  let scale = 1;
  let alpha = shape;
  if (alpha < 1) {
    if (alpha === 0) return 0;
    scale = (1 - generator.uniform53()) ** (1 / alpha);
    alpha += 1;
  }
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    let x: number;
    let y: number;
    do {
      x = generator.normal();
      y = 1 + c * x;
    } while (y <= 0);
    const v = y * y * y;
    const u = 1 - generator.uniform53();
    const xx = x * x;
    if (u < 1 - 0.0331 * xx * xx) return scale * d * v;
    if (Math.log(u) < 0.5 * xx + d * (1 - v + Math.log(v))) return scale * d * v;
  }
}

/** From so many expected successes on binomial numbers are drawn by rejection. */
const MANY_SUCCESSES = 10;

/** How many of `count` trials succeed, each with probability `chance`. */
export function binomialNumber(count: number, chance: number, generator: Generator): number {
  if (!(count > 0) || !(chance > 0)) return Number.isNaN(count) || Number.isNaN(chance) ? Number.NaN : 0;
  if (chance >= 1) return count;
  const rare = Math.min(chance, 1 - chance);
  const draw = count * rare >= MANY_SUCCESSES ? binomialByRejection : binomialByWaiting;
  const successes = draw(count, rare, generator);
  return chance <= 0.5 ? successes : count - successes;
}

/** By the waiting times from one success to the next. */
function binomialByWaiting(count: number, chance: number, generator: Generator): number {
  const log = Math.log1p(-chance);
  let trials = 0;
  for (let successes = 0; ; successes++) {
    trials += Math.ceil(Math.log(generator.uniform53()) / log);
    if (trials > count) return successes;
  }
}

/** What Stirling's formula for log k! lacks. */
const stirlingRest = (k: number): number =>
  lgammaOf(k + 1) - (0.5 * Math.log(2 * Math.PI) + (k + 0.5) * Math.log(k + 1) - (k + 1));

/** By transformed rejection (Hörmann, 1993). */
function binomialByRejection(count: number, chance: number, generator: Generator): number {
  const deviation = Math.sqrt(count * chance * (1 - chance));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const centre = count * chance + 0.5;
  const accepted = 0.92 - 4.2 / b;
  const odds = chance / (1 - chance);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((count + 1) * chance);
  while (true) {
    const u = generator.uniform53() - 0.5;
    const v = generator.uniform53();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= accepted) return k;
    if (k < 0 || k > count) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (count - mode + 1))) +
      (count + 1) * Math.log((count - mode + 1) / (count - k + 1)) +
      (k + 0.5) * Math.log((odds * (count - k + 1)) / (k + 1)) +
      stirlingRest(mode) +
      stirlingRest(count - mode) -
      stirlingRest(k) -
      stirlingRest(count - k);
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}
