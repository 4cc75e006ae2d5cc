import { readFileSync } from 'node:fs';
import { writeProgressFile } from '../src/progress/progress-file.ts';
import type { ExerciseRecord } from '../src/progress/record.ts';
import { Exercise, exercises } from './support/exercise.ts';
import { expect, test } from './support/test.ts';

const [first] = exercises();
const KEY = `${first.lesson}/${first.id}`;
const DAY = 24 * 60 * 60 * 1000;

const record = (changes: Partial<ExerciseRecord>): ExerciseRecord => ({
  state: 'tried',
  answer: 'x = 1',
  when: Date.now() - 5 * DAY,
  version: 'of old',
  mistakes: [],
  ...changes,
});

const asFile = (exercises: Record<string, ExerciseRecord>) => ({
  name: 'mine.json',
  mimeType: 'application/json',
  buffer: Buffer.from(writeProgressFile(exercises, new Date())),
});

test('what was solved can be taken to another browser', async ({ page, reader, browser }) => {
  test.setTimeout(120_000);
  await reader.open(`lessons/${first.lesson}/`);
  const exercise = new Exercise(page.locator(`dxdx-exercise[data-exercise="${first.id}"]`));
  await exercise.check(first.solution);
  await exercise.says(/Solved:/);

  await reader.open('progress/');
  await expect(page.getByRole('listitem').filter({ hasText: '✓ solved' })).toHaveCount(1);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const file = await (await saving).path();
  expect(readFileSync(file, 'utf8')).toContain(KEY);

  const elsewhere = await browser.newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere.getByText('✓ solved')).toHaveCount(0);
  await elsewhere.getByLabel('Add from a file').setInputFiles(file);
  await expect(elsewhere.getByRole('status').filter({ hasText: 'one exercise' })).toBeVisible();
  await elsewhere.reload();
  await expect(elsewhere.getByText('✓ solved')).toHaveCount(1);
  await elsewhere.close();
});

test('a file that is not ours is refused with a sentence, and changes nothing', async ({ page, reader }) => {
  await reader.open('progress/');
  const input = page.getByLabel('Add from a file');
  await input.setInputFiles(asFile({ [KEY]: record({ state: 'solved' }) }));
  await expect(page.getByText('the exercise has changed since')).toHaveCount(1);
  await input.setInputFiles({
    name: 'photo.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"a": 1}'),
  });
  await expect(page.getByText('This file was not written by dxdx. Nothing was changed.')).toBeVisible();
  await expect(page.getByText('✓ solved')).toHaveCount(1);
});

test('a mistake of some days ago comes back as a question', async ({ page, reader }) => {
  await reader.open('progress/');
  await page.getByRole('button', { name: 'Ask me' }).click();
  await expect(page.getByText('There is nothing to ask')).toBeVisible();
  const { mistakes } = await (
    await page.request.get(new URL(`../lessons/${KEY.replace('/', '/exercises/')}.json`, page.url()).href)
  ).json();
  const [name] = Object.keys(mistakes);
  const made = record({ mistakes: [{ name, when: Date.now() - 5 * DAY }] });
  await page.getByLabel('Add from a file').setInputFiles(asFile({ [KEY]: made }));
  await page.getByRole('button', { name: 'Ask me' }).click();
  const choices = page.getByRole('group', { name: 'What is wrong with it?' });
  await expect(choices.getByRole('radio')).toHaveCount(4);
  await choices.locator(`input:not([value="${name}"])`).first().check();
  await expect(page.getByText('That belongs to another program.')).toBeVisible();
  await choices.locator(`input[value="${name}"]`).check();
  await expect(page.getByText('Yes. You would see it now.')).toBeVisible();
});
