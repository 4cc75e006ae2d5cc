import { EXAMPLES } from './support/reader.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ reader }) => {
  await reader.openExample(EXAMPLES[0]);
});

function example(reader: import('./support/reader.ts').Reader) {
  return reader.example(EXAMPLES[0].file);
}

test('an exception shows the frames of the program alone and marks its line', async ({ reader }) => {
  const it = example(reader);
  await it.runPasted(
    'import torch\n\ndef half(x):\nreturn x.backward()\n\nhalf(torch.ones(2))'.replace(
      '\nreturn',
      '\n    return',
    ),
  );
  await expect(it.output).toContainText('Traceback (most recent call last):');
  await expect(it.output).toContainText(
    'RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn',
  );
  const text = await it.output.innerText();
  const frames = [...text.matchAll(/File "([^"]+)", line (\d+)/g)].map(([, file, line]) => `${file}:${line}`);
  expect(frames).toEqual(['main.py:6', 'main.py:4']);
  await expect(it.block.locator('.view-overlays [class*="error"]').first()).toBeAttached();
});

test('a syntax error is shown as Python shows it', async ({ reader }) => {
  const it = example(reader);
  await it.runPasted('import torch\nx = torch.tensor([1.0, 2.0]\nprint(x)');
  await expect(it.output).toContainText("SyntaxError: '(' was never closed");
  await expect(it.output).toContainText('File "main.py", line 2');
  expect(await it.output.innerText()).not.toMatch(/_pyodide|_dxdx|<exec>/);
  await expect(it.block.locator('.view-overlays [class*="error"]').first()).toBeAttached();
});

for (const { name, code } of [
  { name: 'an endless loop', code: 'while True: pass' },
  { name: 'an endless print', code: 'while True: print("again")' },
  {
    name: 'a loop that catches everything',
    code: 'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
  },
  { name: 'an endless computation', code: 'import torch\nx = torch.ones(3)\nwhile True: x = x * 1' },
])
  test(`Stop ends ${name} and the next run works`, async ({ reader }) => {
    const it = example(reader);
    await it.runPasted(code);
    await it.stop.click();
    await expect(it.status).toHaveText(/stopped/i);
    await it.runPasted('import torch\nprint(torch.ones(2))');
    await it.expectPrinted('tensor([1., 1.])\n');
  });

for (const { name, code, says } of [
  { name: 'recurses for ever', code: 'def f(): return f()\nf()', says: 'RecursionError' },
  {
    name: 'fills the memory',
    code: 'kept = []\nwhile True: kept.append(bytearray(100_000_000))',
    says: 'MemoryError',
  },
  { name: 'asks for a tensor of terabytes', code: 'import torch\ntorch.zeros(10**12)', says: 'Error' },
  { name: 'leaves', code: 'import sys\nsys.exit(3)', says: '3' },
])
  test(`a program that ${name} ends in a message`, async ({ reader }) => {
    const it = example(reader);
    await it.runPasted(code);
    await expect(it.block).toContainText(says, { timeout: 40_000 });
    await it.runPasted('print("alive")');
    await it.expectPrinted('alive\n');
  });

test('a flood of output keeps its beginning and its end', async ({ reader }) => {
  const it = example(reader);
  await it.runPasted('for i in range(100_000): print(f"line {i}")');
  await expect(it.run).toBeVisible();
  await expect.poll(() => it.output.textContent()).toMatch(/line 0\n[\s\S]*line 99999\n/);
});

test('a run sees nothing of the one before', async ({ reader }) => {
  const it = example(reader);
  await it.runPasted(
    'import builtins, torch\nbuiltins.left = 1\ntorch.left = 1\ntorch.set_grad_enabled(False)\ntorch.Tensor.sum = None\nopen("left.txt", "w").write("left")\nleft = 1\nprint("set")',
  );
  await it.expectPrinted('set\n');
  await it.runPasted(
    'import builtins, os, torch\nprint(hasattr(builtins, "left"), hasattr(torch, "left"), torch.is_grad_enabled(), torch.ones(2).sum(), os.path.exists("left.txt"), "left" in globals())',
  );
  await it.expectPrinted('False False True tensor(2.) False False\n');
});

test('random numbers are as fresh, and as seeded, as in a new process', async ({ reader }) => {
  const it = example(reader);
  const code = 'import torch\ntorch.manual_seed(0)\nprint(torch.rand(2))';
  for (const _ of [1, 2]) {
    await it.runPasted(code);
    await it.expectPrinted('tensor([0.4963, 0.7682])\n');
  }
});

test('when all that Python lives in answers no more, the reader is told and the next run works', async ({
  page,
  reader,
}) => {
  const it = example(reader);
  await it.runPasted('while True: pass');
  await expect(it.status).toHaveText('Running…');
  const sealed = page.frames().find((frame) => frame.url() === 'about:srcdoc');
  const hanging = sealed?.evaluate(() => {
    for (;;);
  });
  hanging?.catch(() => {}); // it ends with its frame
  await expect(it.output).toContainText('used up the memory', { timeout: 30_000 });
  // Its process still hangs, and with it what the test would do as a hand does.
  await it.block.evaluate((block: HTMLElement & { setCode(code: string): void }) => {
    block.setCode('print("alive")');
    block.querySelector<HTMLButtonElement>('.run-button')?.click();
  });
  await it.expectPrinted('alive\n');
});
