import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

// Programs that reach for what is not theirs, or for more than there is. Each is a file of `hostile/`, with what it
// tries in its first line, and how it ends in its second. A program that succeeds says REACHED.

const FOLDER = 'e2e/hostile';

interface Hostile {
  name: string;
  code: string;
  ends: RegExp;
  /** Whether it may have to be stopped. */
  endless: boolean;
}

function programs(): Hostile[] {
  return readdirSync(FOLDER).map((file) => {
    const code = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const ends = /^# ends: (.+)$/m.exec(code)?.[1] ?? '';
    return { name: file.replace('.py', ''), code, ends: new RegExp(ends), endless: ends.includes('Stopped') };
  });
}

/** What the element around a program offers. */
interface RunsCode extends HTMLElement {
  setCode(code: string): void;
}

interface Seen {
  status: string;
  printed: string;
  error: string;
}

/** Runs a program, stops it when it hasn't ended after so many milliseconds, and tells what is written under it. */
function run(page: Page, code: string, stopAfter = Number.POSITIVE_INFINITY): Promise<Seen> {
  return page.evaluate(
    async ({ file, code, stopAfter }) => {
      const block = document.querySelector<RunsCode>(`dxdx-run[data-key$="/${file}"]`);
      const button = block?.querySelector<HTMLButtonElement>('.run-button');
      const text = (part: string) => block?.querySelector(part)?.textContent ?? '';
      if (!block || !button) throw new Error(`no ${file}`);
      block.setCode(code);
      button.click();
      let stopAt = Number.POSITIVE_INFINITY;
      while (button.textContent === 'Stop') {
        if (text('.run-status').startsWith('Running'))
          stopAt = Math.min(stopAt, performance.now() + stopAfter);
        if (performance.now() > stopAt) button.click();
        await new Promise(requestAnimationFrame);
      }
      return { status: text('.run-status'), printed: text('.output-text'), error: text('.traceback') };
    },
    { file: EXAMPLES[0].file, code, stopAfter },
  );
}

/** All that the site keeps in this browser, and what the page shows besides programs. */
function whatIsKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const open = indexedDB.open('reader');
    const notes = await new Promise((resolve, reject) => {
      open.onerror = () => reject(open.error);
      open.onupgradeneeded = () => open.result.createObjectStore('notes').put('mine', 'note');
      open.onsuccess = () => {
        const read = open.result.transaction('notes').objectStore('notes').get('note');
        read.onsuccess = () => resolve(read.result);
      };
    });
    const kept = Object.entries(localStorage).filter(([key]) => !key.includes(':draft:'));
    const caches_ = (await caches.keys()).length > 0;
    const heading = document.querySelector('h1')?.textContent;
    return JSON.stringify([kept, notes, document.cookie, caches_, document.title, heading, history.length]);
  });
}

const groups = Map.groupBy(programs(), ({ name }) => name.split('-')[0]);

for (const [group, members] of groups)
  test(`programs of the kind "${group}" harm nothing: ${members.length}`, async ({ page, reader }) => {
    test.setTimeout(180_000);
    await page.addInitScript(() => {
      addEventListener('message', ({ data, source }) => {
        if (source !== window) Object.assign(window, { heard: data });
      });
      new BroadcastChannel('dxdx').onmessage = ({ data }) => Object.assign(window, { heard: data });
    });
    const example = await reader.openExample(EXAMPLES[0]);
    await page.evaluate(() => {
      localStorage.setItem('dxdx:1:exercise:mine', 'solved');
      // biome-ignore lint/suspicious/noDocumentCookie: what a program would look for
      document.cookie = 'reader=me';
      return caches.open('mine');
    });
    await example.live();
    expect((await run(page, 'print("ready")')).printed).toBe('ready\n');
    const before = await whatIsKept(page);
    const requests: string[] = [];
    page.context().on('request', (request) => {
      // What the service worker puts away was loaded before.
      if (!request.serviceWorker()) requests.push(request.url());
    });

    for (const { name, code, ends, endless } of members)
      await test.step(name, async () => {
        const { status, printed, error } = await run(page, code, endless ? 400 : undefined);
        expect.soft(`${status}\n${error.slice(-2000)}`, `how ${name} ended`).toMatch(ends);
        expect.soft(printed, `what ${name} reached`).not.toContain('REACHED');
        const next = await run(page, 'import torch\nprint(len([1, 2]), torch.ones(2).sum() + 1)');
        expect.soft(next.printed, `the run after ${name}`).toBe('2 tensor(3.)\n');
        const how = error.trim().split('\n').at(-1)?.slice(0, 200).toWellFormed();
        test.info().annotations.push({ type: name, description: [status, how].filter(Boolean).join(': ') });
      });

    expect(await whatIsKept(page)).toBe(before);
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
    expect(await page.evaluate(() => 'heard' in window)).toBe(false);
  });
