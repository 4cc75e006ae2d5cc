import type {
  FromWorker,
  LoadProgress,
  Outcome,
  OutputChunk,
  Provisions,
  RunState,
  Tail,
  Task,
  ToWorker,
} from './protocol.ts';

export interface RunListener {
  onState?(state: RunState, progress?: LoadProgress): void;
  onOutput?(chunk: OutputChunk): void;
  /** So many characters are left out so far; told while the program still runs. */
  onOmitted?(characters: number): void;
}

/** How a task ended. */
export type Ending = { milliseconds: number } & (
  | { status: 'ran'; outcome: Outcome }
  | { status: 'graded'; report: string }
  | { status: 'stopped' }
  | { status: 'crashed'; message: string }
);
type Verdict = Ending extends infer E ? (E extends Ending ? Omit<E, 'milliseconds'> : never) : never;

export interface TaskHandle<Result> {
  readonly done: Promise<Result>;
  stop(): void;
}

/** The part of a `Worker` that is used here. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** A task that somebody waits for. */
class Job {
  readonly task: Task;
  readonly #listener: RunListener;
  readonly #resolve: (ending: Ending) => void;
  state: RunState | undefined;
  tail: Tail | undefined;
  #startedAt = 0;

  constructor(task: Task, listener: RunListener, resolve: (ending: Ending) => void) {
    this.task = task;
    this.#listener = listener;
    this.#resolve = resolve;
  }

  enter(state: RunState, progress?: LoadProgress): void {
    if (this.state === state && !progress) return;
    if (state === 'running') this.#startedAt = performance.now();
    this.state = state;
    this.#listener.onState?.(state, progress);
  }

  show(chunks: readonly OutputChunk[], tail?: Tail): void {
    for (const chunk of chunks) this.#listener.onOutput?.(chunk);
    if (!tail) return;
    this.tail = tail;
    if (tail.omitted > 0) this.#listener.onOmitted?.(tail.omitted);
  }

  end(verdict: Verdict): void {
    const [first, ...rest] = this.tail?.chunks ?? [];
    if (first) this.show([{ ...first, omitted: this.tail?.omitted }, ...rest]);
    const milliseconds = this.#startedAt ? performance.now() - this.#startedAt : 0;
    this.enter('done');
    this.#resolve({ ...verdict, milliseconds });
  }
}

/**
 * Keeps one worker ready and gives it to one task after the other.
 *
 * A worker serves a single task and is then replaced, in the time in which a reader reads. So nothing a program does
 * is seen by the next, and stopping a program, or losing a worker to one, is nothing special.
 */
export class InterpreterHost {
  readonly #spawn: () => WorkerLike;
  readonly #jobs: Job[] = [];
  #worker: WorkerLike | undefined;
  #ready = false;
  #progress: LoadProgress | undefined;
  #provisions: Provisions | undefined;

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  /** Have an interpreter ready, or on its way. */
  preload(): void {
    if (this.#worker) return;
    const worker = this.#spawn();
    const receive = (message: FromWorker) => {
      // What a worker said before it was ended may arrive after that.
      if (worker === this.#worker) this.#receive(message);
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
    worker.onerror = ({ message }) => receive({ kind: 'failed', message });
    this.#worker = worker;
    this.#ready = false;
    this.#send({ kind: 'prepare', provisions: this.#provisions });
  }

  perform(task: Task, listener: RunListener = {}): TaskHandle<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const job = new Job(task, listener, resolve);
    this.#jobs.push(job);
    this.preload();
    this.#advance();
    return { done: promise, stop: () => this.#stop(job) };
  }

  /** Give the ready worker to the first who waits, and tell the others where they stand. */
  #advance(): void {
    const [first, ...others] = this.#jobs;
    if (first && first.state !== 'running') {
      if (this.#ready) {
        first.enter('running');
        this.#send(first.task);
      } else {
        first.enter('loading', this.#progress);
      }
    }
    for (const job of others) job.enter('queued');
  }

  #receive(message: FromWorker): void {
    const job = this.#jobs.at(0);
    switch (message.kind) {
      case 'progress':
        this.#progress = message.progress;
        this.#advance();
        break;
      case 'provisions':
        this.#provisions = message.provisions;
        break;
      case 'ready':
        this.#ready = true;
        this.#progress = undefined;
        this.#advance();
        break;
      case 'output':
        job?.show(message.chunks, message.tail);
        break;
      case 'ran':
        this.#finish(job, { status: 'ran', outcome: message.outcome });
        break;
      case 'graded':
        this.#finish(job, { status: 'graded', report: message.report });
        break;
      case 'failed':
        // What it was prepared with may be at fault: the next one starts from nothing.
        if (!this.#ready) this.#provisions = undefined;
        this.#finish(job, { status: 'crashed', message: message.message });
        break;
    }
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #stop(job: Job): void {
    if (job.state === 'running') {
      job.enter('stopping');
      this.#finish(job, { status: 'stopped' });
    } else if (this.#jobs.includes(job)) {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      job.end({ status: 'stopped' });
      this.#advance();
    }
  }

  /** The worker is spent, and so is the task it had, if any. */
  #finish(job: Job | undefined, verdict: Verdict): void {
    const worked = this.#ready;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = false;
    this.#jobs.shift();
    // One that failed to start is only replaced for somebody who waits: it would fail again, and again.
    if (worked || this.#jobs.length > 0) this.preload();
    job?.end(verdict);
    this.#advance();
  }
}
