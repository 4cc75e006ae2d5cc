import type { Limits, LoadProgress, Outcome, OutputChunk, RunState, Tail, Task } from './protocol.ts';

export interface RunListener {
  /** `before`, in a queue: what has its turn now, by its file's name. */
  onState?(state: RunState, progress?: LoadProgress, before?: string): void;
  onOutput?(chunk: OutputChunk): void;
  /** So many characters are left out so far; told while the program still runs. */
  onOmitted?(characters: number): void;
  /** It runs for long: told once, after `NOTICE_AFTER` milliseconds. */
  onLong?(): void;
}

/** How a task ended. */
export type Ending = { milliseconds: number } & (
  | { status: 'ran'; outcome: Outcome }
  | { status: 'graded'; report: string }
  | { status: 'stopped' }
  | { status: 'timed-out' }
  | { status: 'crashed'; message: string }
);
export type Verdict = Ending extends infer E ? (E extends Ending ? Omit<E, 'milliseconds'> : never) : never;

export interface TaskHandle<Result = Ending> {
  readonly done: Promise<Result>;
  stop(): void;
}

export const NOTICE_AFTER = 10_000;

/** A task that somebody waits for. */
export class Job {
  readonly task: Task;
  readonly #listener: RunListener;
  readonly #limits: Limits;
  readonly #resolve: (ending: Ending) => void;
  readonly #onTimeOut: () => void;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  state: RunState | undefined;
  #before: string | undefined;
  #tail: Tail | undefined;
  #startedAt = 0;

  constructor(
    task: Task,
    listener: RunListener,
    limits: Limits,
    resolve: (ending: Ending) => void,
    onTimeOut: () => void,
  ) {
    this.task = task;
    this.#listener = listener;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#onTimeOut = onTimeOut;
  }

  /** What a reader knows it by. */
  get name(): string {
    return this.task.kind === 'run' ? (this.task.program.filename ?? 'a program') : 'a check';
  }

  enter(state: RunState, progress?: LoadProgress, before?: string): void {
    if (this.state === state && this.#before === before && !progress) return;
    this.state = state;
    this.#before = before;
    if (state === 'running') this.#start();
    this.#listener.onState?.(state, progress, before);
  }

  show(chunks: readonly OutputChunk[], tail?: Tail): void {
    for (const chunk of chunks) this.#listener.onOutput?.(chunk);
    if (!tail) return;
    this.#tail = tail;
    if (tail.omitted > 0) this.#listener.onOmitted?.(tail.omitted);
  }

  end(verdict: Verdict): void {
    for (const timer of this.#timers) clearTimeout(timer);
    const [first, ...rest] = this.#tail?.chunks ?? [];
    if (first) this.show([{ ...first, omitted: this.#tail?.omitted }, ...rest]);
    const milliseconds = this.#startedAt ? performance.now() - this.#startedAt : 0;
    this.enter('done');
    this.#resolve({ ...verdict, milliseconds });
  }

  #start(): void {
    this.#startedAt = performance.now();
    this.#timers.push(setTimeout(() => this.#listener.onLong?.(), NOTICE_AFTER));
    const { milliseconds } = this.#limits;
    if (milliseconds !== undefined) this.#timers.push(setTimeout(this.#onTimeOut, milliseconds));
  }
}
