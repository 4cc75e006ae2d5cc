import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** Questions of each kind, as the course asks them. */
const PREDICT = { lesson: '02-a-raw-tensor-has-no-history', title: 'Counting the positive ones' };
const CHOOSE = { lesson: '02-a-raw-tensor-has-no-history', title: 'Find the leaves' };
const LOCATE = { lesson: '02-a-raw-tensor-has-no-history', title: 'Where does the gradient end up?' };
const ORDER = { lesson: '03-the-identity-by-way-of-x-times-1', title: 'Put it together' };

const questionIn = (page: Page, { title }: { title: string }): Locator =>
  page.getByRole('region', { name: title });

/** What is said of an answer, where a screen reader hears it. */
const verdictIn = (question: Locator): Locator => question.locator('.exercise-verdict');

/** Until the page's code has made a question answerable, its button waits. */
async function isAwake(question: Locator): Promise<void> {
  await question.scrollIntoViewIfNeeded();
  await question.page().keyboard.press('Shift');
  await expect(question.locator('xpath=ancestor::dxdx-question')).toHaveAttribute('data-live');
}

const check = (question: Locator): Promise<void> =>
  question.getByRole('button', { name: 'Check' }).press('Enter');

test('a wrong prediction is told why, a right one opens the output', async ({ page, reader }) => {
  test.setTimeout(120_000); // Python starts
  await reader.open(`lessons/${PREDICT.lesson}/`);
  const question = questionIn(page, PREDICT);
  await isAwake(question);
  const answer = question.getByRole('textbox', { name: 'What it prints, or the error it raises' });
  await answer.focus();
  await page.keyboard.type('[0, 0, 0]');
  await page.keyboard.press('Enter');
  await expect(verdictIn(question)).toContainText('Autograd has no slope for a comparison');
  await expect(question.getByText('Traceback')).toBeHidden();
  await answer.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('a runtime error');
  await page.keyboard.press('Enter');
  await expect(verdictIn(question)).toContainText('You saw it coming.');
  await expect(question.getByText('Traceback')).toBeVisible();
  await expect(question.getByText('✓ solved')).toBeVisible();
});

test('every chosen option is answered with a sentence', async ({ page, reader }) => {
  await reader.open(`lessons/${CHOOSE.lesson}/`);
  const question = questionIn(page, CHOOSE);
  await isAwake(question);
  const option = (name: string): Locator => question.getByRole('checkbox', { name, exact: true });
  await expect(question.getByRole('button', { name: 'Check' })).toBeDisabled();
  for (const name of ['a', 'd']) await option(name).press('Space');
  await check(question);
  await expect(verdictIn(question)).toContainText('One of these is not right.');
  await expect(verdictIn(question)).toContainText('it knows which');
  await expect(
    question.getByRole('listitem').getByText('It was written down. No recorded operation'),
  ).toBeVisible();
  await expect(question.getByText('A copy of a tracked tensor')).toBeHidden();

  await option('d').press('Space');
  await check(question);
  await expect(verdictIn(question)).toContainText('So far right, and not yet all.');
  for (const name of ['b', 'c', 'e']) await option(name).press('Space');
  await check(question);
  await expect(verdictIn(question)).toContainText('Right, and that is all of them.');
  await expect(question.getByText('False <MulBackward0')).toBeVisible();
});

