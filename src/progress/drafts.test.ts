import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Disk, Tab } from './fake-browser.ts';

const showStorageNotice = vi.hoisted(() => vi.fn());
vi.mock('./notice.ts', () => ({ showStorageNotice }));

let disk: Disk;

/** Opens a tab and gives its own copy of the modules, as a page load does. */
async function openTab() {
  vi.resetModules();
  const tab = new Tab(disk);
  const enter = () => {
    vi.stubGlobal('window', tab);
    vi.stubGlobal('document', tab);
    vi.stubGlobal('localStorage', tab.localStorage);
  };
  enter();
  const drafts = await import('./drafts.ts');
  return { tab, enter, ...drafts };
}

beforeEach(() => {
  disk = new Disk();
  showStorageNotice.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

test('a draft is there after a reload', async () => {
  const before = await openTab();
  before.saveDraft('05/jacobian.py', 'x = 1');
  const after = await openTab();
  expect(after.draft('05/jacobian.py')).toBe('x = 1');
  expect(after.draft('05/other.py')).toBeUndefined();
});

test('a forgotten draft is gone', async () => {
  const tab = await openTab();
  tab.saveDraft('a', 'text');
  tab.forgetDraft('a');
  expect(tab.draft('a')).toBeUndefined();
});

test('something unreadable in the storage is no draft', async () => {
  disk.values.set('dxdx:1:draft:a', '{"text": 5}');
  disk.values.set('dxdx:1:draft:b', 'not json');
  const tab = await openTab();
  expect(tab.draft('a')).toBeUndefined();
  expect(tab.draft('b')).toBeUndefined();
});

test('what another tab saved is kept aside, not lost', async () => {
  const one = await openTab();
  one.saveDraft('a', 'from one');
  const two = await openTab();
  two.draft('a');
  two.saveDraft('a', 'from two');
  one.enter();
  one.saveDraft('a', 'one again');
  expect(one.draft('a')).toBe('one again');
  expect(one.textsAside('a')).toEqual(['from two']);
  one.saveDraft('a', 'one once more');
  expect(one.textsAside('a')).toEqual(['from two']);
});

test('saving again in the same tab keeps nothing aside', async () => {
  const tab = await openTab();
  tab.saveDraft('a', '1');
  tab.saveDraft('a', '2');
  expect(tab.textsAside('a')).toEqual([]);
});

test('what was replaced is there after a reload, and takes turns with what replaced it', async () => {
  const before = await openTab();
  before.replaceDraft('a', 'mine', 'the starter');
  before.saveDraft('a', 'mine, second try');
  before.replaceDraft('a', 'mine, second try', 'the starter');
  const after = await openTab();
  expect(after.draft('a')).toBe('the starter');
  expect(after.swapDraft('a', undefined)).toBe('mine, second try');
  expect(after.swapDraft('a', 'mine, second try')).toBe('mine');
  expect(after.swapDraft('a', 'mine')).toBe('mine, second try');
  expect(after.textsAside('a')).toEqual(['mine']);
});

test('a text is not kept aside of itself', async () => {
  const tab = await openTab();
  tab.replaceDraft('a', 'mine', 'the starter');
  tab.saveDraft('a', 'mine');
  expect(tab.textsAside('a')).toEqual([]);
  expect(tab.swapDraft('a', 'mine')).toBeUndefined();
});

test('a tab hears what another saves, until it stops listening', async () => {
  const tab = await openTab();
  const heard: (string | undefined)[] = [];
  const stop = tab.onDraftElsewhere('a', (text) => heard.push(text));
  const hear = (key: string, text: string) => {
    disk.values.set(key, JSON.stringify({ text, saved: 1 }));
    tab.tab.hearAbout(key);
  };
  hear('dxdx:1:draft:a', 'hello');
  hear('dxdx:1:draft:b', 'not mine');
  hear('somebody else', 'not ours');
  stop();
  hear('dxdx:1:draft:a', 'too late');
  expect(heard).toEqual(['hello']);
});

test.each(['full', 'blocked'] as const)(
  'with a %s storage drafts last as long as the tab, and the reader is told once',
  async (how) => {
    disk[how] = true;
    const tab = await openTab();
    tab.saveDraft('a', 'text');
    tab.saveDraft('b', 'more');
    expect(tab.draft('a')).toBe('text');
    await vi.waitFor(() => expect(showStorageNotice).toHaveBeenCalledTimes(1));
  },
);

test('a draft is stored after all once there is room again', async () => {
  disk.full = true;
  const tab = await openTab();
  tab.saveDraft('a', 'text');
  disk.full = false;
  tab.saveDraft('a', 'text!');
  const after = await openTab();
  expect(after.draft('a')).toBe('text!');
});
