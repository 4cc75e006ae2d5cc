/**
 * What a reader has not earned shows on asking twice.
 *
 * `question` is said at the first press, `isEarned` tells whether it may show at once.
 */
export function askTwice(details: HTMLDetailsElement, question: string, isEarned: () => boolean): void {
  const summary = details.querySelector('summary');
  const words = summary?.textContent ?? '';
  let asked = false;
  summary?.addEventListener('click', (event) => {
    if (details.open || asked || isEarned()) {
      summary.textContent = words;
      return;
    }
    event.preventDefault();
    asked = true;
    summary.textContent = question;
  });
}
