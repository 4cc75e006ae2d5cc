import { describe, expect, test } from 'vitest';
import { cameTrue, difference, samePrediction } from './prediction.ts';

const prints = (stdout: string) => ({ stdout: `${stdout}\n` });
const raises = (type: string, message: string) => ({
  stdout: '',
  error: { type, message, traceback: '', line: 1 },
});

describe.each([
  [
    'tensor([1., 2.])',
    ['tensor([1., 2.])', 'tensor([1, 2])', '[1, 2]', '1 2', '1, 2', 'torch.tensor([ 1.0,2.0 ])'],
  ],
  ['tensor(0.3333)', ['0.3333', '1/3', '0.33', '.333', 'tensor(0.333333)', '3.333e-1']],
  ['tensor([[1., 0.],\n        [0., 1.]])', ['[[1,0],[0,1]]', 'tensor([[1 0] [0 1]])', '[1 0] [0 1]']],
  ['(tensor([1., 1.]),)', ['(tensor([1., 1.]),)', 'tensor([1., 1.])', '[1, 1]']],
  ['tensor([1., 1.])\nNone', ['tensor([1., 1.]) None', '[1, 1] and none', 'tensor([1., 1.]); None']],
  ['tensor(3., grad_fn=<SumBackward0>)', ['3', 'tensor(3.)', 'tensor(3., grad_fn=<SumBackward0>)']],
  [
    'tensor([2, 4])',
    ['tensor([2, 4])', '[2., 4.]', 'tensor([2, 4], dtype=torch.int64)'.replace(', dtype=torch.int64', '')],
  ],
  ['True', ['True', 'true']],
  ['nan', ['nan']],
  ['torch.Size([2, 3])', ['torch.Size([2, 3])', "'torch.Size([2, 3])'"]],
])('%s', (printed, answers) => {
  test.each(answers)('is what %s says', (answer) => {
    expect(cameTrue(answer, prints(printed))).toBe(true);
  });
});

describe.each([
  [
    'tensor([1., 2.])',
    ['tensor([2., 1.])', '[1, 2, 3]', '[[1, 2]]', '1', '', 'None', 'RuntimeError', 'tensor([1., 2.'],
  ],
  ['tensor(0.3333)', ['0.3', '0.34', '3', 'tensor([0.3333])', '1/0']],
  ['3.0', ['tensor(3.)', '3.1', 'three']],
  [
    'tensor(3., grad_fn=<SumBackward0>)',
    ['tensor(3., requires_grad=True)', 'tensor(3., grad_fn=<MulBackward0>)'],
  ],
  ['tensor([1., 1.])\nNone', ['tensor([1., 1.])', 'None tensor([1., 1.])']],
  ['tensor(13.4000)', ['13']],
  ['True', ['False', '1', 'yes']],
])('%s', (printed, answers) => {
  test.each(answers)('is not what “%s” says', (answer) => {
    expect(cameTrue(answer, prints(printed))).toBe(false);
  });
});

describe('an error', () => {
  const message = 'grad can be implicitly created only for scalar outputs';
  const ran = raises('RuntimeError', message);

  test.each([
    'RuntimeError',
    'a runtime error',
    'it raises RuntimeError',
    `RuntimeError: ${message}`,
    'only for scalar outputs',
    '“grad can be implicitly created…”',
  ])('is named by: %s', (answer) => expect(cameTrue(answer, ran)).toBe(true));

  test.each(['an error', 'it fails', 'ValueError', 'RuntimeError or ValueError', 'grad', 'tensor([1.])', ''])(
    'is not named by: %s',
    (answer) => expect(cameTrue(answer, ran)).toBe(false),
  );
});

test('predictions say the same when they mean the same', () => {
  expect(samePrediction('[1, 1]', 'tensor([1., 1.])')).toBe(true);
  expect(samePrediction('it raises an error', 'RuntimeError')).toBe(true);
  expect(samePrediction('it fails', 'RuntimeError')).toBe(true);
  expect(samePrediction('ValueError', 'RuntimeError')).toBe(false);
  expect(samePrediction('none', 'None')).toBe(true);
  expect(samePrediction('[1, 2]', 'tensor([1., 1.])')).toBe(false);
});

test('what differs is said in a sentence', () => {
  const matrix = prints('tensor([[1., 0.],\n        [0., 1.]])');
  expect(difference('[1, 1]', matrix)).toBe('What it prints is of shape (2, 2); yours is a row of 2.');
  expect(difference('[[1, 0], [1, 1]]', matrix)).toBe('The shape is right, and so are 3 of its 4 numbers.');
  expect(difference('RuntimeError', matrix)).toBe('Nothing is raised: the program runs to its end.');
  expect(difference('ones', matrix)).toMatch(/^Write it as Python would print it/);
  expect(difference('[1]', raises('ValueError', 'no'))).toMatch(/it ends with an error/);
  expect(difference('1', prints('1\n2'))).toBe('It prints 2 values, one after the other; yours are 1.');
});
