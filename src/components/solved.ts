import { exerciseState, onExerciseChange } from '../progress/exercises.ts';

/** Says how many of a lesson's exercises the reader has solved; nothing before the first. */
export class Solved extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#show();
    this.#stop = onExerciseChange(() => this.#show());
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  #show(): void {
    const keys = (this.dataset.exercises ?? '').split(' ');
    const solved = keys.filter((key) => exerciseState(key) === 'solved').length;
    if (solved === keys.length) this.textContent = '✓ solved';
    else if (solved > 0) this.textContent = `${solved} of ${keys.length} solved`;
  }
}

customElements.define('dxdx-solved', Solved);
