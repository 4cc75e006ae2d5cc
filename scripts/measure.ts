// How long a reader waits, in Chromium, on the built site: medians of some rounds. `ROUNDS=5 npm run measure`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { serve, serveOptions } from './serve.mjs';
import { ensureBrowser } from './setup/browser.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LESSON = 'lessons/03-the-identity-by-way-of-x-times-1/';
const EXAMPLE = 'dxdx-run[data-key$="/identity.py"]';
const NEXT = 'lessons/04-a-function-of-the-same-tensor/';
const NEXT_EXAMPLE = 'dxdx-run[data-key$="/square.py"]';
/** In which the page gets ready for the next run, while a reader would read. */
const PAUSE = 1500;
const PATIENCE = 60_000;

interface Line {
  name: string;
  /** Megabits a second, and milliseconds to the server; a line without is as fast as this machine. */
  mbps?: number;
  latency: number;
}
const LINES: Line[] = [
  { name: 'served locally', latency: 0 },
  { name: 'at 10 Mbit/s, 40 ms away', mbps: 10, latency: 40 },
];

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

interface Waited {
  sinceClick: number;
  sinceOpening: number;
}

/** Has the page offer `run`, which clicks Run, or first Stop, and waits until the result stands there. */
function addTools(): void {
  const run = (selector: string, stopFirst: boolean, code?: string): Promise<Waited> => {
    const element = document.querySelector<HTMLElement & { setCode(code: string): void }>(selector);
    const button = element?.querySelector<HTMLButtonElement>('.run-button');
    if (!element || !button) throw new Error(`no ${selector}`);
    const began = performance.now();
    return new Promise((resolve) => {
      let toStop = stopFirst;
      let started = false;
      const observer = new MutationObserver(() => {
        const ready = button.textContent === 'Run';
        if (ready && toStop) {
          toStop = false;
          if (code !== undefined) element.setCode(code);
          // The element takes note that the program has ended, then it can be run again.
          setTimeout(() => button.click());
        } else if (started && ready) {
          observer.disconnect();
          const now = performance.now();
          resolve({ sinceClick: now - began, sinceOpening: now });
        }
        started ||= !ready && !toStop;
      });
      observer.observe(button, { subtree: true, childList: true, characterData: true });
      button.click();
    });
  };
  Object.assign(window, { dxdxRun: run });
}

/** Runs the program of a block; how long its reader waited. */
async function runAndWait(page: Page, block: string, stopFirst = false, code?: string): Promise<Waited> {
  await page.waitForFunction((selector) => document.querySelector(selector), block, { timeout: PATIENCE });
  return page.evaluate(
    ([selector, stop, program]) =>
      (window as unknown as { dxdxRun(...all: unknown[]): Promise<Waited> }).dxdxRun(selector, stop, program),
    [block, stopFirst, code] as const,
  );
}

async function visit(context: BrowserContext, line: Line): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(addTools);
  if (line.mbps) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const throughput = (line.mbps * 1e6) / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  await page.goto(address + LESSON, { waitUntil: 'domcontentloaded' });
  return page;
}

/** What Chromium has just put in its cache is lost if it ends right afterwards; a reader stays longer. */
const LEAVE_AFTER = 3000;
/** A browser that has just been opened has work of its own; its reader finds the page first. */
const SETTLED_AFTER = 2000;

/** Until Python's memory has been put away, on which the next visit depends. */
async function whenKept(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => (await (await caches.open('dxdx-python')).keys()).length > 0,
    undefined,
    { timeout: PATIENCE, polling: 200 },
  );
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
  const example = page.locator(EXAMPLE);
  const code = await example.evaluate((element: RunsCode) => {
    const before = element.getCode();
    element.setCode('while True: pass');
    return before;
  });
  await example.getByRole('button', { name: 'Run', exact: true }).click();
  await example.getByText('Running…').waitFor({ timeout: PATIENCE });
  await page.waitForTimeout(PAUSE);
  return (await runAndWait(page, EXAMPLE, true, code)).sinceClick;
}

/** What the element around a program offers. */
interface RunsCode extends HTMLElement {
  getCode(): string;
  setCode(code: string): void;
}

async function firstVisit(profile: string, line: Line): Promise<void> {
  const context = await browse(profile);
  const page = await visit(context, line);
  note(
    `${line.name}: first visit: page open to first result (ms)`,
    (await runAndWait(page, EXAMPLE)).sinceOpening,
  );
  await whenKept(page);
  await page.waitForTimeout(LEAVE_AFTER);
  await context.close();
}

async function secondVisit(profile: string, line: Line): Promise<void> {
  const context = await browse(profile);
  await sleep(SETTLED_AFTER);
  const page = await visit(context, line);
  note(
    `${line.name}: second visit: page open to first result (ms)`,
    (await runAndWait(page, EXAMPLE)).sinceOpening,
  );
  if (!line.mbps) await staying(page);
  await context.close();
}

/** What a reader waits for who stays: these need no network. */
async function staying(page: Page): Promise<void> {
  for (let again = 0; again < 3; again++) {
    await page.waitForTimeout(PAUSE);
    note('run again, warm (ms)', (await runAndWait(page, EXAMPLE)).sinceClick);
  }
  await page.waitForTimeout(PAUSE);
  note('Stop to the next result (ms)', await stopAndRun(page));
  await page.waitForTimeout(PAUSE);
  const began = Date.now();
  for (let again = 0; again < 5; again++) await runAndWait(page, EXAMPLE);
  note('each of five runs in a row (ms)', (Date.now() - began) / 5);
  await page.waitForTimeout(PAUSE);
  await page.locator(`a[href$="${NEXT}"]`).last().click();
  note(
    'page reached from another: click on Run to result (ms)',
    (await runAndWait(page, NEXT_EXAMPLE)).sinceClick,
  );
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
  for (const line of LINES)
    await fresh(async (profile) => {
      await firstVisit(profile, line);
      await secondVisit(profile, line);
    });
}
server.close();
server.closeAllConnections();

for (const [name, values] of figures) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0));
  console.log(
    `${name.padEnd(58)} ${median(values).toFixed(0).padStart(6)}   (${low} to ${high}, ${values.length} times)`,
  );
}
