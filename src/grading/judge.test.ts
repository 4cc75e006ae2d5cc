import { expect, test } from 'vitest';
import { judge, SOLUTION } from './judge.ts';
import type { GradeReport, Num, TensorValue, Try, Value } from './records.ts';

function tensor(shape: number[], values: Num[], dtype = 'torch.float32'): TensorValue {
  return { kind: 'tensor', dtype, shape, values, requiresGrad: false, graph: [], text: `tensor(${values})` };
}

const did = (outcome: Partial<Try>): Try => ({
  calls: ['f(x)'],
  changes: [],
  printed: '',
  saidMeanwhile: '',
  warnings: [],
  patched: [],
  ...outcome,
});
const gave = (value: Value): Try => did({ value });

function trust(solution: Try, mistakes: Record<string, Try> = {}, jacobian = false): GradeReport {
  const wrong = Object.entries(mistakes).map(([name, tried]) => [name, [[tried]]] as const);
  return {
    checks: [{ sentence: 'It works', jacobian, mayChangeInputs: false }],
    programs: { [SOLUTION]: [[solution]], ...Object.fromEntries(wrong) },
  };
}

const whyNot = (answer: Try, solution: Try, jacobian = false) =>
  judge([[answer]], trust(solution, {}, jacobian)).checks[0].why;

test.each<[string, Value, Value]>([
  ['within float32 tolerance', tensor([2], [1, 2]), tensor([2], [1.000001, 2])],
  ['nan where nan is expected', tensor([1], ['nan']), tensor([1], ['nan'])],
  [
    'the same list',
    { kind: 'list', type: 'list', items: [tensor([], [1])] },
    { kind: 'list', type: 'list', items: [tensor([], [1])] },
  ],
  [
    'a number near by',
    { kind: 'number', type: 'float', value: 0.1, text: '0.1' },
    { kind: 'number', type: 'float', value: 0.10000000149, text: '0.10000000149' },
  ],
])('passes: %s', (_, got, expected) => {
  expect(judge([[gave(got)]], trust(gave(expected))).solved).toBe(true);
});

test.each<[string, Value, Value]>([
  ['float64 differs sooner', tensor([1], [1], 'torch.float64'), tensor([1], [1.00001], 'torch.float64')],
  ['whole numbers must be equal', tensor([1], [1], 'torch.int64'), tensor([1], [2], 'torch.int64')],
  ['inf is not -inf', tensor([1], ['inf']), tensor([1], ['-inf'])],
  ['another shape', tensor([1, 2], [1, 2]), tensor([2], [1, 2])],
  ['another dtype', tensor([1], [1], 'torch.float64'), tensor([1], [1])],
  [
    'a tuple for a list',
    { kind: 'list', type: 'tuple', items: [] },
    { kind: 'list', type: 'list', items: [] },
  ],
  ['an object of its own', { kind: 'other', type: 'X', text: 'X' }, { kind: 'other', type: 'X', text: 'X' }],
])('fails: %s', (_, got, expected) => {
  expect(judge([[gave(got)]], trust(gave(expected))).solved).toBe(false);
});

test('a wrong cell of a Jacobian is named by output and input', () => {
  const report = judge(
    [[gave(tensor([2, 2], [1, 0, 7, 1]))]],
    trust(gave(tensor([2, 2], [1, 0, 0, 1])), {}, true),
  );
  const [{ why, comparison }] = report.checks;
  expect(why).toBe(
    'The derivative of output 1 with respect to input 0 (row 1, column 0) is 7.0. Expected: 0.0.',
  );
  expect(comparison?.got.table?.columns).toEqual(['input 0', 'input 1']);
  expect(comparison?.got.table?.rows[1]).toEqual({
    name: 'output 1',
    cells: [
      { text: '7.0', differs: true },
      { text: '1.0', differs: false },
    ],
  });
});

test('rows of a tensor of three dimensions are named by their index', () => {
  const { checks } = judge(
    [[gave(tensor([2, 1, 2], [1, 2, 3, 4]))]],
    trust(gave(tensor([2, 1, 2], [1, 2, 3, 5]))),
  );
  expect(checks[0].comparison?.got.table?.rows.map(({ name }) => name)).toEqual(['[0, 0]', '[1, 0]']);
  expect(checks[0].why).toBe('The number at [1, 0, 1] is 4.0. Expected: 5.0.');
});

