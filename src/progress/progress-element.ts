import { element } from '../grading/dom.ts';
import { type ExerciseMaterial, fetchMaterial } from '../grading/material.ts';
import {
  addProgress,
  exerciseRecord,
  exerciseState,
  loaded,
  onExerciseChange,
  progress,
} from './exercises.ts';
import { type LookBack, nextLookBack, optionsFor } from './look-back.ts';
import { ForeignFile, readProgressFile, writeProgressFile } from './progress-file.ts';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The list of exercises, filled in with what the reader has done; the way of it to a file and back. */
class ProgressElement extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    for (const part of this.querySelectorAll<HTMLElement>('.needs-script')) part.hidden = false;
    this.#showAll();
    this.#stop = onExerciseChange((key) => this.#show(key));
    if (this.hasAttribute('data-live')) return;
    this.setAttribute('data-live', '');
    this.#part('[data-does="ask"]').addEventListener('click', () => void this.#ask());
    this.#part('[data-does="save"]').addEventListener('click', () => this.#save());
    const input = this.#part<HTMLInputElement>('input[type="file"]');
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file) void this.#add(file);
      input.value = ''; // so that the same file can be chosen again
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  #showAll(): void {
    for (const { dataset } of this.#items()) this.#show(dataset.key ?? '');
  }

  #show(key: string): void {
    const item = this.#items().find(({ dataset }) => dataset.key === key);
    const shown = item?.querySelector<HTMLElement>('.state');
    if (!item || !shown) return;
    const state = exerciseState(key);
    const record = exerciseRecord(key);
    const words = { new: 'not started', tried: 'tried', solved: '✓ solved' }[state];
    const when = record ? `, ${DAY.format(record.when)}` : '';
    const changed =
      record && record.version !== item.dataset.version ? '; the exercise has changed since' : '';
    shown.textContent = words + when + changed;
    shown.dataset.state = state;
  }

  #save(): void {
    const now = new Date();
    const file = new Blob([writeProgressFile(progress(), now)], { type: 'application/json' });
    const link = element('a', '');
    link.href = URL.createObjectURL(file);
    link.download = `dxdx-progress-${now.toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href)); // when the browser has begun to read it
    this.#tell(`Saved as ${link.download}.`);
  }

  async #add(file: File): Promise<void> {
    try {
      const added = readProgressFile(await file.text());
      await addProgress(added);
      const count = Object.keys(added).length;
      this.#tell(`Added what the file knows of ${count === 1 ? 'one exercise' : `${count} exercises`}.`);
    } catch (error) {
      if (!(error instanceof ForeignFile)) throw error;
      this.#tell(`${error.message} Nothing was changed.`);
    }
  }

  async #ask(): Promise<void> {
    await loaded;
    const place = this.#part('.question');
    const next = nextLookBack(progress(), Date.now());
    if (next === null) {
      place.replaceChildren(
        element('p', '', 'There is nothing to ask: no mistake of yours is more than two days old.'),
      );
      return;
    }
    const item = this.#items().find(({ dataset }) => dataset.key === next.key);
    try {
      const material = await fetchMaterial(item?.dataset.material ?? '');
      place.replaceChildren(...this.#question(next, material, item?.querySelector('a') ?? null));
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      place.replaceChildren(element('p', '', `The question could not be loaded (${why}). Try again.`));
    }
  }

  #question(asked: LookBack, material: ExerciseMaterial, link: HTMLAnchorElement | null): HTMLElement[] {
    const { program } = material.mistakes[asked.mistake] ?? { program: '' };
    if (program === '') return [element('p', '', 'The exercise of that mistake has changed. Ask again.')];
    const code = element('pre', '', program);
    code.tabIndex = 0;
    const verdict = element('p', '');
    verdict.setAttribute('role', 'status');
    const choices = element('fieldset', '', element('legend', '', 'What is wrong with it?'));
    for (const name of optionsFor(material, asked.mistake)) {
      const radio = Object.assign(element('input', ''), { type: 'radio', name: 'look-back', value: name });
      const words = element('span', '');
      words.innerHTML = material.mistakes[name].message; // of this site, made when it was built
      choices.append(element('label', '', radio, words));
    }
    choices.addEventListener('change', ({ target }) => {
      const right = (target as HTMLInputElement).value === asked.mistake;
      verdict.textContent = right
        ? 'Yes. You would see it now.'
        : 'That belongs to another program. Read the lines once more, and choose again.';
      if (right) this.#noteReview(asked.key);
    });
    const head = element('p', '', 'Some days ago an answer of yours to ');
    if (link) head.append(link.cloneNode(true));
    head.append(' did what this program does:');
    return [head, code, choices, verdict];
  }

  #noteReview(key: string): void {
    const record = exerciseRecord(key);
    if (record) void addProgress({ [key]: { ...record, reviewed: Date.now() } });
  }

  #tell(words: string): void {
    this.#part('.file-news').textContent = words;
  }

  #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('li[data-key]')];
  }

  #part<Part extends HTMLElement = HTMLElement>(selector: string): Part {
    const found = this.querySelector<Part>(selector);
    if (!found) throw new Error(`<dxdx-progress> without ${selector}`);
    return found;
  }
}

customElements.define('dxdx-progress', ProgressElement);
