import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { base, pages } from '../scripts/pages/built-site.ts';
import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

async function violations(page: Page, narrow = (axe: AxeBuilder) => axe): Promise<string[]> {
  const { violations: found } = await narrow(new AxeBuilder({ page })).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
  );
}

for (const { address } of pages()) {
  test(`axe finds nothing on ${address}`, async ({ page, reader }) => {
    await reader.open(address.slice(base.length));
    expect(await violations(page)).toEqual([]);
  });

  test.describe('in the dark', () => {
    test.use({ colorScheme: 'dark' });

    // The theme changes nothing else, and a whole examination of a long lesson takes its time.
    test(`every text of ${address} stands out from its ground`, async ({ page, reader }) => {
      await reader.open(address.slice(base.length));
      expect(await violations(page, (axe) => axe.withRules('color-contrast'))).toEqual([]);
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('axe finds nothing where an editor is live and a program has failed', async ({ page, reader }) => {
      const example = await reader.openExample(EXAMPLES[2]);
      await example.runPasted('import torch\ntorch.ones(2).backward()');
      await expect(example.output).toContainText('Traceback');
      const block = `dxdx-run[data-key$="/${EXAMPLES[2].file}"]`;
      expect(await violations(page, (axe) => axe.include(block))).toEqual([]);
    });
  });
