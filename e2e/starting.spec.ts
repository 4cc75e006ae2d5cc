import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

/** Until Python's memory has been put away for the next visit. */
function untilKept(page: Page): Promise<void> {
  return expect
    .poll(() => page.evaluate(async () => (await (await caches.open('dxdx-python')).keys()).length), {
      timeout: 30_000,
    })
    .toBe(1);
}

/** Puts something else in the place of Python's memory. */
function spoil(page: Page, bytes: number): Promise<void> {
  return page.evaluate(async (length) => {
    const cache = await caches.open('dxdx-python');
    const [request] = await cache.keys();
    const memory = new Uint8Array(await ((await cache.match(request)) as Response).arrayBuffer());
    await cache.put(request, new Response(length === 0 ? memory.fill(7, 1000) : memory.slice(0, length)));
  }, bytes);
}

const NUMBERS =
  'import os, random, torch, uuid\nprint(random.random(), torch.rand(1).item(), os.urandom(4).hex(), uuid.uuid4())';

test.describe('a memory that is of no use', () => {
  for (const { name, bytes } of [
    { name: 'cut off', bytes: 1_000_000 },
    { name: 'empty', bytes: 1 },
    { name: 'damaged', bytes: 0 },
  ])
    test(`is not missed: ${name}`, async ({ page, reader }) => {
      const example = await reader.openExample(EXAMPLES[0]);
      await example.runPasted('print("first")');
      await example.expectPrinted('first\n');
      await untilKept(page);
      await spoil(page, bytes);
      await page.reload();
      await example.runPasted('import torch\nprint(torch.ones(2))');
      await example.expectPrinted('tensor([1., 1.])\n');
      await expect(example.status).toHaveText(/^Ran in/);
    });
});

test('a second visit starts from the memory of the first, and draws other numbers', async ({
  page,
  reader,
}) => {
  const example = await reader.openExample(EXAMPLES[0]);
  await example.runPasted(NUMBERS);
  await expect(example.status).toHaveText(/^Ran in/);
  const draws = [await example.printed.textContent()];
  await untilKept(page);
  for (const visit of ['second', 'third']) {
    await page.reload();
    await example.run.click();
    await expect(example.status, visit).toHaveText(/^Ran in/);
    draws.push(await example.printed.textContent());
  }
  await example.run.click();
  await expect(example.status).toHaveText(/^Ran in/);
  draws.push(await example.printed.textContent());
  const numbers = draws.flatMap((text) => text?.trim().split(' '));
  expect(numbers).toHaveLength(4 * 4);
  expect(new Set(numbers).size).toBe(4 * 4);
});

test('what is imported late is there: at first, in the next run, and on the next visit', async ({
  page,
  reader,
}) => {
  const printed = readFileSync('e2e/programs/late.out', 'utf8');
  const example = await reader.openExample(EXAMPLES[0]);
  await example.runPasted(readFileSync('e2e/programs/late.py', 'utf8'));
  await example.expectPrinted(printed);
  await example.run.click();
  await expect(example.status).toHaveText(/^Ran in/);
  await example.expectPrinted(printed);
  await untilKept(page);
  await page.reload();
  await example.run.click();
  await example.expectPrinted(printed);
});

test('Python can be called off while it is on its way, and fetched again', async ({ page, reader }) => {
  const held: (() => void)[] = [];
  let letThrough = false;
  await page.route('**/*.part', async (route) => {
    if (!letThrough) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  const gone = page.waitForEvent('requestfailed', (request) => request.url().endsWith('.part'));
  const example = await reader.openExample(EXAMPLES[0]);
  await example.run.click();
  await expect(example.stop).toBeVisible();
  await expect(example.status).toHaveText(/Python/);
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await example.stop.click();
  await expect(example.status).toHaveText(/Stopped/);
  letThrough = true;
  for (const go of held) go();
  await gone;
  await example.runPasted('print("after all")');
  await example.expectPrinted('after all\n');
});

test('a page stays smooth while a program prints without end', async ({ page, reader }) => {
  const example = await reader.openExample(EXAMPLES[0]);
  await example.runPasted('while True: print("again and again and again and again " * 20)');
  await expect(example.status).toHaveText(/left out/);
  // The page draws on; one that is busy with the flood alone would not.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });
  await example.stop.click();
  await expect(example.status).toHaveText(/Stopped/);
  const length = (await example.printed.textContent())?.length ?? 0;
  expect(length).toBeGreaterThan(60_000);
  expect(length).toBeLessThan(100_000);
});

test('where something is missing the page says so and still reads', async ({ page, reader }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'DecompressionStream'));
  const example = await reader.openExample(EXAMPLES[0]);
  await example.run.click();
  await expect(example.status).toHaveText(/no DecompressionStream/);
  await expect(example.block.locator('.run-code')).toContainText('import torch');
});
