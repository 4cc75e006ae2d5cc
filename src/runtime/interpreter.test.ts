import { beforeAll, describe, expect, it } from 'vitest';
import { Interpreter } from './interpreter.ts';
import { createNodeInterpreter, type NodeInterpreter, TextSink } from './node.ts';
import { nodeDistribution } from './node-distribution.ts';
import { nodeSnapshot } from './node-snapshot.ts';
import { WARM_UP } from './sealed/warm-up.ts';

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
}, 60_000);

describe('a program', () => {
  it('writes to both streams and hands back the value of its last expression', async () => {
    const run = await python.run('import sys\nprint("out")\nprint("err", file=sys.stderr)\n"a" + "b"');
    expect(run).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 0, value: "'ab'" });
  });

  it('has no value when its last expression is None, or its last statement no expression', async () => {
    expect((await python.run('print()')).value).toBeUndefined();
    expect((await python.run('x = 1')).value).toBeUndefined();
  });

  it('is the module __main__ in a file of its own, among the files beside it', async () => {
    const run = await python.run(
      'import sys, helper\nprint(__name__, __file__, sys.argv, helper.name)\nprint(open("data/a.txt").read())',
      { files: { 'helper.py': 'name = __name__', 'data/a.txt': 'é' }, args: ['x'] },
    );
    expect(run.stdout).toBe("__main__ /home/reader/main.py ['main.py', 'x'] helper\né\n");
  });

  it('keeps the meaning of a __future__ import in its last expression', async () => {
    const code = 'from __future__ import annotations\ndef f(a: unknown): pass\n(lambda: f.__annotations__)()';
    expect((await python.run(code)).value).toBe("{'a': 'unknown'}");
  });

  it('has torch on the engine', async () => {
    const run = await python.run(
      'import torch\nx = torch.tensor([2.0], requires_grad=True)\n(x * x).backward()\nx.grad',
    );
    expect(run.value).toBe('tensor([4.])');
  });

  it('reads nothing from standard input', async () => {
    expect((await python.run('input()')).error?.type).toBe('EOFError');
  });

  it('runs what it left to be done at its end', async () => {
    expect((await python.run('import atexit\natexit.register(print, "bye")\nprint("hi")')).stdout).toBe(
      'hi\nbye\n',
    );
  });
});

describe('nothing a program does is seen by the next:', () => {
  it('neither names, nor modules, nor files, nor the engine', async () => {
    await python.run(
      'import builtins, torch, math, os\nbuiltins.print = None\nmath.pi = 3\ntorch.kept = 1\n' +
        'open("left.txt", "w").close()\ntorch.set_grad_enabled(False)\ntorch.manual_seed(1)',
    );
    const run = await python.run(
      'import torch, math, os\nprint(math.pi, hasattr(torch, "kept"), os.listdir("."), torch.is_grad_enabled())',
    );
    expect(run.stdout).toBe("3.141592653589793 False ['main.py'] True\n");
  });

  it('even when both are asked for at once', async () => {
    const [, second] = await Promise.all([
      python.run('import torch\ntorch.set_grad_enabled(False)'),
      python.run('import torch\ntorch.is_grad_enabled()'),
    ]);
    expect(second.value).toBe('True');
  });

  it('nor random numbers', async () => {
    const draw = 'import random\nrandom.random()';
    expect((await python.run(draw)).value).not.toBe((await python.run(draw)).value);
  });
});

