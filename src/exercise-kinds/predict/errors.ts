// Errors, as people name them: by their class, by some words of their message, or only as "an error".

const NAMED = /\b(\w*(?:error|exception))\b/gi;
/** Fewer letters could stand in any message. */
const SHORTEST_FRAGMENT = 8;

/** Whether somebody says that it raises something. */
export const saysError = (text: string): boolean =>
  /\b\w*(?:error|exception|raises?|fails?|crash\w*)\b/i.test(text);

/** Whether an answer names this error and no other: its class, or a part of its message. */
export function namesError(answer: string, error: { type: string; message: string }): boolean {
  const classes = namedClasses(answer);
  if (classes.length > 0) return classes.every((name) => name === error.type.toLowerCase());
  const words = plain(answer);
  return words.length >= SHORTEST_FRAGMENT && plain(error.message).includes(words);
}

/** Whether two answers may mean the same error: one that names no class means any. */
export const sameError = (one: string, other: string): boolean =>
  namedClasses(one).every((name) => namedClasses(other).includes(name));

/** `runtime error` is a RuntimeError; `an error` names no class. */
function namedClasses(answer: string): string[] {
  const joined = answer.replace(/\b(\w+) (error)\b/gi, (whole, word: string, end: string) =>
    /^(?:an?|the|some|this|that|another|no)$/i.test(word) ? whole : word + end,
  );
  return [...joined.matchAll(NAMED)]
    .map(([, name]) => name.toLowerCase())
    .filter((name) => name !== 'error' && name !== 'exception');
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[“”‘’'"`]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[.…\s]+$/, '')
    .trim();