test('what is wrong is said in words', () => {
  const right = gave(tensor([2], [1, 2]));
  expect(whyNot(gave(tensor([2, 1], [1, 2])), right)).toBe('Its shape is (2, 1). Expected: (2,).');
  expect(whyNot(gave(tensor([2], [1, 2], 'torch.float64')), right)).toBe(
    'The numbers are right, but they are torch.float64. Expected: torch.float32.',
  );
  expect(whyNot(gave({ kind: 'plain', type: 'NoneType', text: 'None' }), right)).toBe(
    'It gives None, as a function does that ends without `return`, and `.grad` where no gradient has come. Expected: a torch.float32 tensor of shape (2,).',
  );
  expect(whyNot(did({ missing: 'f', calls: [] }), right)).toBe('The program has no f.');
});

test('the mistake that the answer behaves like is recognised, the one most like it first', () => {
  const warned = { ...gave(tensor([1], [0])), warnings: ['UserWarning: careful'] };
  const silent = gave(tensor([1], [0]));
  const trusted = trust(gave(tensor([1], [1])), { 'warned.py': warned, 'silent.py': silent });
  expect(judge([[silent]], trusted).mistake).toBe('silent.py');
  expect(judge([[warned]], trusted).mistake).toBe('warned.py');
  const otherwise = { ...silent, warnings: ['UserWarning: something else'] };
  expect(judge([[otherwise]], trusted).mistake).toBe('warned.py');
  expect(judge([[gave(tensor([1], [5]))]], trusted).mistake).toBeUndefined();
});

test('of mistakes that give the same, the graph behind the value tells', () => {
  const by = (node: string) => gave({ ...tensor([1], [0]), requiresGrad: true, graph: [node] });
  const trusted = trust(gave(tensor([1], [1])), {
    'added.py': by('AddBackward0'),
    'times.py': by('MulBackward0'),
  });
  expect(judge([[by('MulBackward0')]], trusted).mistake).toBe('times.py');
});

const raised = (message: string) => ({ type: 'RuntimeError', message, traceback: '', line: 9 });

test('a program that breaks down in a line of its own is told so, and its mistake from what its functions do', () => {
  const trusted = trust(gave(tensor([1], [1])), {
    'zero.py': gave(tensor([1], [0])),
    'raises.py': did({ error: raised('in the function') }),
  });
  const zero = judge(
    [[{ ...gave(tensor([1], [0])), startError: raised('in a line that tries it') }]],
    trusted,
  );
  expect(zero.mistake).toBe('zero.py');
  expect(zero.checks[0].why).toBe('The program raises RuntimeError, on line 9, while it starts.');
  const right = judge(
    [[{ ...gave(tensor([1], [1])), startError: raised('in a line that tries it') }]],
    trusted,
  );
  expect(right.solved).toBe(false);
  expect(right.checks[0].why).toContain('What this check asks for comes out right.');
});

test('who prints the right value has made no other mistake than that', () => {
  const none: Value = { kind: 'plain', type: 'NoneType', text: 'None' };
  const trusted = trust(gave(tensor([1], [1])), { 'none.py': gave(none) });
  expect(judge([[gave(none)]], trusted).mistake).toBe('none.py');
  const printing = judge([[{ ...gave(none), saidMeanwhile: 'tensor(1)\n' }]], trusted);
  expect(printing.mistake).toBeUndefined();
  expect(printing.checks[0].why).toContain('It prints the right value and gives back None');
});

test('a name that is missing is held against those that are there', () => {
  const answer = did({ missing: 'slopes', defined: ['slope', 'help'] });
  expect(whyNot(answer, gave(tensor([], [1])))).toBe('The program has no slopes; it defines slope, help.');
});

test('an answer that does not come to its end has not passed', () => {
  const report = judge([], trust(gave(tensor([1], [1]))));
  expect(report.solved).toBe(false);
  expect(report.checks[0].why).toBe('The check did not come to its end.');
});
