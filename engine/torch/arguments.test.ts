import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createNodeInterpreter } from '../../src/runtime/node.ts';

interface Case {
  expression: string;
  kind: string;
  text: string;
}

const record = readFileSync(new URL('../conformance/data/arguments.json', import.meta.url), 'utf8');
const cases = JSON.parse(record) as Case[];

/** Where dxdx answers otherwise, and why. */
const different = new Map([
  ['torch.tensor(2**62)', 'int64 is exact up to 2**53 only'],
  ['torch.from_numpy([1])', 'says what to do instead'],
  ['torch.tensor([1,2]).numpy()', 'says what to do instead'],
  ['x.item(3)', 'a Python method refuses arguments in Python’s own words'],
  ['x.dim(1)', 'a Python method refuses arguments in Python’s own words'],
  ['x.numpy(1)', 'a Python method refuses arguments in Python’s own words'],
  ['x.shape()', 'a class written in Python has no dotted name'],
  ['x.set_(1)', 'storages are out of reach'],
  ['torch.add(x, 2, x)', 'a deprecated order of arguments'],
  ["torch.autograd.grad(x.sum(), 'a')", 'complains of the input before the output'],
  ['x.backward(inputs=[3])', 'complains of the input before the output'],
]);
/** What dxdx doesn't have, or doesn't refuse as PyTorch does, yet. */
const missing = [
  'x.scatter_(0, 1, 2)',
  'torch.linalg.inv()',
  'torch.linalg.solve(x)',
  'torch.linalg.norm(1)',
  'torch.tensor(3)<<1',
  '1<<torch.tensor(3)',
  'x.copy_(torch.ones(4))',
  'x.topk(5)',
  'x.index_select(1,torch.tensor([0,3]))',
  'x.gather(1,torch.tensor([[0,3]]))',
  'torch.tensor(1)%0',
  'torch.median(torch.tensor([1.,3.,2.]))',
  'torch.ger(torch.ones(2),torch.ones(2))',
  'torch.det(torch.eye(2))',
  'torch.inverse(torch.eye(2)*2)',
  'torch.linalg.inv(torch.eye(2))',
  'torch.func.grad(torch.sin)(torch.tensor(0.))',
  'torch.vmap(torch.sin)(x)',
];

const program = `
import copy, json, math, pickle, re, warnings
import torch
import torch.nn.functional as F

def answer(expression):
    names = dict(torch=torch, F=F, copy=copy, pickle=pickle, math=math, x=torch.ones(2, 3))
    try:
        try:
            return "ok", repr(eval(expression, names))
        except SyntaxError:
            exec(expression, names)
            return "ok", "done"
    except Exception as error:
        return type(error).__name__, str(error)

warnings.simplefilter("ignore")
for case in json.load(open("cases.json")):
    kind, text = answer(case["expression"])
    print(json.dumps([kind, re.sub("0x[0-9a-f]+", "0x", text)]))
`;

describe('arguments', () => {
  it('are taken and refused as PyTorch does', async () => {
    const python = await createNodeInterpreter();
    const run = await python.run(program, { files: { 'cases.json': record } });
    expect(run.error).toBeUndefined();
    const answers = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, string]);
    const unlike = cases.filter(({ kind, text }, i) => answers[i][0] !== kind || answers[i][1] !== text);
    const expected = [...different.keys(), ...missing];
    expect(unlike.map((entry) => entry.expression).filter((text) => !expected.includes(text))).toEqual([]);
  });
});
