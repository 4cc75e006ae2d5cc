import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeInterpreter } from '../runtime/node.ts';
import { Grader, type Watch } from './grader.ts';
import type { Report } from './report.ts';

const CHECK = `
import torch
from dxdx_grading import check

@check("It doubles two numbers")
def two_numbers(program):
    return program.double(torch.tensor([1.0, 2.0]))

@check("It doubles numbers it has not seen", rounds=2)
def unseen(program, draw):
    return program.double(draw.tensor(3))
`;
const SOLUTION = 'def double(x):\n    return x * 2\n';

let watch: Watch;
let grader: Grader;
beforeAll(async () => {
  const python = await createNodeInterpreter();
  watch = (request) => python.grade(request);
  const mistakes = { 'squares.py': 'def double(x):\n    return x ** 2\n' };
  grader = new Grader({ check: CHECK, solution: SOLUTION, mistakes });
});

const grade = (answer: string): Promise<Report> => grader.grade(answer, watch);
const firstWhy = ({ checks }: Report) => checks.find(({ passed }) => !passed)?.why;

const RIGHT = 'def double(x):\n    return x + x\n';

describe('does not pass', () => {
  const answers: Record<string, string> = {
    'something that equals everything': `
class Anything:
    def __eq__(self, other):
        return True
    def tolist(self):
        return [2.0, 4.0]
def double(x):
    return Anything()`,
    'a tensor of a class of its own': `
import torch
class Mine(torch.Tensor):
    pass
def double(x):
    return (x * 3).as_subclass(Mine)`,
    'a number that equals everything': `
class Number(float):
    def __eq__(self, other):
        return True
def double(x):
    return Number(1)`,
    'a torch that says what it is told': `
import torch
torch.Tensor.tolist = lambda self: [2.0, 4.0]
torch.Tensor.__eq__ = lambda self, other: True
torch.allclose = torch.equal = lambda *a, **k: True
def double(x):
    return x`,
    'a right answer by way of a changed torch': `
import torch
torch.Tensor.twice = lambda self: self * 2
def double(x):
    return x.twice()`,
    'a torch whose inputs never change': `
import torch
real = torch.tensor
torch.tensor = lambda *a, **k: real([1.0, 2.0])
def double(x):
    return real([2.0, 4.0])`,
    'a changed checker': `
import dxdx_grading, dxdx_grading._describe, dxdx_grading._grade
for module in (dxdx_grading, dxdx_grading._describe, dxdx_grading._grade):
    module.describe = lambda *a, **k: {"kind": "plain", "type": "str", "text": "right"}
def double(x):
    return x`,
    'changed builtins': `
import builtins
builtins.all = builtins.any = lambda *a: True
builtins.type = lambda *a: None
def double(x):
    return x`,
    'modules that are gone': `
import sys
for name in list(sys.modules):
    if name.startswith(("torch", "dxdx")):
        del sys.modules[name]
def double(x):
    return x`,
    'an exit': 'import sys\nsys.exit(0)',
    'an exit at once': 'import os\nos._exit(0)',
    'an exit while it is asked': 'def double(x):\n    raise SystemExit(0)',
    'an exception that slips through':
      'class Slippery(BaseException): pass\ndef double(x):\n    raise Slippery',
    'an exception that cannot be described': `
class Broken(Exception):
    def __str__(self):
        raise self
    __repr__ = __str__
def double(x):
    raise Broken`,
    'an interrupt': 'raise KeyboardInterrupt',
    'endless recursion': 'def double(x):\n    return double(x)',
    'a list that holds itself': 'def double(x):\n    it = []\n    it.append(it)\n    return it',
    'an object whose repr raises': `
class Odd:
    def __repr__(self):
        raise SystemExit
def double(x):
    return Odd()`,
    'a huge tensor': 'import torch\ndef double(x):\n    return torch.zeros(1_000_000)',
    'nothing at all': '',
    'no Python': 'this is not Python',
    'a name that is no function': 'double = 2',
    'the wrong dtype': 'def double(x):\n    return (x * 2).double()',
    'a list of the right numbers': 'def double(x):\n    return (x * 2).tolist()',
    'one dimension too many': 'def double(x):\n    return (x * 2).unsqueeze(0)',
    'numbers written down': 'import torch\ndef double(x):\n    return torch.tensor([2.0, 4.0])',
    'a changed input': 'def double(x):\n    return x.mul_(2)',
    'an input that now requires grad': 'def double(x):\n    return (x.requires_grad_() * 2).detach()',
    'a grad left behind': `
def double(x):
    y = x * 2
    x.grad = y.clone()
    return y`,
  };
  test.each(Object.keys(answers))('%s', async (name) => {
    const report = await grade(answers[name]);
    expect(report.solved).toBe(false);
    expect(report.mistake).toBeUndefined();
    expect(firstWhy(report)).toBeTruthy();
  });
});

describe('passes', () => {
  const answers: Record<string, string> = {
    'another way': RIGHT,
    'with noise': `import sys\nprint("here")\nsys.stderr.write("there")\n${RIGHT}\nprint(double(3))`,
    'with a great deal of noise': `print("x" * 1_000_000)\n${RIGHT}`,
    'with the output closed': `import sys\nsys.stdout.close()\n${RIGHT}`,
    'with its own sum and type': `sum = type = len = check = program = None\n${RIGHT}`,
    'with settings of its own': `
import random, sys, torch
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.manual_seed(7)
random.seed(7)
sys.setrecursionlimit(150)
${RIGHT}`,
    'with a trace': `import sys\nsys.settrace(lambda *a: None)\n${RIGHT}`,
    'with a gradient attached': `
def double(x):
    return x.detach().clone().requires_grad_() * 2`,
    'with a module of its own': `import math, collections, torch.nn.functional as F\n${RIGHT}`,
    'within the tolerance': 'def double(x):\n    return x * 2.0000001',
    'as a lambda': 'double = lambda x: 2 * x',
    'as a callable object': `
class Double:
    def __call__(self, x):
        return x * 2
double = Double()`,
  };
  test.each(Object.keys(answers))('%s', async (name) => {
    const report = await grade(answers[name]);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.solved).toBe(true);
  });
});

test('an answer that behaves like a mistake is recognised, however it is written', async () => {
  const report = await grade('def double(x):\n    print("squares")\n    return x.square()');
  expect(report.mistake).toBe('squares.py');
});

test("an exception shows the program's own line, and no frame of ours", async () => {
  const { checks } = await grade('def double(x):\n    y = x.view(5)\n    return y');
  expect(checks[0].why).toBe('The program raises RuntimeError, on line 2.');
  expect(checks[0].error?.line).toBe(2);
  expect(checks[0].error?.traceback).toContain('    y = x.view(5)');
  expect(checks[0].error?.traceback).not.toMatch(/dxdx|check\.py/);
});

test('what an answer prints is kept, its beginning at least', async () => {
  expect((await grade(`print("hello")\n${RIGHT}`)).printed).toBe('hello\n');
  expect((await grade(`print("x" * 10_000)\n${RIGHT}`)).printed).toHaveLength(4000);
});
