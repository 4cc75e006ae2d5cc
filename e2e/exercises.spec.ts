import { Exercise, exercises, opening } from './support/exercise.ts';
import { expect, test } from './support/test.ts';

const SOLVED = /Solved:/;

const all = exercises();
const [first] = all;
/** One of each lesson. What is true of every exercise and mistake is tested outside the browser, in seconds. */
const some = all.filter(({ lesson }, i) => lesson !== all[i - 1]?.lesson);

for (const folder of some)
  test(`${folder.lesson}: a mistake is told its reason, a right answer passes`, async ({ page, reader }) => {
    // Several runs, the first of which starts Python.
    test.setTimeout(120_000);
    await reader.open(`lessons/${folder.lesson}/`);
    const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${folder.id}"]`));
    const [{ message, program }] = Object.values(folder.mistakes);
    await exercise.check(program);
    await exercise.says(opening(message));
    await exercise.check(folder.solution);
    await exercise.says(SOLVED);
  });

test('hints open one at a time, and the solution shows to those who have read them', async ({
  page,
  reader,
}) => {
  await reader.open(`lessons/${first.lesson}/`);
  const { block } = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  await expect(block.locator('.solution-code pre')).toBeHidden();
  for (const index of first.hints.keys()) {
    const hint = block.locator('.hint').nth(index);
    const text = hint.locator('> :not(summary)');
    await expect(text).toBeHidden();
    await hint.locator('summary').click();
    await expect(text).toBeVisible();
  }
  await block.getByText('Show the solution').click();
  await expect(block.locator('.solution-code pre')).toBeVisible();
});

test('an answer and that it was right are there after a reload', async ({ page, reader }) => {
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  const answer = `${first.solution.trimEnd()}\n# mine`;
  await exercise.check(answer);
  await exercise.says(SOLVED);
  await page.reload();
  await exercise.answer.live();
  await expect.poll(() => exercise.answer.code()).toContain('# mine');
  await expect(exercise.block.locator('.exercise-state')).toHaveText(/solved/i);
});

test('who has neither tried nor read the hints is asked once more before the solution shows', async ({
  page,
  reader,
}) => {
  await reader.open(`lessons/${first.lesson}/`);
  const { answer, block } = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  await answer.live();
  const solution = block.locator('.solution');
  await solution.locator('summary').click();
  await expect(solution.locator('summary')).toContainText('Press once more');
  await expect(solution.locator('.solution-code pre')).toBeHidden();
  await solution.locator('summary').press('Enter');
  await expect(solution.locator('.solution-code pre')).toBeVisible();
  await expect(solution).toContainText('Your answer');
});

test('a check that never ends can be stopped', async ({ page, reader }) => {
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  await exercise.check('while True: pass');
  await exercise.block.getByRole('button', { name: 'Stop' }).first().click();
  await exercise.check(first.solution);
  await exercise.says(SOLVED);
});
