import {
  draft,
  forgetDraft,
  onDraftElsewhere,
  replaceDraft,
  saveDraft,
  swapDraft,
  textsAside,
} from '../progress/drafts.ts';
import type { RunHandle, RunResult, Runtime } from '../runtime/client.ts';
import type { LoadProgress, RunState } from '../runtime/protocol.ts';
import type { CodeEditor } from './code-editor.ts';
import { choosePlain, createEditor, hasChoice, prefersPlain } from './editor-choice.ts';
import { OutputPane } from './output.ts';

const SAVE_AFTER = 300;
const AFTER_RESET = 'As it was at first. What you wrote is kept.';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
/** How far Python has come, and how long the rest takes if it goes on as it went. */
function arrival({ loadedBytes, totalBytes, milliseconds }: LoadProgress): string {
  if (loadedBytes === 0 || loadedBytes >= totalBytes) return 'Starting Python…';
  const arrived = `Loading Python: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
  // Of the first moments nothing can be foretold.
  if (milliseconds < 500) return arrived;
  const left = (milliseconds * (totalBytes - loadedBytes)) / loadedBytes / 1000;
  return `${arrived}, ${Math.ceil(left)} s left`;
}
const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

// This code comes at the reader's first sign of life, which may have been a scroll.
let hasScrolled = scrollY > 0;
addEventListener(
  'scroll',
  () => {
    hasScrolled = true;
  },
  { capture: true, passive: true, once: true },
);

/**
 * A program that runs in the page, with its editor and its output.
 *
 * The page brings a static block, which runs as it stands. The editor takes its place when the reader scrolls to it
 * or touches it. Fires `dxdx:change` when the program changes.
 */
export class RunElement extends HTMLElement {
  #editor: CodeEditor | null = null;
  #opening: Promise<void> | null = null;
  #output: OutputPane | null = null;
  #run: Pick<RunHandle, 'stop'> | null = null;
  #source = '';
  #code = '';
  #saving = 0;
  #stopListening: (() => void)[] = [];

  connectedCallback(): void {
    if (this.hasAttribute('data-live')) return;
    this.setAttribute('data-live', '');
    this.#source = JSON.parse(this.querySelector('.run-source')?.textContent ?? '""');
    this.#output = new OutputPane(this.#part('.run-output'), (line) => this.#goToLine(line));
    this.#button.addEventListener('click', () => this.toggle());
    this.#resetButton.addEventListener('click', () => this.#reset());
    this.#backButton.addEventListener('click', () => this.#bringBack());
    this.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !this.#editor) this.toggle();
    });
    this.#code = this.#source;
    const kept = draft(this.#key);
    if (kept !== undefined && kept !== this.#source) {
      this.#take(kept);
      this.#showUncoloured(kept);
    }
    this.#offerEarlier();
    this.#stopListening = [
      this.#openWhenReached(),
      onDraftElsewhere(this.#key, (text) => this.#followOtherTab(text)),
    ];
    addEventListener('pagehide', this.#save);
  }

  disconnectedCallback(): void {
    this.#save();
    removeEventListener('pagehide', this.#save);
    for (const stop of this.#stopListening) stop();
    this.#stopListening = [];
    this.#run?.stop();
    this.#editor?.dispose();
    this.#editor = null;
  }

  /** The program as it stands now. */
  getCode(): string {
    return this.#code;
  }

  /** The program as the page brought it. */
  get source(): string {
    return this.#source;
  }

  setCode(code: string): void {
    if (this.#editor) {
      this.#editor.setValue(code);
      return;
    }
    this.#changed(code);
    this.#showUncoloured(code);
    void this.open();
  }

  /** Puts another program in the place of the reader's, which is kept and can be brought back. */
  replaceCode(code: string): void {
    if (code === this.#code) return;
    if (this.#code !== this.#source) replaceDraft(this.#key, this.#code, code);
    this.setCode(code);
  }

  markError(line: number, message: string): void {
    this.#editor?.clearMarks();
    this.#editor?.markError(line, message);
  }

  clearMarks(): void {
    this.#editor?.clearMarks();
  }

  say(words: string): void {
    this.#part('.run-status').textContent = words;
  }

  /** Runs the program, or stops it. */
  toggle(): void {
    if (this.#run) this.#run.stop();
    else void this.#start();
  }

  /** Lets the editor take the place of the static block. */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    const box = this.#part('.run-code');
    const hadFocus = box.contains(document.activeElement);
    try {
      const editor = await createEditor({
        box,
        code: this.#code,
        label: `Program ${this.querySelector('.run-file')?.textContent ?? this.dataset.filename ?? ''}`,
        onChange: (code) => this.#changed(code),
        onRun: () => this.toggle(),
      });
      if (!this.isConnected) {
        editor.dispose();
        return;
      }
      this.#editor = editor;
      if (editor.getValue() !== this.#code) editor.setValue(this.#code);
      if (hadFocus) editor.focus();
      this.#offerChoice();
    } catch (error) {
      this.#opening = null;
      this.say(
        `The editor could not be loaded (${error instanceof Error ? error.message : error}). Run still works.`,
      );
    }
  }

  /** The reader's own program in the static block, until the editor comes and colours it. */
  #showUncoloured(code: string): void {
    const block = this.querySelector('.run-code code');
    if (block) block.textContent = code;
  }

  #openWhenReached(): () => void {
    const box = this.#part('.run-code');
    const reach = (): void => {
      void this.open();
    };
    const touch = (event: Event): void => {
      if (event.type !== 'pointerenter' || (event as PointerEvent).pointerType === 'mouse') reach();
    };
    for (const sign of ['pointerenter', 'pointerdown', 'focusin']) box.addEventListener(sign, touch);
    // A pointer that was there before this code was does not enter any more.
    if (box.matches(':hover') && matchMedia('(hover: hover)').matches) reach();
    const near = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        loadRuntime().then(
          (runtime) => runtime.preload(),
          () => {}, // whoever runs the program is told
        );
        // On a phone the block stays as it is until it is touched: nothing is gained by a field that has no keyboard.
        if (hasScrolled && !prefersPlain()) reach();
      },
      { rootMargin: '100px 0px' },
    );
    near.observe(this);
    const scrolled = (): void => {
      near.unobserve(this);
      near.observe(this);
    };
    addEventListener('scroll', scrolled, { passive: true, once: true });
    return () => {
      near.disconnect();
      removeEventListener('scroll', scrolled);
    };
  }

  async #start(): Promise<void> {
    const output = this.#output;
    if (!output) return;
    const code = this.#code;
    this.#editor?.clearMarks();
    output.begin();
    this.#show('loading');
    const started = loadRuntime().then((runtime) =>
      runtime.run(
        { code, filename: this.dataset.filename },
        {
          onState: (state, progress, before) => this.#show(state, progress, before),
          onOutput: (chunk) => output.write(chunk),
          onOmitted: (characters) =>
            this.say(`Running… ${characters.toLocaleString('en')} characters left out`),
          onLong: () => this.say('Still running, after 10 seconds. Stop ends it.'),
        },
      ),
    );
    // Stop must work from the first moment on, also while the interpreter's own code is still on its way.
    let wantsStop = false;
    this.#run = {
      stop: () => {
        wantsStop = true;
      },
    };
    try {
      const run = await started;
      this.#run = run;
      if (wantsStop) run.stop();
      this.#finish(await run.done, code);
    } catch (error) {
      output.end(false);
      this.say(
        `Python could not be loaded (${error instanceof Error ? error.message : error}). Try Run again.`,
      );
    } finally {
      this.#run = null;
      this.#button.textContent = 'Run';
      delete this.dataset.state;
    }
  }

  #finish(result: RunResult, code: string): void {
    const output = this.#output;
    if (!output || !this.isConnected) return;
    const time = duration(result.milliseconds);
    if (result.value !== undefined) output.showValue(result.value);
    if (result.error) {
      output.showError(result.error);
      if (result.error.line && code === this.#code) {
        const { line, type, message } = result.error;
        void this.open().then(() => this.markError(line, `${type}: ${message}`));
      }
    }
    output.end(code === this.#source);
    const words = {
      ok: `Ran in ${time}`,
      error: `Ended with ${result.error?.type ?? 'an error'} after ${time}`,
      stopped: `Stopped after ${time}`,
      'timed-out': `Stopped after ${time}, the longest a program may run here`,
      crashed: 'Python broke down and was started anew',
    };
    this.say(words[result.status]);
  }

  #show(state: RunState, progress?: LoadProgress, before?: string): void {
    if (state === 'done') return;
    this.dataset.state = state;
    this.#button.textContent = 'Stop';
    const words = {
      queued: `Waiting for ${before ?? 'the program before it'}`,
      loading: progress ? arrival(progress) : 'Starting Python…',
      running: 'Running…',
      stopping: 'Stopping…',
    };
    this.say(words[state]);
  }

  #changed(code: string): void {
    if (code === this.#code) return;
    this.#take(code);
    if (this.#part('.run-status').textContent === AFTER_RESET) this.say('');
    clearTimeout(this.#saving);
    this.#saving = window.setTimeout(this.#save, SAVE_AFTER);
    this.dispatchEvent(new CustomEvent('dxdx:change', { bubbles: true }));
  }

  #take(code: string): void {
    this.#code = code;
    this.toggleAttribute('data-edited', code !== this.#source);
    this.#offerEarlier();
  }

  /** What can be undone, or brought back: nothing that the reader wrote is ever lost. */
  #offerEarlier(): void {
    const isStart = this.#code === this.#source;
    this.#resetButton.hidden = isStart;
    this.#backButton.hidden = !textsAside(this.#key).some((text) => text !== this.#code);
    this.#backButton.textContent = isStart ? 'Undo reset' : 'Earlier text';
  }

  readonly #save = (): void => {
    clearTimeout(this.#saving);
    if (this.#code === draft(this.#key)) return;
    if (this.#code !== this.#source || textsAside(this.#key).length > 0) saveDraft(this.#key, this.#code);
    else if (draft(this.#key) !== undefined) forgetDraft(this.#key);
    this.#offerEarlier();
  };

  #reset(): void {
    this.replaceCode(this.#source);
    this.say(AFTER_RESET);
    this.#backButton.focus();
  }

  #bringBack(): void {
    const earlier = swapDraft(this.#key, this.#code === this.#source ? undefined : this.#code);
    if (earlier === undefined) return;
    this.setCode(earlier);
    if (this.#backButton.hidden) this.#resetButton.focus();
  }

  /** Another tab has changed the same program: follow it, unless this one has the reader's attention. */
  #followOtherTab(text: string | undefined): void {
    if (this.contains(document.activeElement) && document.hasFocus()) return;
    const next = text ?? this.#source;
    if (next === this.#code) return;
    this.#take(next);
    this.#editor?.setValue(next);
  }

  #goToLine(line: number): void {
    void this.open().then(() => this.#editor?.goToLine(line));
  }

  #focusEditor(): void {
    this.#editor?.focus();
  }

  /** One editor is better for most, the other for some: whoever wants the other says so once. */
  #offerChoice(): void {
    if (!hasChoice() || this.querySelector('.editor-choice')) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'editor-choice';
    button.textContent = prefersPlain() ? 'Full editor' : 'Plain editor';
    button.addEventListener('click', async () => {
      choosePlain(!prefersPlain());
      button.textContent = prefersPlain() ? 'Full editor' : 'Plain editor';
      this.#editor?.dispose();
      this.#editor = null;
      this.#opening = null;
      await this.open();
      this.#focusEditor();
    });
    const help = document.createElement('span');
    help.className = 'editor-help';
    help.textContent = 'Ctrl+Enter runs · Tab moves on · Ctrl+] indents';
    this.#part('.run-bar').append(help, button);
  }

  get #key(): string {
    return this.dataset.key ?? '';
  }

  get #button(): HTMLButtonElement {
    return this.#part('.run-button') as HTMLButtonElement;
  }

  get #resetButton(): HTMLButtonElement {
    return this.#part('.run-reset') as HTMLButtonElement;
  }

  get #backButton(): HTMLButtonElement {
    return this.#part('.run-back') as HTMLButtonElement;
  }

  #part(selector: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`<dxdx-run> without ${selector}`);
    return found;
  }
}

async function loadRuntime(): Promise<Runtime> {
  return (await import('../runtime/client.ts')).runtime();
}

customElements.define('dxdx-run', RunElement);
