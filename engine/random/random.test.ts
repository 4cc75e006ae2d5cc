import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { Generator, permutation } from './generator.ts';
import { fillNormal } from './normal.ts';

/** Keys are `what|seed|count|dtype`; the answers are PyTorch's after `manual_seed(seed)`. */
const recorded: Record<string, number[]> = JSON.parse(
  readFileSync(new URL('../conformance/data/random.json', import.meta.url), 'utf8'),
);

const generator = new Generator();
const times = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

const draws: Record<string, (n: number, single: boolean) => number[]> = {
  rand: (n, single) => times(n, () => generator.uniform(single)),
  perm: (n) => permutation(n, generator),
  int: (n) => times(n, () => generator.integer(0, 10)),
  big: (n) => times(n, () => generator.integer(0, 2 ** 30)),
  bern: (n) => times(n, () => Number(generator.uniform24() < Math.fround(0.3))),
  randn: (n, single) => {
    const numbers = new Float64Array(n);
    fillNormal(numbers, generator, 0, 1, single);
    return [...numbers, ...times(3, () => generator.normal())];
  },
};

describe('numbers drawn after a seed are those of PyTorch', () => {
  for (const [what, draw] of Object.entries(draws)) {
    test(what, () => {
      const cases = Object.entries(recorded).filter(([key]) => key.startsWith(`${what}|`));
      expect(cases.length).toBeGreaterThan(0);
      for (const [key, expected] of cases) {
        const [, seed, count, dtype] = key.split('|');
        generator.manualSeed(BigInt(seed));
        const drawn = draw(Number(count), dtype === 'float32');
        expect(drawn.length, key).toBe(expected.length);
        // Uniform and whole numbers agree to the last bit; sine and logarithm may differ in theirs.
        drawn.forEach((number, i) => {
          if (what === 'randn') expect(number, key).toBeCloseTo(expected[i], 5);
          else expect(number, key).toBe(expected[i]);
        });
      }
    });
  }
});

describe('state', () => {
  beforeEach(() => generator.manualSeed(7n));

  test('a restored generator goes on where it was saved, a waiting normal number included', () => {
    generator.normal();
    const state = generator.save();
    const first = times(5, () => generator.normal());
    generator.restore(state);
    expect(times(5, () => generator.normal())).toEqual(first);
  });

  test('a generator that was given no seed has always the same one', () => {
    expect(times(4, () => new Generator().uniform53())).toEqual(times(4, () => new Generator().uniform53()));
  });
});
