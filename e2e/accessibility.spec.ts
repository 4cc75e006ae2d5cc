import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { base, pages } from '../scripts/pages/built-site.ts';
import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const { address } of pages())
      test(`axe finds nothing on ${address}`, async ({ page, reader }) => {
        await reader.open(address.slice(base.length));
        expect(await violations(page)).toEqual([]);
      });

    test('axe finds nothing where an editor is live and a program has failed', async ({ page, reader }) => {
      const example = await reader.openExample(EXAMPLES[2]);
      await example.runPasted('import torch\ntorch.ones(2).backward()');
      await expect(example.output).toContainText('Traceback');
      expect(await violations(page)).toEqual([]);
    });
  });
