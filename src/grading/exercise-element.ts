import type { RunElement } from '../editor/run-element.ts';
import { exerciseRecord, exerciseState, markExercise, onExerciseChange } from '../progress/exercises.ts';
import { showState } from '../progress/state-view.ts';
import type { GradeHandle, Limits, RunState } from '../runtime/client.ts';
import { element } from './dom.ts';
import { CutShort, Grader, type Watch } from './grader.ts';
import { rememberSeen } from './hints.ts';
import { ANSWER } from './judge.ts';
import { keptAnswerView } from './kept-answer-view.ts';
import { type ExerciseMaterial, fetchMaterial } from './material.ts';
import type { Report } from './report.ts';
import { checksView, verdictView } from './result-view.ts';
import { showBeside } from './solution-view.ts';

/** The reader has stopped the checks. */
class Interrupted extends Error {}

const stateWords: Record<RunState, string> = {
  queued: 'Waiting for the program before it',
  loading: 'Starting Python…',
  running: 'Checking…',
  stopping: 'Stopping…',
  done: '',
};

/** Checks take milliseconds; an answer that loops should not keep its author waiting. */
const CHECK_LIMITS: Limits = { milliseconds: 10_000 };

interface Exercise {
  material: ExerciseMaterial;
  grader: Grader;
}

/** An exercise: the reader's program with its checks, hints and solution. */
class ExerciseElement extends HTMLElement {
  #exercise: Promise<Exercise> | undefined;
  /** The checks that are under way; undefined when none is. */
  #handles: Set<GradeHandle> | undefined;
  #stopped = false;
  /** The answer that is being checked. */
  #checking = '';
  /** The answer that the result on the page is about. */
  #checked: string | undefined;
  #forget: (() => void) | undefined;

