import { expect, test } from 'vitest';
import { indentationAfter } from './indentation.ts';

test('a new line starts below the one before', () => {
  expect(indentationAfter('x = 1')).toBe('');
  expect(indentationAfter('def f():\n    x = 1')).toBe('    ');
});

test('a block opens after a colon, also when a comment follows it', () => {
  expect(indentationAfter('def f():')).toBe('    ');
  expect(indentationAfter('    for i in x:  # rows')).toBe('        ');
});

test('a block closes after the statement that leaves it', () => {
  expect(indentationAfter('def f():\n    return 1')).toBe('');
  expect(indentationAfter('        pass')).toBe('    ');
  expect(indentationAfter('    returned = 1')).toBe('    ');
});