describe('a traceback', () => {
  it('shows the frames of the program and of its files, and no others', async () => {
    const { error } = await python.run('import helper\nhelper.fail()', {
      files: { 'helper.py': 'import torch\ndef fail():\n    torch.ones(2, requires_grad=True).backward()\n' },
    });
    expect(error).toEqual({
      type: 'RuntimeError',
      message: 'grad can be implicitly created only for scalar outputs',
      traceback: [
        'Traceback (most recent call last):',
        '  File "main.py", line 2, in <module>',
        '    helper.fail()',
        '    ~~~~~~~~~~~^^',
        '  File "/home/reader/helper.py", line 3, in fail',
        '    torch.ones(2, requires_grad=True).backward()',
        '    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^',
        'RuntimeError: grad can be implicitly created only for scalar outputs',
        '',
      ].join('\n'),
      line: 2,
    });
  });

  it('is the same when the program prints it itself', async () => {
    const code =
      'import torch, traceback\ntry:\n    torch.ones(2, requires_grad=True).backward()\nexcept RuntimeError:\n    traceback.print_exc()';
    expect((await python.run(code)).stderr).toBe(
      [
        'Traceback (most recent call last):',
        '  File "main.py", line 3, in <module>',
        '    torch.ones(2, requires_grad=True).backward()',
        '    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^',
        'RuntimeError: grad can be implicitly created only for scalar outputs',
        '',
      ].join('\n'),
    );
  });

  it('tells causes and groups', async () => {
    const caused = await python.run(
      'try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise ValueError("no") from e',
    );
    expect(caused.error?.traceback).toContain('direct cause of the following exception');
    expect(caused.error?.line).toBe(4);
    const group = await python.run('raise ExceptionGroup("two", [ValueError(1), TypeError(2)])');
    expect(group.error?.traceback).toContain('+-+---------------- 1 ----------------\n    | ValueError: 1');
  });

  it('of a syntax error has the line and no frames', async () => {
    const { error } = await python.run('x = 1\nprint("a"\n');
    expect(error).toEqual({
      type: 'SyntaxError',
      message: "'(' was never closed",
      traceback: '  File "main.py", line 2\n    print("a"\n         ^\nSyntaxError: \'(\' was never closed\n',
      line: 2,
    });
  });

  it('of a syntax error in another file points to the line that imports it', async () => {
    const { error } = await python.run('\nimport helper', { files: { 'helper.py': 'def' } });
    expect(error).toMatchObject({ type: 'SyntaxError', line: 2 });
  });

  it('of endless recursion is short', async () => {
    const { error } = await python.run('def f(n):\n    return f(n + 1)\nf(0)');
    expect(error?.traceback).toMatch(/Previous line repeated \d+ more times/);
    expect(error).toMatchObject({ type: 'RecursionError', line: 2 });
  });
});

it('a warning shows the line that caused it', async () => {
  const { stderr } = await python.run('import warnings\n\nwarnings.warn("careful")');
  expect(stderr).toBe('main.py:3: UserWarning: careful\n  warnings.warn("careful")\n');
});

describe('sys.exit', () => {
  it.each([
    ['', 0, ''],
    ['0', 0, ''],
    ['7', 7, ''],
    ['"why"', 1, 'why\n'],
  ])('(%s) is honoured', async (status, exitCode, stderr) => {
    expect(await python.run(`import sys\nsys.exit(${status})`)).toEqual({ stdout: '', stderr, exitCode });
  });
});

describe('a program that asks for too much', () => {
  it('of memory gets a MemoryError', async () => {
    const { error } = await python.run('kept = []\nwhile True:\n    kept.append(bytearray(10**8))');
    expect(error).toMatchObject({ type: 'MemoryError', line: 3 });
  });

  it('of the stack breaks its own interpreter and no other', async () => {
    const deep = 'nest = []\nfor _ in range(100_000):\n    nest = [nest]\nrepr(nest)';
    await expect(python.run(deep)).rejects.toThrow(/call stack/);
    expect((await python.run('1 + 1')).value).toBe('2');
  });
});

it('an interpreter can be started without a snapshot', async () => {
  const interpreter = await Interpreter.start(await nodeDistribution());
  const stdout = new TextSink();
  interpreter.run(
    { code: 'import torch\nprint(torch.ones(1))' },
    { streams: { stdout, stderr: new TextSink() } },
  );
  expect(stdout.text).toBe('tensor([1.])\n');
}, 60_000);

describe('what a program leaves behind', async () => {
  const distribution = await nodeDistribution();
  const snapshot = await nodeSnapshot(distribution);
  const leaves = async (code: string) => {
    const interpreter = await Interpreter.restore(distribution, snapshot);
    interpreter.run({ code }, { streams: { stdout: new TextSink(), stderr: new TextSink() } });
    return !interpreter.leftNothing;
  };
  const engine = 'import torch\nfunction = torch._C.dxdx_engine\n';

  it.each([
    ['computes', WARM_UP],
    ['fails', 'import torch\ntorch.ones(2).backward()'],
    [
      'has hooks',
      'import torch\nx = torch.ones(2, requires_grad=True)\nx.register_hook(print)\nx.sum().backward()',
    ],
    ['writes a file', 'open("a.txt", "w").write("a")\nimport time\ntime.sleep(0)'],
    ['looks for JavaScript in vain', 'import gc\n[type(thing) for thing in gc.get_objects()]'],
  ])('is nothing when it %s', async (_what, code) => {
    expect(await leaves(code)).toBe(false);
  });

  it.each([
    ['reads a property of a function of the engine', `${engine}function.constructor`],
    ['changes a function of the engine', `${engine}function.changed = 1`],
    ['leaves a timer', 'import asyncio\nasyncio.new_event_loop().call_later(0.01, print)'],
    ['takes much memory', 'data = bytearray(150_000_000)'],
  ])('may be something when it %s', async (_what, code) => {
    expect(await leaves(code)).toBe(true);
  });
});