  connectedCallback(): void {
    this.#showState();
    this.#forget = onExerciseChange((key) => {
      if (key !== this.#key) return;
      this.#showState();
      this.#offerKept();
    });
    if (this.hasAttribute('data-live')) return;
    this.setAttribute('data-live', '');
    this.#button.addEventListener('click', () => this.#toggle());
    this.addEventListener('keydown', (event) => this.#onKey(event), true);
    const hints = rememberSeen([...this.querySelectorAll<HTMLDetailsElement>('.hint')]);
    const refresh = showBeside(this.#part<HTMLDetailsElement>('.solution'), {
      answer: () => this.#run.getCode(),
      starter: () => this.#run.source,
      mayShow: () => exerciseState(this.#key) !== 'new' || hints.allSeen(),
    });
    void customElements.whenDefined('dxdx-run').then(() => this.#offerKept());
    this.addEventListener('dxdx:change', () => {
      refresh();
      this.#offerKept();
      this.#noteChange();
    });
  }

  disconnectedCallback(): void {
    this.#forget?.();
    this.#stop();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#toggle();
  }

  #toggle(): void {
    if (this.#handles) this.#stop();
    else void this.#check();
  }

  #stop(): void {
    this.#stopped = true;
    for (const { stop } of this.#handles ?? []) stop();
  }

  async #check(): Promise<void> {
    this.#handles = new Set();
    this.#stopped = false;
    this.#button.textContent = 'Stop';
    try {
      await customElements.whenDefined('dxdx-run');
      this.#run.say(stateWords.loading);
      const answer = this.#run.getCode();
      const { material, grader } = await this.#load();
      this.#checking = answer;
      const report = await grader.grade(answer, this.#watch);
      this.#show(report, answer, material);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#handles = undefined;
      this.#button.textContent = 'Check';
      this.#run.say('');
    }
  }

  #load(): Promise<Exercise> {
    this.#exercise ??= fetchMaterial(this.dataset.material ?? '').then(
      (material) => ({ material, grader: new Grader(withoutMessages(material)) }),
      (error) => {
        this.#exercise = undefined;
        throw error;
      },
    );
    return this.#exercise;
  }

  readonly #watch: Watch = async (request, sentence) => {
    const { runtime } = await import('../runtime/client.ts');
    if (this.#stopped) throw new Interrupted('Stopped: nothing was judged.');
    const handle = runtime().grade(
      request,
      {
        onState: (state) => {
          const words = state === 'running' && sentence ? `Checking: ${sentence}…` : stateWords[state];
          if (words) this.#run.say(words);
        },
      },
      ANSWER in request.programs ? CHECK_LIMITS : undefined,
    );
    this.#handles?.add(handle);
    const { status, report, message } = await handle.done;
    this.#handles?.delete(handle);
    if (report) return report;
    if (status === 'stopped') throw new Interrupted('Stopped: nothing was judged.');
    throw new CutShort(`The check came to no end. ${message ?? ''}`.trim());
  };

  #show(report: Report, answer: string, { mistakes }: ExerciseMaterial): void {
    this.#note(report.solved ? 'solved' : 'tried', report.mistake);
    if (!this.isConnected) return;
    const message = report.mistake === undefined ? undefined : mistakes[report.mistake].message;
    this.#part('.exercise-verdict').replaceChildren(...verdictView(report, message));
    this.#part('.exercise-checks').replaceChildren(...checksView(report));
    this.#checked = answer;
    this.#noteChange();
    const error = report.checks.find((check) => check.error)?.error;
    this.#run.clearMarks();
    if (error?.line && answer === this.#run.getCode())
      this.#run.markError(error.line, `${error.type}: ${error.message}`);
  }

  #note(state: 'tried' | 'solved', mistake?: string): void {
    const when = Date.now();
    markExercise(this.#key, {
      state,
      answer: this.#checking,
      when,
      version: this.dataset.version ?? '',
      mistakes: mistake === undefined ? [] : [{ name: mistake, when }],
    });
  }

  #explain(error: unknown): void {
    const words =
      error instanceof Interrupted
        ? error.message
        : `The checks could not be carried out (${error instanceof Error ? error.message : error}). Try Check again.`;
    this.#part('.exercise-verdict').replaceChildren(element('p', 'verdict', words));
    this.#part('.exercise-checks').replaceChildren();
    this.#checked = undefined;
  }

  /** A result stays on the page while the reader writes on; it says so. */
  #noteChange(): void {
    const result = this.#part('.exercise-checks');
    const isOld = this.#checked !== undefined && this.#checked !== this.#run.getCode();
    const note = result.querySelector('.result-old');
    if (isOld && !note)
      result.prepend(element('p', 'result-old', 'Your answer has changed since this check.'));
    if (!isOld) note?.remove();
  }

  /** What is kept of an earlier visit, or came from another browser, need not be what the editor holds. */
  #offerKept(): void {
    const record = exerciseRecord(this.#key);
    const place = this.#part('.kept-answer');
    // What was tried a moment ago is in the reader's mind.
    const isPast = record?.state === 'solved' || record?.answer !== this.#checking;
    const differs = record && isPast && record.answer.trimEnd() !== this.#run.getCode().trimEnd();
    if (place.firstElementChild?.hasAttribute('open') && differs) return; // it is being read
    const use = (): void => this.#run.replaceCode(record?.answer ?? '');
    place.replaceChildren(...(differs ? [keptAnswerView(record, use)] : []));
  }

  #showState(): void {
    showState(this.#part('.exercise-state'), this.#key, this.dataset.version);
  }

  get #key(): string {
    return this.dataset.key ?? '';
  }

  get #run(): RunElement {
    return this.#part<RunElement>('dxdx-run');
  }

  get #button(): HTMLElement {
    return this.#part('.check-button');
  }

  #part<Part extends HTMLElement = HTMLElement>(selector: string): Part {
    const found = this.querySelector<Part>(selector);
    if (!found) throw new Error(`<dxdx-exercise> without ${selector}`);
    return found;
  }
}

function withoutMessages({ check, solution, mistakes }: ExerciseMaterial) {
  const programs = Object.entries(mistakes).map(([name, { program }]) => [name, program] as const);
  return { check, solution, mistakes: Object.fromEntries(programs) };
}

customElements.define('dxdx-exercise', ExerciseElement);
