import { askTwice } from '../grading/ask-twice.ts';
import { element, heard } from '../grading/dom.ts';
import { rememberSeen } from '../grading/hints.ts';
import { fetchMaterial } from '../grading/material.ts';
import { checksView, verdictView } from '../grading/result-view.ts';
import { draft, saveDraft } from '../progress/drafts.ts';
import {
  exerciseRecord,
  exerciseState,
  loaded,
  markExercise,
  onExerciseChange,
} from '../progress/exercises.ts';
import { showState } from '../progress/state-view.ts';
import type { Control, Question, Verdict } from './kind.ts';
import { isQuestion, kindOf } from './kinds.ts';
import { pageWorld } from './page-world.ts';
import type { KindName } from './schema.ts';

const ASK = 'Show the answer: you have not given one yet. Press once more to see it all the same.';

/** An exercise that is answered by other means than an editor; how, its kind knows. */
class QuestionElement extends HTMLElement {
  #kind: Question | undefined;
  #control: Control | undefined;
  #facts: Promise<unknown> | undefined;
  /** The answer that the verdict on the page is about. */
  #checked: string | undefined;
  #isChecking = false;
  #forget: (() => void) | undefined;

  connectedCallback(): void {
    this.#showState();
    this.#forget = onExerciseChange((key) => {
      if (key === this.#key) this.#showState();
    });
    const kind = kindOf({ kind: this.dataset.kind as KindName });
    if (this.hasAttribute('data-live') || !isQuestion(kind)) return;
    this.setAttribute('data-live', '');
    this.#kind = kind;
    this.#control = kind.control(this, () => this.#changed());
    this.#part('form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#check();
    });
    this.addEventListener('focusin', () => void this.#loadFacts().catch(() => {})); // Check says what is wrong
    const hints = [...this.querySelectorAll<HTMLDetailsElement>('.hint')];
    const { allSeen } = rememberSeen(hints);
    askTwice(this.#reveal, ASK, () => exerciseState(this.#key) !== 'new' || (hints.length > 0 && allSeen()));
    void this.#bringBack();
  }

  disconnectedCallback(): void {
    this.#forget?.();
  }

  /** What was typed, chosen or moved in an earlier visit. */
  async #bringBack(): Promise<void> {
    await loaded;
    const earlier = draft(this.#key) ?? exerciseRecord(this.#key)?.answer;
    if (earlier !== undefined) this.#control?.put(earlier);
    this.#refreshButton();
  }

  #changed(): void {
    const answer = this.#control?.answer() ?? '';
    saveDraft(this.#key, answer);
    this.#refreshButton();
    if (this.#checked !== undefined && this.#checked !== answer) this.#clear();
  }

  async #check(): Promise<void> {
    const answer = this.#control?.answer() ?? '';
    if (answer === '' || this.#isChecking || !this.#kind) return;
    this.#isChecking = true;
    try {
      const facts = await this.#loadFacts();
      const world = pageWorld((words) => this.#say(words));
      const verdict = await this.#kind.judge(answer, facts, world);
      this.#note(verdict, answer);
      if (this.isConnected) this.#show(verdict, answer);
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      this.#clear();
      this.#verdict.replaceChildren(
        element('p', 'verdict', `It could not be checked (${why}). Try Check again.`),
      );
    } finally {
      this.#isChecking = false;
      this.#say('');
    }
  }

  #loadFacts(): Promise<unknown> {
    this.#facts ??= fetchMaterial<unknown>(this.dataset.material ?? '').catch((error) => {
      this.#facts = undefined;
      throw error;
    });
    return this.#facts;
  }

  #show(verdict: Verdict, answer: string): void {
    this.#clear();
    this.#checked = answer;
    const { report, reason, solved } = verdict;
    const remarks = this.#remarksOn(verdict);
    this.#verdict.replaceChildren(
      ...(report ? verdictView(report, undefined) : [verdictLine(verdict)]),
      ...(reason ? [element('div', 'recognised', reason)] : remarks),
    );
    if (report) this.#part('.exercise-checks').replaceChildren(...checksView(report));
    this.#control?.mark?.(verdict);
    if (solved) this.#reveal.open = true;
  }

  /** The author's sentences on this answer. Those that show beside what was chosen are here only heard. */
  #remarksOn({ remarks, solved }: Verdict): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-remark]')]
      .filter(({ dataset }) => remarks.includes(dataset.remark ?? ''))
      .map((remark) => {
        const beside = remark.querySelector('.option-why');
        if (beside) return heard(beside.textContent ?? '');
        const box = element('div', solved ? 'recognised recognised-right' : 'recognised');
        box.innerHTML = remark.innerHTML; // of this site, made when it was built
        return box;
      });
  }

  #clear(): void {
    this.#checked = undefined;
    this.#verdict.replaceChildren();
    this.#part('.exercise-checks').replaceChildren();
    this.#control?.mark?.({ solved: false, sentence: '', remarks: [] });
  }

  #note({ solved, remarks, report }: Verdict, answer: string): void {
    const when = Date.now();
    markExercise(this.#key, {
      state: solved ? 'solved' : 'tried',
      answer,
      when,
      version: this.dataset.version ?? '',
      // Only a program can be shown again, to be recognised.
      mistakes: report ? remarks.map((name) => ({ name, when })) : [],
    });
  }

  #refreshButton(): void {
    const button = this.querySelector<HTMLButtonElement>('.check-button');
    if (button) button.disabled = this.#control?.answer() === '';
  }

  #say(words: string): void {
    this.#part('.question-bar .run-status').textContent = words;
  }

  #showState(): void {
    showState(this.#part('.exercise-state'), this.#key, this.dataset.version);
  }

  get #key(): string {
    return this.dataset.key ?? '';
  }

  get #verdict(): HTMLElement {
    return this.#part('.exercise-verdict');
  }

  get #reveal(): HTMLDetailsElement {
    return this.#part<HTMLDetailsElement>('.reveal');
  }

  #part<Part extends HTMLElement = HTMLElement>(selector: string): Part {
    const found = this.querySelector<Part>(selector);
    if (!found) throw new Error(`<dxdx-question> without ${selector}`);
    return found;
  }
}

function verdictLine({ sentence, solved }: Verdict): HTMLElement {
  const line = element('p', 'verdict', sentence);
  line.dataset.solved = `${solved}`;
  return line;
}

customElements.define('dxdx-question', QuestionElement);
