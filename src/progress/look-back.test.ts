import { describe, expect, test } from 'vitest';
import { nextLookBack, optionsFor } from './look-back.ts';
import type { ExerciseRecord } from './record.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 100 * DAY;

const record = (mistakes: Record<string, number>, reviewed?: number): ExerciseRecord => ({
  state: 'solved',
  answer: '',
  when: NOW,
  version: '',
  mistakes: Object.entries(mistakes).map(([name, when]) => ({ name, when })),
  reviewed,
});

describe('a mistake comes back', () => {
  test('when it is some days old, the oldest first', () => {
    const progress = {
      a: record({ 'fresh.py': NOW - DAY, 'old.py': NOW - 5 * DAY }),
      b: record({ 'oldest.py': NOW - 9 * DAY }),
    };
    expect(nextLookBack(progress, NOW)).toMatchObject({ key: 'b', mistake: 'oldest.py' });
    expect(nextLookBack({ a: progress.a }, NOW)).toMatchObject({ key: 'a', mistake: 'old.py' });
  });

  test('not on the day after, and not when it has just been answered', () => {
    expect(nextLookBack({ a: record({ 'fresh.py': NOW - DAY }) }, NOW)).toBeNull();
    expect(nextLookBack({ a: record({ 'old.py': NOW - 9 * DAY }, NOW - DAY) }, NOW)).toBeNull();
    expect(nextLookBack({}, NOW)).toBeNull();
  });
});

test('the right sentence is among the choices, and each is there once', () => {
  const names = ['a.py', 'b.py', 'c.py', 'd.py', 'e.py'];
  const mistakes = Object.fromEntries(names.map((name) => [name, { message: name, program: '' }]));
  for (const name of names) {
    const options = optionsFor({ check: '', solution: '', mistakes }, name);
    expect(options).toContain(name);
    expect(new Set(options).size).toBe(4);
  }
});
