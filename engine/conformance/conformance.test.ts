import { describe, expect, test } from 'vitest';
import { count, differing, families, notCovered, replay } from './replay.ts';

describe('recorded from PyTorch', () => {
  for (const family of families) {
    test(`${family}: every answer agrees, but for those on the list, which do not`, async () => {
      const found = await replay(family);
      const others = differing(found);
      console.log(`${family}: ${count(found) - others.length} of ${count(found)} answers agree with PyTorch`);
      const list = notCovered(family);
      expect(Object.fromEntries(others.filter(([check]) => !(check in list)))).toEqual({});
      const differ = new Set(others.map(([check]) => check));
      expect(Object.keys(list).filter((check) => !differ.has(check))).toEqual([]);
    });
  }
});
