import type { InterpreterHost } from './interpreter-host.ts';

/** A page that is out of sight for so long rests, and so does one whose reader shows no sign of life for longer. */
const UNSEEN = 60_000;
const UNTOUCHED = 300_000;
const LOOK_EVERY = 15_000;

/** Lets interpreters go (100 MB each) while nobody is there to use them, and has one ready when somebody is back. */
export function restsWhenUnseen(host: InterpreterHost, onQuiet: () => void): void {
  let since = performance.now();
  let resting = false;
  const stir = (): void => {
    since = performance.now();
    if (resting && document.visibilityState === 'visible') {
      resting = false;
      host.preload();
    }
  };
  for (const sign of ['pointerdown', 'pointermove', 'keydown', 'scroll'])
    addEventListener(sign, stir, { capture: true, passive: true });
  document.addEventListener('visibilitychange', stir);
  setInterval(() => {
    if (!host.isIdle) {
      since = performance.now();
      return;
    }
    onQuiet();
    const patience = document.visibilityState === 'hidden' ? UNSEEN : UNTOUCHED;
    if (!resting && performance.now() - since > patience) {
      resting = true;
      host.rest();
    }
  }, LOOK_EVERY);
}
