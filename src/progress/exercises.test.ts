import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExerciseRecord } from './record.ts';

const showStorageNotice = vi.hoisted(() => vi.fn());
vi.mock('./notice.ts', () => ({ showStorageNotice }));

/** Opens a tab and gives its own copy of the module, as a page load does. */
async function openTab() {
  vi.resetModules();
  const tab = await import('./exercises.ts');
  await tab.loaded;
  return tab;
}

const record = (changes: Partial<ExerciseRecord> = {}): ExerciseRecord => ({
  state: 'tried',
  answer: 'x = 1',
  when: 1000,
  version: 'v1',
  mistakes: [],
  ...changes,
});

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  showStorageNotice.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

test('an exercise goes from new over tried to solved, and stays there with the answer that solved it', async () => {
  const tab = await openTab();
  const heard: string[] = [];
  tab.onExerciseChange((key) => heard.push(key));
  expect(tab.exerciseState('05/write')).toBe('new');
  tab.markExercise('05/write', record());
  expect(tab.exerciseState('05/write')).toBe('tried');
  tab.markExercise('05/write', record({ state: 'solved', answer: 'right', when: 2000 }));
  tab.markExercise('05/write', record({ answer: 'wrong again', when: 3000 }));
  expect(tab.exerciseRecord('05/write')).toMatchObject({ state: 'solved', answer: 'right', when: 2000 });
  expect(heard).toEqual(['05/write', '05/write', '05/write']);
});

test('what was solved is there after a reload', async () => {
  const before = await openTab();
  await before.addProgress({ '05/write': record({ state: 'solved' }) });
  const after = await openTab();
  expect(after.exerciseState('05/write')).toBe('solved');
});

test('two tabs lose nothing of each other', async () => {
  const one = await openTab();
  const two = await openTab();
  await one.addProgress({
    a: record({ state: 'solved', answer: 'from one', mistakes: [{ name: 'm', when: 5 }] }),
  });
  await two.addProgress({
    a: record({ answer: 'from two', when: 9000, mistakes: [{ name: 'n', when: 6 }] }),
  });
  const later = await openTab();
  expect(later.exerciseRecord('a')).toMatchObject({ state: 'solved', answer: 'from one' });
  expect(later.exerciseRecord('a')?.mistakes.map(({ name }) => name)).toEqual(['m', 'n']);
});

test('without storage progress lasts as long as the tab, and the reader is told', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('blocked', 'SecurityError');
    },
  });
  const tab = await openTab();
  await tab.addProgress({ a: record({ state: 'solved' }) });
  expect(tab.exerciseState('a')).toBe('solved');
  await vi.waitFor(() => expect(showStorageNotice).toHaveBeenCalledTimes(1));
});

test('what an earlier release noted still counts', async () => {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => (key === 'dxdx:1:exercise:a' ? '"solved"' : null),
  });
  const tab = await openTab();
  expect(tab.exerciseState('a')).toBe('solved');
});
