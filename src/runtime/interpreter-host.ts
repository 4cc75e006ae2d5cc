import { Job, type RunListener, type TaskHandle, type Verdict } from './job.ts';
import type { Answer, Limits, LoadProgress, Task } from './protocol.ts';

/** A world of Python. It gets ready by itself, does a task, and then gets ready for another, or says that it is spent. */
export interface Interpreter {
  perform(task: Task): void;
  terminate(): void;
  onanswer: (answer: Answer) => void;
}

/** An interpreter that gets ready for a task, or is. */
interface Spare {
  readonly interpreter: Interpreter;
  ready: boolean;
}

/** A task that runs as long gets company: a spare, in case it is stopped. Shorter ones are over before it is ready. */
const SPARE_AFTER = 100;

/**
 * Keeps an interpreter ready and has them do one task after the other.
 *
 * Each task finds a world that is new. The interpreter that did the last makes another by itself, which takes no longer
 * than a reader's hand on the way to the button; one that was stopped, or is spent, is replaced. So nothing a program
 * does is seen by the next, and losing an interpreter to one is nothing special.
 */
export class InterpreterHost {
  readonly #spawn: () => Interpreter;
  readonly #mostSpares: number;
  readonly #jobs: Job[] = [];
  #spares: Spare[] = [];
  /** Does the first of the jobs. */
  #busy: Interpreter | undefined;
  #progress: LoadProgress | undefined;
  #companyTimer: ReturnType<typeof setTimeout> | undefined;

  /** `mostSpares`: how many may stay between tasks, where one that was made for company is there; each takes memory. */
  constructor(spawn: () => Interpreter, mostSpares = 1) {
    this.#spawn = spawn;
    this.#mostSpares = mostSpares;
  }

  /** Have an interpreter ready, or on its way. */
  preload(): void {
    if (!this.#busy && this.#spares.length === 0) this.#addSpare();
  }

  /** Let go of what waits for tasks; the next task finds nothing ready. */
  rest(): void {
    if (this.#jobs.length === 0) this.#dropSpares(() => true);
  }

  /** Whether no task is under way. */
  get isIdle(): boolean {
    return this.#jobs.length === 0;
  }

  perform(task: Task, listener: RunListener = {}, limits: Limits = {}): TaskHandle {
    const { promise, resolve } = Promise.withResolvers<Awaited<TaskHandle['done']>>();
    const job = new Job(task, listener, limits, resolve, () => this.#finish({ status: 'timed-out' }));
    this.#jobs.push(job);
    this.preload();
    this.#advance();
    return { done: promise, stop: () => this.#stop(job) };
  }

  #addSpare(): void {
    this.#getReady(this.#spawn());
  }

  #getReady(interpreter: Interpreter): void {
    const spare: Spare = { interpreter, ready: false };
    interpreter.onanswer = (answer) => this.#receive(spare, answer);
    this.#spares.push(spare);
  }

  #dropSpares(which: (spare: Spare) => boolean): void {
    const dropped = this.#spares.filter(which);
    this.#spares = this.#spares.filter((spare) => !dropped.includes(spare));
    for (const { interpreter } of dropped) interpreter.terminate();
  }

  /** Give a ready interpreter to the first who waits, and tell the others where they stand. */
  #advance(): void {
    const [first, ...others] = this.#jobs;
    if (first && !this.#busy) {
      const ready = this.#spares.find((spare) => spare.ready);
      if (ready) this.#begin(first, ready);
      else first.enter('loading', this.#progress);
    }
    for (const job of others) job.enter('queued', undefined, first.name);
  }

  #begin(job: Job, spare: Spare): void {
    this.#spares = this.#spares.filter((other) => other !== spare);
    this.#busy = spare.interpreter;
    job.enter('running');
    spare.interpreter.perform(job.task);
    this.#companyTimer = setTimeout(() => this.#refill(), SPARE_AFTER);
  }

  #receive(from: Spare, answer: Answer): void {
    if (from.interpreter === this.#busy) this.#hear(answer);
    else if (this.#spares.includes(from)) this.#hearOfPreparation(from, answer);
    // Else the interpreter has been ended, and what it said before arrives late.
  }

  #hearOfPreparation(spare: Spare, answer: Answer): void {
    switch (answer.kind) {
      case 'progress':
        this.#progress = answer.progress;
        break;
      case 'ready':
        spare.ready = true;
        this.#progress = undefined;
        break;
      case 'spent':
        this.#dropSpares((other) => other === spare);
        this.#refill();
        break;
      case 'failed':
        this.#dropSpares((other) => other === spare);
        this.#progress = undefined;
        // It isn't replaced here: the next might fail as well, and so on. Who waits for it is told.
        if (!this.#busy && this.#spares.length === 0) {
          this.#jobs.shift()?.end({ status: 'crashed', message: answer.message });
          if (this.#jobs.length > 0) this.preload();
        }
        break;
    }
    this.#advance();
  }

  #hear(answer: Answer): void {
    switch (answer.kind) {
      case 'output':
        this.#jobs[0].show(answer.chunks, answer.tail);
        break;
      case 'ran':
        this.#finish({ status: 'ran', outcome: answer.outcome });
        break;
      case 'graded':
        this.#finish({ status: 'graded', report: answer.report });
        break;
      case 'failed':
        this.#finish({ status: 'crashed', message: answer.message });
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
      // Nobody waits for what is still on its way: its download is to end.
      if (
        this.#jobs.length === 0 &&
        this.#progress &&
        this.#progress.loadedBytes < this.#progress.totalBytes
      ) {
        this.#progress = undefined;
        this.#dropSpares(({ ready }) => !ready);
      }
      this.#advance();
    }
  }

  #finish(verdict: Verdict): void {
    clearTimeout(this.#companyTimer);
    const interpreter = this.#busy;
    this.#busy = undefined;
    const isWell = verdict.status === 'ran' || verdict.status === 'graded';
    if (interpreter && isWell && this.#spares.length < this.#mostSpares) this.#getReady(interpreter);
    else interpreter?.terminate();
    this.#jobs.shift()?.end(verdict);
    this.#refill();
    this.#advance();
  }

  #refill(): void {
    if (this.#spares.length === 0) this.#addSpare();
  }
}
