/**
 * Remembers which hints have been opened: the next one shows from then on (see exercise.css), also when it is closed
 * again. Says whether all have been.
 */
export function rememberSeen(hints: readonly HTMLDetailsElement[]): { allSeen(): boolean } {
  const note = (hint: HTMLDetailsElement): void => {
    if (hint.open) hint.dataset.seen = '';
  };
  for (const hint of hints) {
    note(hint);
    hint.addEventListener('toggle', () => note(hint));
  }
  return { allSeen: () => hints.every((hint) => 'seen' in hint.dataset) };
}
