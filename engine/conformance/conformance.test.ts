import { beforeAll, describe, expect, test } from 'vitest';
import { type Differences, KINDS, notCovered, replay } from './replay.ts';

let results: Record<string, Differences>;
beforeAll(async () => {
  results = await replay();
});

describe('recorded from PyTorch', () => {
  for (const kind of KINDS) {
    test(`${kind}: every case agrees, but for those on the list`, () => {
      const differing = Object.entries(results[kind]).filter(([, difference]) => difference !== null);
      const total = Object.keys(results[kind]).length;
      console.log(`${kind}: ${total - differing.length} of ${total} recorded cases agree with PyTorch`);
      const broken = differing.filter(([name]) => !notCovered[kind].includes(name));
      expect(Object.fromEntries(broken)).toEqual({});
    });

    test(`${kind}: the list of what is not covered yet holds nothing that agrees`, () => {
      expect(notCovered[kind].filter((name) => results[kind][name] === null)).toEqual([]);
      expect(notCovered[kind].filter((name) => !(name in results[kind]))).toEqual([]);
    });
  }
});
