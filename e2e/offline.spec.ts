import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { base } from '../scripts/pages/built-site.ts';
import { serve } from '../scripts/serve.mjs';
import { EXAMPLES, Reader } from './support/reader.ts';
import { expect, test } from './support/test.ts';

const [{ lesson, file }] = EXAMPLES;
const printed = readFileSync(`content/lessons/${lesson}/${file.replace('.py', '.out')}`, 'utf8');

test.describe('without a network', () => {
  // The browser says that it asked in vain.
  test.use({ allowedComplaints: [/ERR_CONNECTION_REFUSED|Failed to load resource/] });

  test('a lesson that has run once opens and runs', async ({ browser }) => {
    const folder = fileURLToPath(new URL('../dist', import.meta.url));
    const { server, address } = await serve({ folder, base, port: 0 });
    const context = await browser.newContext({ baseURL: address });
    const page = await context.newPage();
    const reader = new Reader(page);
    const example = await reader.openExample(EXAMPLES[0]);
    await example.live();
    await example.run.click();
    await example.expectPrinted(printed);
    // All that it takes is put away in time: the page, the three parts of Python, and Python's memory.
    const kept = () =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        const addresses = requests.flat().map(({ url }) => url);
        const having = (piece: string) => addresses.filter((url) => url.includes(piece)).length;
        return { page: having(location.pathname), parts: having('.part'), memory: having('python-memory') };
      });
    await expect.poll(kept, { timeout: 30_000 }).toEqual({ page: 1, parts: 3, memory: 1 });
    server.closeAllConnections();
    server.close();

    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await example.run.click();
    await example.expectPrinted(printed);
    // What no program has imported yet is there as well.
    await example.runPasted(readFileSync('e2e/programs/late.py', 'utf8'));
    await example.expectPrinted(readFileSync('e2e/programs/late.out', 'utf8'));
    await context.close();
  });
});
