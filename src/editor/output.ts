import type { OutputChunk, RunError, Stream } from '../runtime/protocol.ts';

/** From this length on a run is not read out: the status says how it ended. */
const TOO_LONG_TO_READ_OUT = 2000;

const LINE = /(File "main\.py", )(line (\d+))/g;

/** What a program prints, below it. At first it shows what PyTorch printed when the lesson was recorded. */
export class OutputPane {
  readonly #pane: HTMLElement;
  readonly #onLine: (line: number) => void;
  /** The recorded text with its label, as the page came; empty where nothing was recorded. */
  readonly #recorded: Node[];
  readonly #recordedText: string;
  readonly #label = element('p', 'output-label');
  readonly #text = Object.assign(element('pre', 'output-text'), { tabIndex: 0 });
  #waiting: OutputChunk[] = [];
  #frame = 0;

  constructor(pane: HTMLElement, onLine: (line: number) => void) {
    this.#pane = pane;
    this.#onLine = onLine;
    this.#recorded = [...pane.childNodes];
    this.#recordedText = pane.querySelector('.output-text')?.textContent ?? '';
  }

  /** Empties the pane for a new run. */
  begin(): void {
    this.#waiting = [];
    this.#text.replaceChildren();
    this.#label.textContent = 'Your run';
    this.#pane.setAttribute('aria-busy', 'true');
    this.#pane.replaceChildren(this.#label, this.#text);
  }

  /** Takes what has been printed; it is drawn once a frame, so that a flood of it doesn't stop the page. */
  write(chunk: OutputChunk): void {
    this.#waiting.push(chunk);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** The value of a last expression, as a notebook shows it. */
  showValue(value: string): void {
    this.#draw();
    const shown = element('pre', 'output-value');
    shown.textContent = value;
    this.#pane.append(shown);
  }

  showError({ traceback, type, message }: RunError): void {
    this.#draw();
    const shown = element('pre', 'traceback');
    shown.tabIndex = 0;
    shown.append(...this.#withLineLinks(traceback || `${type}: ${message}`));
    this.#pane.append(shown);
  }

  /** @param unchanged whether the program was the lesson's own, so that its output can be held against the recording */
  end(unchanged: boolean): void {
    this.#draw();
    const printed = this.#printed();
    if (printed === '') this.#label.textContent = 'Your run printed nothing';
    this.#text.hidden = this.#text.textContent === '';
    if (this.#recorded.length > 0) this.#compare(unchanged, printed);
    if (printed !== '') this.#label.append(this.#copyButton());
    if (printed.length > TOO_LONG_TO_READ_OUT) this.#pane.setAttribute('aria-live', 'off');
    else this.#pane.setAttribute('aria-live', 'polite');
    this.#pane.removeAttribute('aria-busy');
  }

  #printed(): string {
    return [...this.#pane.querySelectorAll('pre')].map((block) => block.textContent).join('');
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const chunk of this.#waiting) {
      if (chunk.omitted) this.#text.append(omission(chunk.omitted));
      this.#append(chunk.stream, chunk.text);
    }
    this.#waiting = [];
  }

  /** Adds to the last piece where it came from the same stream: one piece for a million lines, not a million. */
  #append(stream: Stream, text: string): void {
    const last = this.#text.lastChild;
    const holder =
      stream === 'stderr' && last instanceof HTMLElement && last.className === 'stderr'
        ? last.firstChild
        : last;
    if (holder instanceof Text && (holder !== last) === (stream === 'stderr')) {
      holder.appendData(text);
      return;
    }
    if (stream === 'stdout') {
      this.#text.append(text);
      return;
    }
    const warning = element('span', 'stderr');
    warning.append(text);
    this.#text.append(warning);
  }

  #withLineLinks(traceback: string): (string | HTMLElement)[] {
    const parts: (string | HTMLElement)[] = [];
    let from = 0;
    for (const match of traceback.matchAll(LINE)) {
      const [whole, before, words, line] = match;
      parts.push(traceback.slice(from, match.index) + before);
      const link = Object.assign(element('button', 'line-link'), { type: 'button', textContent: words });
      link.addEventListener('click', () => this.#onLine(Number(line)));
      parts.push(link);
      from = match.index + whole.length;
    }
    return [...parts, traceback.slice(from)];
  }

  #compare(unchanged: boolean, printed: string): void {
    if (unchanged && printed.trimEnd() === this.#recordedText.trimEnd()) {
      this.#label.textContent = 'Your run, the same as PyTorch 2.13 prints';
      this.#label.dataset.same = '';
      return;
    }
    delete this.#label.dataset.same;
    const details = element('details', 'output-recorded');
    const summary = element('summary', '');
    summary.textContent = unchanged
      ? 'PyTorch 2.13 printed'
      : 'What PyTorch 2.13 printed for the original program';
    const recorded = element('pre', 'recorded-text');
    recorded.textContent = this.#recordedText;
    details.append(summary, recorded);
    this.#pane.append(details);
  }

  #copyButton(): HTMLElement {
    const button = Object.assign(element('button', 'copy-button'), { type: 'button', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      const said = await navigator.clipboard.writeText(this.#printed()).then(
        () => 'Copied',
        () => 'The browser did not allow it',
      );
      button.textContent = said;
    });
    return button;
  }
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}

function omission(characters: number): HTMLElement {
  const note = element('span', 'omission');
  note.textContent = `\n… ${characters.toLocaleString('en')} characters left out …\n`;
  return note;
}
