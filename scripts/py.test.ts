import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('./py.ts', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'dxdx-py-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Start the command in the folder, as npm would. */
function start(...args: string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  return spawn(process.execPath, [COMMAND, ...args], { cwd: path.dirname(COMMAND), env });
}

function outcomeOf(child: ReturnType<typeof start>, input = '') {
  return new Promise<{ stdout: string; stderr: string; exitCode: number | null }>((resolve) => {
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (bytes) => chunks.stdout.push(bytes));
    child.stderr.on('data', (bytes) => chunks.stderr.push(bytes));
    child.stdin.end(input);
    child.on('close', (exitCode) => {
      const [stdout, stderr] = [chunks.stdout, chunks.stderr].map((parts) => Buffer.concat(parts).toString());
      resolve({ stdout, stderr, exitCode });
    });
  });
}

const python = (...args: string[]) => outcomeOf(start(...args));

describe('npm run py', () => {
  it('runs a file on torch, with its arguments, in the folder where it was called', async () => {
    write(
      'deep/main.py',
      'import os, sys, torch\nprint(sys.argv, __file__, os.getcwd())\nprint(torch.ones(2))',
    );
    expect(await python('deep/main.py', 'a', '--b')).toEqual({
      stdout: `['deep/main.py', 'a', '--b'] ${folder}/deep/main.py ${folder}\ntensor([1., 1.])\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it("imports from the file's own folder, and reads and writes the disk", async () => {
    write('deep/helper.py', 'name = "helper"');
    write('deep/data.txt', 'é');
    write(
      'deep/files.py',
      'import helper, pathlib\nhere = pathlib.Path(__file__).parent\n' +
        '(here / "made.txt").write_text(helper.name)\nprint((here / "data.txt").read_text(), (here / "made.txt").read_text())',
    );
    expect((await python('deep/files.py')).stdout).toBe('é helper\n');
  });

  it('passes standard input on', async () => {
    write('in.py', 'import sys\nprint(input() + "|" + sys.stdin.read())');
    expect((await outcomeOf(start('in.py'), 'one\ntwo\nthree')).stdout).toBe('one|two\nthree\n');
  });

  it('does not show the value of a last expression', async () => {
    write('value.py', '1 + 1');
    expect((await python('value.py')).stdout).toBe('');
  });

  it('prints the traceback of an uncaught exception on standard error and exits with 1', async () => {
    write(
      'fail.py',
      'import torch\ndef f(x):\n    x.backward()\nprint("before")\nf(torch.ones(2, requires_grad=True))',
    );
    expect(await python('fail.py')).toEqual({
      stdout: 'before\n',
      stderr: [
        'Traceback (most recent call last):',
        `  File "${folder}/fail.py", line 5, in <module>`,
        '    f(torch.ones(2, requires_grad=True))',
        '    ~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        `  File "${folder}/fail.py", line 3, in f`,
        '    x.backward()',
        '    ~~~~~~~~~~^^',
        'RuntimeError: grad can be implicitly created only for scalar outputs',
        '',
      ].join('\n'),
      exitCode: 1,
    });
  });

  it.each([
    ['sys.exit()', 0, ''],
    ['sys.exit(7)', 7, ''],
    ['sys.exit("why")', 1, 'why\n'],
    ['__import__("os")._exit(4)', 4, ''],
  ])('honours %s', async (end, exitCode, stderr) => {
    write('exit.py', `import sys\n${end}`);
    expect(await python('exit.py')).toEqual({ stdout: '', stderr, exitCode });
  });

  it('says that there is no such file', async () => {
    const { stderr, exitCode } = await python('absent.py');
    expect(stderr).toContain(`can't open file '${folder}/absent.py'`);
    expect(exitCode).toBe(2);
  });

  it('bears megabytes of output', async () => {
    write('much.py', 'for i in range(200_000):\n    print(i, "x" * 20)');
    const { stdout, exitCode } = await python('much.py');
    expect(stdout).toMatch(/^0 x{20}\n1 x{20}\n/);
    expect(stdout.endsWith(`199999 ${'x'.repeat(20)}\n`)).toBe(true);
    expect(stdout.split('\n')).toHaveLength(200_001);
    expect(exitCode).toBe(0);
  });

  it('ends when nobody reads its output any more', async () => {
    write('endless.py', 'while True:\n    print("line")');
    const child = start('endless.py');
    child.stdout.once('data', () => child.stdout.destroy());
    expect((await outcomeOf(child)).stderr).toContain('BrokenPipeError');
  });

  it('is interrupted by Ctrl+C', async () => {
    write('loop.py', 'print("started", flush=True)\nwhile True:\n    pass');
    const child = start('loop.py');
    child.stdout.once('data', () => child.kill('SIGINT'));
    const { stderr, exitCode } = await outcomeOf(child);
    expect(stderr).toMatch(/Traceback [\s\S]*KeyboardInterrupt\n$/);
    expect(exitCode).toBe(130);
  });
});
