import { describe, expect, test } from 'vitest';
import { families, notCovered, read } from './recorded.ts';
import { count, differing, replay } from './replay.ts';
import { outOfScope, recordedScope } from './scope.ts';
import { tally } from './tally.ts';

/** Thousands of programs take a quarter of a minute, and several times that on a busy machine. */
const PATIENCE = 180_000;

describe('recorded from PyTorch', () => {
  for (const family of families) {
    test(
      `${family}: every answer agrees, but for those on the list, which do not`,
      async () => {
        const found = await replay(family);
        const others = differing(found);
        console.log(
          `${family}: ${count(found) - others.length} of ${count(found)} answers agree with PyTorch`,
        );
        const list = notCovered(family);
        expect(Object.fromEntries(others.filter(([check]) => !(check in list)))).toEqual({});
        const differ = new Set(others.map(([check]) => check));
        expect(Object.keys(list).filter((check) => !differ.has(check))).toEqual([]);
      },
      PATIENCE,
    );
  }
});

describe('what the site says of it', () => {
  test('is what these tests find', () => {
    expect(JSON.parse(read('results.json'))).toEqual(tally());
  });

  test('is what the engine answers to what is out of scope', async () => {
    expect(await outOfScope()).toEqual(recordedScope());
  });
});
