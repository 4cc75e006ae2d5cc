import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

test('the home page leads to a lesson and the lesson to the next', async ({ page, reader }) => {
  await reader.open('');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page
    .getByRole('main')
    .getByRole('link', { name: /identity, by way of/i })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('identity');
  await page
    .getByRole('link', { name: /A function of the same tensor/ })
    .last()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('function of the same tensor');
});

test('the first Tab offers to skip to the content', async ({ page, reader }) => {
  await reader.open('lessons/05-the-jacobian-row-by-row/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip to/i })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#/);
});

test('the chosen theme is there on the next page and after a reload', async ({ page, reader }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await reader.open('');
  // The page is dark when its ink is light.
  const shade = () =>
    page.evaluate(() => {
      const ink = getComputedStyle(document.body).color.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
      return ink.reduce((sum, channel) => sum + channel, 0) > 384 ? 'dark' : 'light';
    });
  expect(await shade()).toBe('light');
  await page.getByRole('button', { name: /theme|dark/i }).click();
  await expect.poll(shade).toBe('dark');
  await page.reload();
  expect(await shade()).toBe('dark');
  await page
    .getByRole('main')
    .getByRole('link', { name: /identity, by way of/i })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('identity');
  expect(await shade()).toBe('dark');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const { lesson, file } of EXAMPLES)
    test(`lesson ${lesson} is whole`, async ({ page, reader }) => {
      const example = await reader.openExample({ lesson, file });
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(example.block).toContainText('import torch');
      await expect(example.printed).toContainText('tensor(');
      // Nothing is offered that cannot work.
      await expect(example.run).toBeHidden();
      const solution = page.getByText('Show the solution').or(page.getByText('Solution')).first();
      await solution.click();
      await expect(page.locator('details[open]').filter({ hasText: 'import torch' }).last()).toBeVisible();
    });
});

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  for (const { lesson, file } of EXAMPLES)
    test(`lesson ${lesson} is as wide as the screen`, async ({ reader }) => {
      const example = await reader.openExample({ lesson, file });
      expect(await reader.sidewaysOverflow()).toBe(0);
      await example.run.click();
      await expect(example.status).not.toBeEmpty();
      expect(await reader.sidewaysOverflow()).toBe(0);
    });

  for (const page of ['', 'about/', 'conformance/', 'progress/'])
    test(`so is the page /${page}`, async ({ reader }) => {
      await reader.open(page);
      expect(await reader.sidewaysOverflow()).toBe(0);
    });
});
