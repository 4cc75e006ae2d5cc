import { offerChoices } from './choices.ts';

/**
 * A question to answer before the output may be seen. The answer is in the page already, inside a <details>, for
 * readers without scripts; here the options become radio buttons, and committing to one opens it.
 */
export class Predict extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const details = this.querySelector('details');
    if (!form || !details || this.hasAttribute('data-live')) return;
    this.setAttribute('data-live', '');
    const radios = offerChoices(this, 'radio');
    const button = form.querySelector('button');
    this.addEventListener('change', () => {
      if (button) button.disabled = !radios.some(({ checked }) => checked);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      details.open = true;
      for (const radio of radios) radio.disabled = true;
      if (button) button.disabled = true;
      this.#commit();
    });
  }

  #commit(): void {
    this.setAttribute('data-committed', '');
    const right = this.querySelector('[data-correct] :checked') !== null;
    const verdict = this.querySelector<HTMLElement>('.predict-verdict');
    if (!verdict) return;
    verdict.dataset.right = `${right}`;
    verdict.textContent = right ? 'You saw it coming.' : 'Not this time.';
  }
}

customElements.define('dxdx-predict', Predict);
