// How long a reader waits, in Chromium, on the built site served locally: medians of five. `npm run measure`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { serve, serveOptions } from './serve.mjs';
import { ensureBrowser } from './setup/browser.mjs';

const ROUNDS = 5;
const LESSON = 'lessons/03-the-identity-by-way-of-x-times-1/';
const EXAMPLE = 'dxdx-run[data-key$="/identity.py"]';

const { server, address } = await serve({ ...serveOptions(), port: 0 });
const executablePath = await ensureBrowser();
const figures = new Map<string, number[]>();

function note(name: string, value: number): void {
  figures.set(name, [...(figures.get(name) ?? []), value]);
}

function browse(profile: string): Promise<BrowserContext> {
  const args = ['--disable-gpu', '--disable-background-networking'];
  return chromium.launchPersistentContext(profile, { executablePath, chromiumSandbox: false, args });
}

/** What went over the wire for scripts and styles so far, as the browser counts it. */
async function countTransfer(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const counted = new Set<string>();
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') counted.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (counted.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** Milliseconds after navigation at which the browser painted text, and its largest piece. */
function paints(page: Page): Promise<{ first: number; largest: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
        new PerformanceObserver((list) =>
          resolve({ first, largest: list.getEntries().at(-1)?.startTime ?? first }),
        ).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

/** Clicks Run; milliseconds until the result stood there, counted from the click and from the page's opening. */
function runAndWait(page: Page, block: string): Promise<{ sinceClick: number; sinceOpening: number }> {
  return page.evaluate((selector) => {
    const element = document.querySelector(selector);
    const button = element?.querySelector<HTMLButtonElement>('.run-button');
    if (!element || !button) throw new Error(`no ${selector}`);
    const began = performance.now();
    return new Promise((resolve) => {
      let started = false;
      const observer = new MutationObserver(() => {
        const ready = button.textContent?.trim() === 'Run';
        if (started && ready) {
          observer.disconnect();
          resolve({ sinceClick: performance.now() - began, sinceOpening: performance.now() });
        }
        started ||= !ready;
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
      button.click();
    });
  }, block);
}

async function visit(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address + LESSON, { waitUntil: 'domcontentloaded' });
  return page;
}

async function readOnly(profile: string): Promise<void> {
  const context = await browse(profile);
  const page = await context.newPage();
  const transferred = await countTransfer(page);
  await page.goto(address + LESSON, { waitUntil: 'networkidle' });
  const { first, largest } = await paints(page);
  note('first visit: first text (ms)', first);
  note('first visit: largest piece of text (ms)', largest);
  note('first visit: JavaScript and CSS before a touch (bytes)', transferred());
  await context.close();
}

/** Stops an endless loop; milliseconds from Stop to the result of the next run. */
async function stopAndRun(page: Page): Promise<number> {
  const code = await page.evaluate((block) => {
    const element = document.querySelector<HTMLElement & RunsCode>(block);
    const before = element?.getCode() ?? '';
    element?.setCode('while True: pass');
    return before;
  }, EXAMPLE);
  const example = page.locator(EXAMPLE);
  await example.getByRole('button', { name: 'Run', exact: true }).click();
  await example.getByText('Running…').waitFor();
  return page.evaluate(
    async ([block, program]) => {
      const element = document.querySelector<HTMLElement & RunsCode>(block);
      const button = element?.querySelector<HTMLButtonElement>('.run-button');
      if (!element || !button) throw new Error(`no ${block}`);
      const until = (text: string): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => {
            if (button.textContent?.trim() === text) resolve();
            else requestAnimationFrame(look);
          };
          look();
        });
      const began = performance.now();
      button.click();
      await until('Run');
      element.setCode(program);
      button.click();
      await until('Stop');
      await until('Run');
      return performance.now() - began;
    },
    [EXAMPLE, code],
  );
}

/** What the element around a program offers. */
interface RunsCode {
  getCode(): string;
  setCode(code: string): void;
}

async function runVisit(profile: string, name: string): Promise<void> {
  const context = await browse(profile);
  const page = await visit(context);
  note(`${name}: page open to first result (ms)`, (await runAndWait(page, EXAMPLE)).sinceOpening);
  // What a first visit keeps for the second is put away once the page rests.
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(2000);
  for (let again = 0; again < 3; again++) {
    note(`${name}: run again, warm (ms)`, (await runAndWait(page, EXAMPLE)).sinceClick);
    await page.waitForTimeout(500);
  }
  note(`${name}: Stop to the next result (ms)`, await stopAndRun(page));
  // The endless loop must not be what the next visit finds kept.
  await page.waitForTimeout(700);
  await context.close();
}

async function fresh(measure: (profile: string) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'dxdx-measure-'));
  try {
    await measure(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

for (let round = 0; round < ROUNDS; round++) {
  await fresh(readOnly);
  await fresh(async (profile) => {
    await runVisit(profile, 'first visit');
    await runVisit(profile, 'second visit');
  });
}
server.close();

for (const [name, values] of figures) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0));
  console.log(
    `${name.padEnd(58)} ${median(values).toFixed(0).padStart(6)}   (${low} to ${high}, ${values.length} times)`,
  );
}
