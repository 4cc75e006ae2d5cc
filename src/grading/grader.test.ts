import { expect, test } from 'vitest';
import { CutShort, Grader, type Watch } from './grader.ts';
import { SOLUTION } from './judge.ts';
import type { Check, Try } from './records.ts';

const SENTENCES = ['Small numbers', 'Large numbers', 'No numbers'];
const checks: Check[] = SENTENCES.map((sentence) => ({ sentence, jacobian: false, mayChangeInputs: true }));
const saying = (text: string): Try => ({
  value: { kind: 'plain', type: 'str', text },
  calls: [],
  changes: [],
  printed: '',
  saidMeanwhile: '',
  warnings: [],
  patched: [],
});

/** Runs nothing: programs say right, and one check comes to no end. */
function watching(endless?: number): { watch: Watch; asked: (number | undefined)[] } {
  const asked: (number | undefined)[] = [];
  const watch: Watch = async ({ programs, only }) => {
    asked.push(only);
    const meetsTheEndless = endless !== undefined && (only === undefined || only === endless);
    if ('answer' in programs && meetsTheEndless) throw new CutShort('It took too long.');
    const record = checks.map((_, i) => (only === undefined || only === i ? [saying('right')] : []));
    return { checks, programs: Object.fromEntries(Object.keys(programs).map((name) => [name, record])) };
  };
  return { watch, asked };
}

const grader = (): Grader => new Grader({ check: '', solution: SOLUTION, mistakes: {} });

test('an answer is watched once, the solution once for all answers', async () => {
  const { watch, asked } = watching();
  const graded = grader();
  expect((await graded.grade('answer', watch)).solved).toBe(true);
  await graded.grade('answer', watch);
  expect(asked).toHaveLength(3);
});

test('an answer is never in one world with a program that we trust, where it could read what is expected', async () => {
  const worlds: string[][] = [];
  const { watch } = watching();
  const graded = new Grader({ check: '', solution: SOLUTION, mistakes: { 'wrong.py': '' } });
  await graded.grade('answer', (request) => {
    worlds.push(Object.keys(request.programs));
    return watch(request);
  });
  expect(worlds).toEqual([['answer'], [SOLUTION, 'wrong.py']]);
});

test('a check that comes to no end is named, those before it count, those after it are not tried', async () => {
  const { watch, asked } = watching(1);
  const { solved, checks: results, mistake } = await grader().grade('answer', watch);
  expect(solved).toBe(false);
  expect(mistake).toBeUndefined();
  expect(results.map(({ sentence, passed, why }) => [sentence, passed, why])).toEqual([
    ['Small numbers', true, undefined],
    ['Large numbers', false, 'It took too long.'],
    ['No numbers', false, 'Not tried, since the check before it came to no end.'],
  ]);
  expect(asked).toEqual([undefined, undefined, 0, 1]);
});
