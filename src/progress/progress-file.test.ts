import { describe, expect, test } from 'vitest';
import { ForeignFile, readProgressFile, writeProgressFile } from './progress-file.ts';
import { type ExerciseRecord, mergeRecords, type Progress } from './record.ts';

const record = (changes: Partial<ExerciseRecord> = {}): ExerciseRecord => ({
  state: 'solved',
  answer: 'def f(x):\n    return "é ∂ 🙂"\n',
  when: 1_795_000_000_000,
  version: 'abc',
  mistakes: [{ name: 'no-clone.py', when: 1_794_000_000_000 }],
  ...changes,
});

const NOW = new Date('2026-11-24T12:00:00Z');

test('what is written is what is read', () => {
  const progress: Progress = { 'a/b': record(), 'a/c': record({ state: 'tried', reviewed: 5 }) };
  expect(readProgressFile(writeProgressFile(progress, NOW))).toEqual(progress);
});

test('a mark before the text, which some programs put there, does no harm', () => {
  const progress: Progress = { 'a/b': record() };
  expect(readProgressFile(`\ufeff${writeProgressFile(progress, NOW)}`)).toEqual(progress);
});

describe('a file that is not ours is refused with a sentence', () => {
  const good = JSON.parse(writeProgressFile({ 'a/b': record() }, NOW));
  for (const [what, text, sentence] of [
    ['no JSON', 'import torch', 'not even JSON'],
    ['another program’s', '{"format": "something"}', 'not written by dxdx'],
    ['no object', 'null', 'not written by dxdx'],
    ['a later version’s', JSON.stringify({ ...good, version: 2 }), 'newer version'],
    ['without exercises', JSON.stringify({ ...good, exercises: [] }), 'no exercises'],
    ['without a byte in it', '', 'not even JSON'],
    ['of a day that is none', writeProgressFile({ 'a/b': record({ when: 1e300 }) }, NOW), '“a/b”'],
    ['with a damaged record', JSON.stringify({ ...good, exercises: { 'a/b': { state: 'won' } } }), '“a/b”'],
  ]) {
    test(what, () => {
      expect(() => readProgressFile(text)).toThrow(ForeignFile);
      expect(() => readProgressFile(text)).toThrow(sentence);
    });
  }
});

describe('merging two records', () => {
  test('keeps the answer that solved it, whichever came later', () => {
    const solved = record({ when: 1 });
    const tried = record({ state: 'tried', answer: 'later', when: 2 });
    expect(mergeRecords(solved, tried)).toMatchObject({ state: 'solved', answer: solved.answer });
    expect(mergeRecords(tried, solved)).toMatchObject({ state: 'solved', answer: solved.answer });
  });

  test('keeps the later of two answers that came as far', () => {
    const later = record({ answer: 'later', when: 2 });
    expect(mergeRecords(later, record({ when: 1 })).answer).toBe('later');
    expect(mergeRecords(record({ when: 1 }), later).answer).toBe('later');
  });

  test('is the same whichever comes first, and merging again changes nothing', () => {
    const a = record({ mistakes: [{ name: 'm', when: 3 }], reviewed: 4 });
    const b = record({
      state: 'tried',
      when: 7,
      mistakes: [
        { name: 'm', when: 5 },
        { name: 'n', when: 1 },
      ],
    });
    const both = mergeRecords(a, b);
    expect(mergeRecords(b, a)).toEqual(both);
    expect(mergeRecords(both, b)).toEqual(both);
    expect(both.mistakes).toEqual([
      { name: 'n', when: 1 },
      { name: 'm', when: 5 },
    ]);
  });
});
