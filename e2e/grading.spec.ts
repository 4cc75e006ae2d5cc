import type { Page } from '@playwright/test';
import { accepted, exercise, refused } from '../src/grading/hostile-answers.ts';
import { Exercise, exercises } from './support/exercise.ts';
import { expect, test } from './support/test.ts';

// Answers that would rather be believed than be right, and right ones that look odd, through the grader of the page.

// What the page fetches to grade by is another exercise's here, so no worker of the site may answer for it.
test.use({ serviceWorkers: 'block', allowedComplaints: [/registration blocked by Playwright/] });

const [first] = exercises();

/** What the element around a program offers. */
interface RunsCode extends HTMLElement {
  setCode(code: string): void;
}

test.beforeEach(async ({ page, reader }) => {
  const material = `**/lessons/${first.lesson}/exercises/${first.id}.json`;
  await page.route(material, (route) => route.fulfill({ json: exercise }));
  await reader.open(`lessons/${first.lesson}/`);
  await new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`)).answer.live();
});

/** The verdict on an answer, and the first line of why. */
function checked(page: Page, answer: string): Promise<string[]> {
  return page.evaluate(
    async ({ id, answer }) => {
      const block = document.querySelector(`dxdx-exercise[data-exercise="${id}"]`);
      const program = block?.querySelector<RunsCode>('dxdx-run');
      const button = block?.querySelector<HTMLButtonElement>('.check-button');
      if (!program || !button) throw new Error(`no ${id}`);
      program.setCode(answer);
      button.click();
      while (button.textContent === 'Stop') await new Promise(requestAnimationFrame);
      return ['.verdict', '.check-why p:not(.check-call)'].map(
        (part) => block?.querySelector(part)?.textContent?.slice(0, 200) ?? '',
      );
    },
    { id: first.id, answer },
  );
}

test(`no answer is believed that is not right, and no right one refused: ${Object.keys(refused).length} and ${Object.keys(accepted).length}`, async ({
  page,
}) => {
  test.setTimeout(180_000);
  const title = await page.title();
  for (const [name, answer] of Object.entries(refused)) {
    const [verdict, why] = await checked(page, answer);
    expect.soft(verdict, name).toMatch(/^Not yet/);
    expect.soft(why, `why ${name} fails`).not.toBe('');
    test.info().annotations.push({ type: name, description: why });
  }
  for (const [name, answer] of Object.entries(accepted)) {
    const [verdict] = await checked(page, answer);
    expect.soft(verdict, name).toMatch(/^Solved/);
  }
  expect(await page.title()).toBe(title);
  expect(await page.evaluate(() => ['solved' in {}, 'solved' in (() => {})])).toEqual([false, false]);
});

test('a check that comes to no end is named while it runs and afterwards, and those before it count', async ({
  page,
}) => {
  await page.clock.install();
  const { block } = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  const program = block.locator('dxdx-run');
  await program.evaluate((run: RunsCode) =>
    run.setCode('def double(x):\n    while len(x) > 2: pass\n    return x * 2'),
  );
  await block.getByRole('button', { name: 'Check', exact: true }).click();
  const hurry = async (until: () => Promise<void>): Promise<void> =>
    expect(async () => {
      await page.clock.fastForward(1000);
      await until();
    }).toPass();
  await hurry(() =>
    expect(program.locator('.run-status')).toHaveText('Checking: It doubles numbers it has not seen…', {
      timeout: 1000,
    }),
  );
  await hurry(() => expect(block.locator('.verdict')).toBeVisible({ timeout: 1000 }));
  await expect(block.locator('.check')).toHaveText([
    /Passes: It doubles two numbers/,
    /Fails: It doubles numbers it has not seen/,
    /left as it was/,
  ]);
  await expect(block.locator('.check-why').first()).toContainText(
    'The check came to no end. It was ended after',
  );
});
