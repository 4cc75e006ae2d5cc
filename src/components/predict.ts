let groups = 0;

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

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
    this.#offerChoices();
    this.addEventListener('input', () => {
      const button = form.querySelector('button');
      if (button) button.disabled = this.#chosen() === '';
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#commit(details);
    });
  }

  #offerChoices(): void {
    const name = `prediction-${groups++}`;
    for (const [i, choice] of this.querySelectorAll('.option-choice').entries()) {
      const label = document.createElement('label');
      label.className = choice.className;
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name, value: `${i}` });
      radio.className = 'visually-hidden';
      label.append(radio, ...choice.childNodes);
      choice.replaceWith(label);
    }
  }

  #chosen(): string {
    const picked = this.querySelector<HTMLInputElement>(':checked, .predict-input');
    return words(picked?.value ?? '');
  }

  #commit(details: HTMLDetailsElement): void {
    const right =
      this.dataset.answer === undefined
        ? this.querySelector('[data-correct] :checked') !== null
        : words(this.dataset.answer) === this.#chosen();
    details.open = true;
    this.setAttribute('data-committed', '');
    for (const control of this.querySelectorAll<HTMLInputElement>(
      '.options input, .predict-commit :is(input, button)',
    )) {
      control.disabled = true;
    }
    const verdict = this.querySelector<HTMLElement>('.predict-verdict');
    if (!verdict) return;
    verdict.dataset.right = `${right}`;
    verdict.textContent = right ? 'You saw it coming.' : 'Not this time.';
  }
}

customElements.define('dxdx-predict', Predict);
