import { expect, test } from 'vitest';
import { styledLetters } from './styled-letters.mjs';

test.each([
  ['v1', 'bold', '𝐯𝟏'],
  ['J', 'bold-italic', '𝑱'],
  ['R', 'double-struck', 'ℝ'],
  ['L', 'script', 'ℒ'],
])('%s in %s is %s', (text, style, expected) => {
  expect(styledLetters(text, style)).toBe(expected);
});

test('what has no letters in Unicode is left alone', () => {
  expect(styledLetters('+', 'bold')).toBeUndefined();
  expect(styledLetters('3', 'bold-italic')).toBeUndefined();
  expect(styledLetters('x', 'monospace')).toBeUndefined();
});
