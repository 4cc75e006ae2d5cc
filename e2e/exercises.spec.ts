import { Exercise, exercises, opening, programsIn, solutionOf, splitMistake } from './support/exercise.ts';
import { expect, test } from './support/test.ts';

const SOLVED = /solved|correct|pass/i;

for (const folder of exercises())
  test.describe(`${folder.lesson}: ${folder.id}`, () => {
    test.beforeEach(async ({ reader }) => {
      await reader.open(`lessons/${folder.lesson}/`);
    });

    test('each mistake is told its own reason, a right answer passes', async ({ page }) => {
      test.setTimeout(120_000);
      const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${folder.id}"]`));
      for (const source of programsIn(folder, 'mistakes')) {
        const { message, program } = splitMistake(source);
        await exercise.check(program);
        await exercise.says(opening(message));
      }
      await exercise.check(solutionOf(folder));
      await exercise.says(SOLVED);
    });

    test('hints open one at a time and the solution waits to be asked', async ({ page }) => {
      const { block } = new Exercise(page.locator(`dxdx-exercise[data-exercise="${folder.id}"]`));
      const solution = block.getByText('Show the solution');
      await expect(block.locator('.solution pre')).toBeHidden();
      for (const [index, hint] of folder.hints.entries()) {
        const shown = block.getByText(opening(hint));
        await expect(shown).toBeHidden();
        await block.getByText(folder.hints.length === 1 ? 'A hint' : `Hint ${index + 1} of`).click();
        await expect(shown).toBeVisible();
      }
      await solution.click();
      await expect(block.locator('.solution pre')).toBeVisible();
    });
  });

const [first] = exercises();

test('an answer and that it was right are there after a reload', async ({ page, reader }) => {
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  const answer = `${solutionOf(first).trimEnd()}\n# mine`;
  await exercise.check(answer);
  await exercise.says(SOLVED);
  await page.reload();
  await exercise.answer.live();
  await expect.poll(() => exercise.answer.code()).toContain('# mine');
  await expect(exercise.block.locator('.exercise-state')).toHaveText(/solved/i);
});

test('a check that never ends can be stopped', async ({ page, reader }) => {
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  await exercise.check('while True: pass');
  await exercise.block.getByRole('button', { name: 'Stop' }).first().click();
  await exercise.check(solutionOf(first));
  await exercise.says(SOLVED);
});
