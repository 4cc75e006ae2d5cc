/** First code points of A, a, 0 in each style of Unicode's mathematical letters. */
const styles = {
  bold: { A: 0x1d400, a: 0x1d41a, 0: 0x1d7ce },
  'bold-italic': { A: 0x1d468, a: 0x1d482 },
  'double-struck': { A: 0x1d538, a: 0x1d552, 0: 0x1d7d8 },
  script: { A: 0x1d49c, a: 0x1d4b6 },
};

/** Letters that had a place in Unicode before their alphabet came. */
const elsewhere = {
  'double-struck': { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
  script: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
};

/** The text in a style, or undefined where Unicode has no such letters. */
export function styledLetters(text, style) {
  const starts = styles[style];
  if (!starts) return undefined;
  const letters = [...text].map((letter) => elsewhere[style]?.[letter] ?? shifted(letter, starts));
  return letters.includes(undefined) ? undefined : letters.join('');
}

function shifted(letter, starts) {
  const first = /[A-Z]/.test(letter)
    ? 'A'
    : /[a-z]/.test(letter)
      ? 'a'
      : /[0-9]/.test(letter)
        ? '0'
        : undefined;
  if (first === undefined || starts[first] === undefined) return undefined;
  return String.fromCodePoint(starts[first] + letter.charCodeAt(0) - first.charCodeAt(0));
}