test('a node is pointed at with the arrow keys', async ({ page, reader }) => {
  await reader.open(`lessons/${LOCATE.lesson}/`);
  const question = questionIn(page, LOCATE);
  await isAwake(question);
  const nodes = question.getByRole('group', { name: 'A node of the graph' });
  await nodes.getByRole('radio', { name: 'tensor loss' }).press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(nodes.getByRole('radio', { name: 'tensor y' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(verdictIn(question)).toContainText('Only leaves keep what arrives');
  await nodes.getByRole('radio', { name: 'tensor y' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(verdictIn(question)).toContainText('There it is.');
});

test('a node is pointed at with the mouse', async ({ page, reader }) => {
  await reader.open(`lessons/${LOCATE.lesson}/`);
  const question = questionIn(page, LOCATE);
  await isAwake(question);
  await question.getByText('node AccumulateGrad', { exact: true }).locator('xpath=..').click();
  await check(question);
  await expect(verdictIn(question)).toContainText('Nearly: this is the node that puts the gradient there.');
});

test('lines are put in order with the keyboard, and said aloud', async ({ page, reader }) => {
  test.setTimeout(120_000); // Python starts
  await reader.open(`lessons/${ORDER.lesson}/`);
  const question = questionIn(page, ORDER);
  await isAwake(question);
  const program = question.getByRole('list', { name: 'Your program' }).getByRole('listitem');
  const news = question.getByRole('status').filter({ hasText: /^(?:Line|Left out)/ });
  await question.getByRole('button', { name: 'Leave out: return y.grad' }).press('Enter');
  await expect(news).toHaveText('Left out: return y.grad');
  // Down to the end, one line at a time; the button keeps the focus.
  await question.getByRole('button', { name: 'Move down: return x.grad' }).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  await expect(news).toHaveText('Line 7 of 7: return x.grad');
  await expect(question.getByRole('button', { name: 'Move down: return x.grad' })).toBeFocused();

  await check(question);
  await expect(verdictIn(question)).toContainText('A line uses y, and no line before it has made it.');

  await question.getByRole('button', { name: 'Leave out: s.backward()' }).press('Space');
  await question.getByRole('button', { name: 'Move down: s = y.sum()' }).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
  await question.getByRole('button', { name: 'Put back: s.backward()' }).press('Enter');
  await question.getByRole('button', { name: 'Move up: s.backward()' }).press('Enter');
  await check(question);
  await expect(verdictIn(question)).toContainText('without “y = values * 1” it works as well: leave it out');
  await question.getByRole('button', { name: 'Leave out: y = values * 1' }).press('Enter');
  await check(question);
  await expect(verdictIn(question)).toContainText('Solved:');

  await page.reload();
  await isAwake(question);
  await expect(program).toHaveText([
    'x = values.clone()',
    'x.requires_grad_(True)',
    'y = x * 1',
    's = y.sum()',
    's.backward()',
    'return x.grad',
  ]);
  await expect(question.getByText('✓ solved')).toBeVisible();
});

test('an answer is kept with the others', async ({ page, reader }) => {
  await reader.open(`lessons/${LOCATE.lesson}/`);
  const question = questionIn(page, LOCATE);
  await isAwake(question);
  await question.getByRole('radio', { name: 'tensor x' }).press('Space');
  await check(question);
  await expect(verdictIn(question)).toContainText('There it is.');
  await page.reload();
  await isAwake(question);
  await expect(question.getByRole('radio', { name: 'tensor x' })).toBeChecked();
  await reader.open('progress/');
  await expect(page.getByRole('listitem').filter({ hasText: LOCATE.title })).toContainText('✓ solved');
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 800 } });

    test('axe finds nothing in questions that have been answered, and they fit a phone', async ({
      page,
      reader,
    }) => {
      test.setTimeout(120_000);
      await reader.open(`lessons/${LOCATE.lesson}/`);
      for (const [asked, name] of [
        [LOCATE, 'tensor y'],
        [CHOOSE, 'd'],
      ] as const) {
        const question = questionIn(page, asked);
        await isAwake(question);
        await question
          .getByRole(asked === LOCATE ? 'radio' : 'checkbox', { name, exact: true })
          .press('Space');
        await check(question);
        await expect(verdictIn(question)).not.toBeEmpty();
      }
      const { violations } = await new AxeBuilder({ page }).include('dxdx-question').analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`))).toEqual(
        [],
      );
      expect(await reader.sidewaysOverflow()).toBe(0);

      await reader.open(`lessons/${ORDER.lesson}/`);
      const question = questionIn(page, ORDER);
      await isAwake(question);
      await question.getByRole('button', { name: 'Leave out: return y.grad' }).press('Enter');
      const found = await new AxeBuilder({ page }).include('[data-kind="order"]').analyze();
      expect(found.violations.map(({ id }) => id)).toEqual([]);
      expect(await reader.sidewaysOverflow()).toBe(0);
    });
  });

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('question and answer are there to read', async ({ page, reader }) => {
    await reader.open(`lessons/${CHOOSE.lesson}/`);
    for (const [asked, answer] of [
      [PREDICT, 'A comparison answers with truth values'],
      [CHOOSE, 'Only two of the six have a recorded operation'],
      [LOCATE, 'Gradients flow through every node'],
    ] as const) {
      const question = questionIn(page, asked);
      await expect(question.getByText(answer)).toBeHidden();
      await question.getByText('Show the answer').click();
      await expect(question.getByText(answer)).toBeVisible();
      await expect(question.getByText('PyTorch 2.13 prints')).toBeVisible();
      await expect(question.getByRole('button', { name: 'Check' })).toBeHidden();
    }
  });
});
