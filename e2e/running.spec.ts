import { readFileSync } from 'node:fs';
import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

function recorded(lesson: string, file: string): string {
  return readFileSync(`content/lessons/${lesson}/${file.replace('.py', '.out')}`, 'utf8');
}

for (const { lesson, file } of EXAMPLES)
  test(`${file} prints what PyTorch printed, when Run is clicked at once`, async ({ reader }) => {
    const example = await reader.openExample({ lesson, file });
    await example.run.click();
    await expect(example.status).toHaveText(/ran|done|finished|ms|\bs\b/i);
    await example.expectPrinted(recorded(lesson, file));
  });

for (const name of ['identity', 'square', 'jacobian'])
  test(`a whole program pasted over the example runs: ${name}`, async ({ reader }) => {
    const example = await reader.openExample(EXAMPLES[0]);
    await example.runPasted(readFileSync(`e2e/programs/${name}.py`, 'utf8'));
    await example.expectPrinted(readFileSync(`e2e/programs/${name}.out`, 'utf8'));
  });

test('the result follows an edited number', async ({ page, reader }) => {
  const example = await reader.openExample(EXAMPLES[2]);
  await example.paste(
    'import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n(x * x).sum().backward()\nprint(x.grad)',
  );
  await example.run.click();
  await example.expectPrinted('tensor([2., 4.])\n');
  await page.keyboard.press('ControlOrMeta+Home');
  await example.editor.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  for (const _ of 'x = torch.tensor([') await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await page.keyboard.type('5');
  await page.keyboard.press('ControlOrMeta+Enter');
  await example.expectPrinted('tensor([10.,  4.])\n');
});

test('the value of a last line shows, as a notebook does it', async ({ reader }) => {
  const example = await reader.openExample(EXAMPLES[0]);
  await example.runPasted('import torch\ntorch.tensor([1.5, 2.0])');
  await expect(example.output).toContainText('tensor([1.5000, 2.0000])');
});

test('Tab never traps the reader', async ({ page, reader }) => {
  const example = await reader.openExample(EXAMPLES[0]);
  await example.live();
  await example.editor.focus();
  const before = await example.code();
  await page.keyboard.press('Tab');
  await expect(example.editor).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(example.editor).toBeFocused();
  expect(await example.code()).toBe(before);
});

test('nothing moves when the editor takes over', async ({ reader }) => {
  const example = await reader.openExample(EXAMPLES[2]);
  await example.block.scrollIntoViewIfNeeded();
  const box = example.block.locator('.run-code');
  const still = await box.boundingBox();
  await example.live();
  const live = await box.boundingBox();
  expect(Math.abs((live?.height ?? 0) - (still?.height ?? 0))).toBeLessThan(1);
  expect(live?.width).toBe(still?.width);
});

test('Python keeps running from page to page', async ({ page, reader }) => {
  const first = await reader.openExample(EXAMPLES[0]);
  await first.run.click();
  await first.expectPrinted(recorded(EXAMPLES[0].lesson, EXAMPLES[0].file));
  const downloads: string[] = [];
  page.on('request', (request) => downloads.push(request.url()));
  await page
    .getByRole('link', { name: /A function of the same tensor/ })
    .last()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('function of the same tensor');
  const second = reader.example(EXAMPLES[1].file);
  await second.run.click();
  await second.expectPrinted(recorded(EXAMPLES[1].lesson, EXAMPLES[1].file));
  expect(downloads.filter((url) => url.endsWith('.wasm'))).toEqual([]);
});

test('a draft survives a reload and can be reset', async ({ page, reader }) => {
  const example = await reader.openExample(EXAMPLES[0]);
  await example.live();
  const original = readFileSync(
    `content/lessons/${EXAMPLES[0].lesson}/${EXAMPLES[0].file}`,
    'utf8',
  ).trimEnd();
  await example.paste('print("mine")');
  await page.reload();
  await example.live();
  await expect.poll(() => example.code()).toBe('print("mine")');
  await example.run.click();
  await example.expectPrinted('mine\n');
  page.on('dialog', (dialog) => dialog.accept());
  await example.block.getByRole('button', { name: /reset|restore/i }).click();
  await expect.poll(() => example.code()).toBe(original);
});
