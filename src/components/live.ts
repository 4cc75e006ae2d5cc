const answers = () => import('./answers.ts');

/** The elements that do something, and the code that lets them. Fetched at the reader's first sign of life, not before. */
const modules: Record<string, () => Promise<unknown>> = {
  'dxdx-exercise': answers,
  'dxdx-progress': () => import('../progress/progress-element.ts'),
  'dxdx-predict': answers,
  'dxdx-question': answers,
  // What it will ask for next is asked for with it.
  'dxdx-run': () => Promise.all([import('../editor/run-element.ts'), import('../runtime/client.ts')]),
  'dxdx-solved': () => import('./solved.ts'),
};

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'scroll'];

let awake = false;

/** Fetches the code of all elements on this page. An element that is defined stays so on the pages that follow. */
function wake(): Promise<unknown> {
  awake = true;
  for (const sign of signs) removeEventListener(sign, wake, true);
  const asleep = Object.keys(modules).filter((tag) => document.querySelector(`${tag}:not(:defined)`));
  return Promise.all(asleep.map((tag) => modules[tag]()));
}

/** A click that comes before the code is there waits for it. */
function keepClick(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const host = target.closest(Object.keys(modules).join());
  if (!host || host.matches(':defined') || target.closest('a, summary')) return;
  event.preventDefault();
  event.stopPropagation();
  wake().then(() => target.click());
}

/** Someone who has solved or written something sees it at once. */
function hasProgress(): boolean {
  try {
    return Object.keys(localStorage).some((key) => /^dxdx:1:(exercise|draft):/.test(key));
  } catch {
    return false;
  }
}

for (const sign of signs) addEventListener(sign, wake, true);
addEventListener('click', keepClick, true);
document.addEventListener('astro:page-load', () => {
  // A page about progress is there to show it.
  if (awake || hasProgress() || document.querySelector('dxdx-progress')) wake();
});
