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

/** A worker that gets ready for a task, or is. */
interface Spare {
  readonly worker: WorkerLike;
  ready: boolean;
}

/**
 * Keeps workers ready and has them do one task after the other.
 *
 * A worker serves a single task and is then replaced, in the time in which a reader reads. So nothing a program does
 * is seen by the next, and stopping a program, or losing a worker to one, is nothing special.
 */
export class InterpreterHost {
  readonly #spawn: () => WorkerLike;
  readonly #spareLimit: number;
  readonly #jobs: Job[] = [];
  #spares: Spare[] = [];
  /** Does the first of the jobs. */
  #busy: WorkerLike | undefined;
  #progress: LoadProgress | undefined;
  #provisions: Provisions | undefined;

  /** `spareLimit`: how many workers may wait; each takes some memory, and saves the wait for another. */
  constructor(spawn: () => WorkerLike, spareLimit = 1) {
    this.#spawn = spawn;
    this.#spareLimit = spareLimit;
  }

  /** Have an interpreter ready, or on its way. */
  preload(): void {
    if (!this.#busy && this.#spares.length === 0) this.#addSpare();
  }

  perform(task: Task, listener: RunListener = {}): TaskHandle<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const job = new Job(task, listener, resolve);
    this.#jobs.push(job);
    this.preload();
    this.#advance();
    return { done: promise, stop: () => this.#stop(job) };
  }

  #addSpare(): void {
    const worker = this.#spawn();
    const spare: Spare = { worker, ready: false };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(spare, data);
    worker.onerror = ({ message }) => this.#receive(spare, { kind: 'failed', message });
    this.#spares.push(spare);
    send(worker, { kind: 'prepare', provisions: this.#provisions });
  }

  /** Give a ready worker to the first who waits, and tell the others where they stand. */
  #advance(): void {
    const [first, ...others] = this.#jobs;
    if (first && !this.#busy) {
      const ready = this.#spares.find((spare) => spare.ready);
      if (ready) {
        this.#spares = this.#spares.filter((spare) => spare !== ready);
        this.#busy = ready.worker;
        first.enter('running');
        send(ready.worker, first.task);
      } else {
        first.enter('loading', this.#progress);
      }
    }
    for (const job of others) job.enter('queued');
  }

  #receive(from: Spare, message: FromWorker): void {
    if (from.worker === this.#busy) this.#hear(message);
    else if (this.#spares.includes(from)) this.#hearOfPreparation(from, message);
    // Else the worker has been ended, and what it said before arrives late.
  }

  #hearOfPreparation(spare: Spare, message: FromWorker): void {
    switch (message.kind) {
      case 'progress':
        this.#progress = message.progress;
        break;
      case 'provisions':
        this.#provisions = message.provisions;
        break;
      case 'ready':
        spare.ready = true;
        this.#progress = undefined;
        if (this.#jobs.length === 0) this.#refill();
        break;
      case 'failed':
        this.#spares = this.#spares.filter((other) => other !== spare);
        spare.worker.terminate();
        // What it was given may be at fault: the next one fetches its own.
        this.#provisions = undefined;
        // It isn't replaced here: the next might fail as well, and so on. Who waits for it is told.
        if (!this.#busy && this.#spares.length === 0) {
          this.#jobs.shift()?.end({ status: 'crashed', message: message.message });
          if (this.#jobs.length > 0) this.preload();
        }
        break;
    }
    this.#advance();
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'output':
        this.#jobs[0].show(message.chunks, message.tail);
        break;
      case 'ran':
        this.#finish({ status: 'ran', outcome: message.outcome });
        break;
      case 'graded':
        this.#finish({ status: 'graded', report: message.report });
        break;
      case 'failed':
        this.#finish({ status: 'crashed', message: message.message });
        break;
    }
  }

  #stop(job: Job): void {
    if (job.state === 'running') {
      job.enter('stopping');
      this.#finish({ status: 'stopped' });
    } else if (this.#jobs.includes(job)) {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      job.end({ status: 'stopped' });
      this.#advance();
    }
  }

  /** The task is done, and its worker spent. */
  #finish(verdict: Verdict): void {
    this.#busy?.terminate();
    this.#busy = undefined;
    this.#jobs.shift()?.end(verdict);
    this.#refill();
    this.#advance();
  }

  /** One at a time, so that the first is ready soon. */
  #refill(): void {
    const preparing = this.#spares.some((spare) => !spare.ready);
    if (!preparing && this.#spares.length < this.#spareLimit) this.#addSpare();
  }
}

function send(worker: WorkerLike, message: ToWorker): void {
  worker.postMessage(message);
}
