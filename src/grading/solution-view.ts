import { element } from './dom.ts';

interface Programs {
  answer(): string;
  starter(): string;
  /** Whether the reader has earned the solution; others are asked once more. */
  mayShow(): boolean;
}

const ASK = 'Show the solution: you have not checked an answer yet. Press once more to see it all the same.';

/**
 * Answer and starter beside the solution, as copies: nothing here changes what the reader wrote.
 *
 * Returns how to bring the copy of the answer up to date.
 */
export function showBeside(solution: HTMLDetailsElement, programs: Programs): () => void {
  const answer = codeView('Your answer', 'Here is nothing yet.');
  const starter = codeView('The starter', '');
  const views = solution.querySelector('.views');
  views?.prepend(answer.figure);
  views?.append(starter.figure);
  const refresh = (): void => {
    if (!solution.open) return;
    answer.code.textContent = programs.answer();
    starter.code.textContent = programs.starter();
  };
  solution.addEventListener('toggle', refresh);

  const summary = solution.querySelector('summary');
  const words = summary?.textContent ?? '';
  let asked = false;
  summary?.addEventListener('click', (event) => {
    if (solution.open || asked || programs.mayShow()) {
      summary.textContent = words;
      return;
    }
    event.preventDefault();
    asked = true;
    summary.textContent = ASK;
  });
  return refresh;
}

function codeView(title: string, text: string): { figure: HTMLElement; code: HTMLElement } {
  const code = element('code', 'plain-code', text);
  code.tabIndex = 0;
  return { figure: element('figure', 'view', element('figcaption', '', title), code), code };
}
