import { expect, test } from 'vitest';
import { differingLines } from './line-difference.ts';

test.each<[string, string, string, [number[], number[]]]>([
  ['the same program', 'a\nb', 'a  \nb', [[], []]],
  ['a changed line', 'a\nb\nc', 'a\nx\nc', [[1], [1]]],
  ['a line too few', 'a\nc', 'a\nb\nc', [[], [1]]],
  ['a line that moved', 'b\na\nc', 'a\nb\nc', [[0], [1]]],
  ['nothing in common', 'a', 'b\nc', [[0], [0, 1]]],
  ['empty lines, which say nothing', 'a\n\n\nb', 'a\nb', [[], []]],
])('%s', (_, one, other, marked) => {
  expect(differingLines(one, other)).toEqual(marked);
});
