/** Shows hints one at a time: the next one when the one before has been opened. Says when all have been. */
export function showOneByOne(hints: readonly HTMLDetailsElement[]): { allSeen(): boolean } {
  const seen = new Set<HTMLDetailsElement>();
  for (const [i, hint] of hints.entries()) {
    hint.hidden = i > 0;
    hint.addEventListener('toggle', () => {
      if (!hint.open) return;
      seen.add(hint);
      const next = hints.at(i + 1);
      if (next) next.hidden = false;
    });
  }
  return { allSeen: () => seen.size === hints.length };
}
