import { Exercise, exercises } from './support/exercise.ts';
import { expect, test } from './support/test.ts';

// Nothing that a reader wrote is lost: answer, starter and solution are three views of an exercise.

const [first] = exercises();
const MINE = 'def slopes(numbers):\n    return "mine"';

test('a reset can be undone, also after a reload, and what was written in between is not lost', async ({
  page,
  reader,
}) => {
  await reader.open(`lessons/${first.lesson}/`);
  const { answer, block } = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  const [reset, undo, earlier] = ['Reset', 'Undo reset', 'Earlier text'].map((name) =>
    block.getByRole('button', { name, exact: true }),
  );
  await answer.paste(MINE);
  await reset.click();
  await expect(undo).toBeFocused();
  await expect.poll(() => answer.code()).toContain('import torch');
  await page.reload();
  await answer.live();
  await undo.click();
  await expect.poll(() => answer.code()).toBe(MINE);
  await reset.click();
  await answer.paste('second = 2');
  await earlier.click();
  await expect.poll(() => answer.code()).toBe(MINE);
  await earlier.click();
  await expect.poll(() => answer.code()).toBe('second = 2');
});

test('the answer that solved it stays at hand, and the solution stands beside it, with what differs marked', async ({
  page,
  reader,
}) => {
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  const { answer, block } = exercise;
  const solved = `${first.solution.trimEnd()}\n# mine`;
  await exercise.check(solved);
  await exercise.says(/Solved:/);
  const colour = () =>
    answer.block
      .locator('.view-line span span')
      .filter({ hasText: /^def$/ })
      .first()
      .evaluate((word) => getComputedStyle(word).color);
  const before = await colour();
  await block.getByText('Show the solution').click();
  await expect(block.locator('.view .differs')).toHaveText(['# mine']);
  await answer.paste(MINE);
  expect(await colour(), 'what is coloured elsewhere leaves the colours of the editor').toBe(before);
  await block.getByText('Your answer that solved it').click();
  await expect(block.locator('.kept-answer')).toContainText('# mine');
  await block.getByRole('button', { name: 'Put it into the editor' }).click();
  await expect.poll(() => answer.code()).toBe(solved);
  await block.getByRole('button', { name: 'Earlier text' }).click();
  await expect.poll(() => answer.code()).toBe(MINE);
});
