import { frameScript, parts, version } from 'virtual:runtime-parts';
import type { Interpreter } from './interpreter-host.ts';
import { forgetMemory, keepMemory, keptMemory } from './kept-memory.ts';
import type { Answer, FromFrame, LoadProgress, ToFrame } from './protocol.ts';
import { fetchParts, sizeOf } from './provisions.ts';

/** No origin and no network: what runs in the frame can compute, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
].join('; ');

/** The frame is asked so often whether it is there; it is given up when it hasn't answered as many times. */
const PULSE = 2000;
const MOST_MISSED = 4;

/**
 * The frame that all interpreters of a tab live in.
 *
 * It stands beside the body, which the router exchanges when a reader goes to another page, so it outlives that.
 */
export class SealedFrame {
  readonly #element = frameElement();
  readonly #port: MessagePort;
  readonly #download = new AbortController();
  readonly #interpreters = new Map<number, SealedInterpreter>();
  #progress: LoadProgress = { loadedBytes: 0, totalBytes: sizeOf(parts), milliseconds: 0 };
  #isLoaded = false;
  #failure: string | undefined;
  #count = 0;
  readonly #pulse = setInterval(() => this.#feelPulse(), PULSE);
  #missed = 0;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#port.onmessage = ({ data }: MessageEvent<FromFrame>) => this.#hear(data);
    this.#element.addEventListener(
      'load',
      () => this.#element.contentWindow?.postMessage(null, '*', [port2]),
      {
        once: true,
      },
    );
    document.documentElement.append(this.#element);
    void this.#provide();
  }

  /** An interpreter, which says when it is ready. */
  spawn(): Interpreter {
    const id = this.#count++;
    const { port1, port2 } = new MessageChannel();
    const interpreter = new SealedInterpreter(port1, () => this.#end(id));
    this.#interpreters.set(id, interpreter);
    if (this.#failure !== undefined) interpreter.fail(this.#failure);
    else if (!this.#isLoaded) interpreter.hear({ kind: 'progress', progress: this.#progress });
    this.#tell({ kind: 'spawn', id, port: port2 }, [port2]);
    return interpreter;
  }

  /** Put Python's memory away for the next visit, if that is to be done. */
  keep(): void {
    this.#tell({ kind: 'keep' });
  }

  /** Whether nothing can come of it any more. */
  get isSpent(): boolean {
    return this.#failure !== undefined || this.#download.signal.aborted;
  }

  /** End everything in it. */
  remove(): void {
    clearInterval(this.#pulse);
    this.#download.abort();
    this.#element.remove();
  }

  async #provide(): Promise<void> {
    void keptMemory(version).then((snapshot) => this.#tell({ kind: 'snapshot', snapshot }));
    try {
      await fetchParts(
        parts,
        (part, bytes) => this.#tell({ kind: 'part', part, bytes }, bytes && [bytes.buffer]),
        {
          signal: this.#download.signal,
          onProgress: (progress) => {
            this.#progress = progress;
            for (const interpreter of this.#interpreters.values())
              interpreter.hear({ kind: 'progress', progress });
          },
        },
      );
      this.#isLoaded = true;
    } catch (error) {
      if (!this.#download.signal.aborted) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #end(id: number): void {
    this.#interpreters.delete(id);
    this.#tell({ kind: 'end', id });
    // A download that nobody waits for any more has been cancelled.
    if (!this.#isLoaded && this.#interpreters.size === 0) this.remove();
  }

  /** A program that uses up more memory than there is takes the frame's whole process with it, and nobody says so. */
  #feelPulse(): void {
    if (this.#interpreters.size === 0) return;
    if (this.#missed++ < MOST_MISSED) this.#tell({ kind: 'ping' });
    else this.#fail('The program has used up the memory that it may have.');
  }

  #hear(message: FromFrame): void {
    this.#missed = 0;
    if (message.kind === 'pong') return;
    if (message.kind === 'snapshot') void keepMemory(version, message.snapshot);
    else if (message.id === undefined) this.#fail(message.message);
    else this.#interpreters.get(message.id)?.fail(message.message);
  }

  #fail(message: string): void {
    this.#failure = message;
    // What was kept may be at fault.
    void forgetMemory();
    for (const interpreter of [...this.#interpreters.values()]) interpreter.fail(message);
  }

  #tell(order: ToFrame, transfer: Transferable[] = []): void {
    this.#port.postMessage(order, transfer);
  }
}

class SealedInterpreter implements Interpreter {
  readonly #port: MessagePort;
  readonly #end: () => void;
  onanswer: Interpreter['onanswer'] = () => {};

  constructor(port: MessagePort, end: () => void) {
    this.#port = port;
    this.#end = end;
    port.onmessage = ({ data }: MessageEvent<Answer>) => this.onanswer(data);
  }

  readonly perform: Interpreter['perform'] = (task) => this.#port.postMessage(task);

  terminate(): void {
    this.#port.close();
    this.#end();
  }

  /** Later: whoever has just asked for it listens first. */
  hear(answer: Answer): void {
    queueMicrotask(() => this.onanswer(answer));
  }

  fail(message: string): void {
    this.hear({ kind: 'failed', message });
  }
}

/** Not `display: none`, for which some browsers slow a frame down. */
function frameElement(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.title = 'Python';
  frame.tabIndex = -1;
  frame.style.cssText =
    'position:fixed;right:0;bottom:0;width:1px;height:1px;border:0;opacity:0;pointer-events:none';
  const script = frameScript.replaceAll('</', '<\\/');
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${script}</script>`;
  return frame;
}
