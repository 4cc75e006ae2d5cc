import { version } from 'virtual:runtime-parts';
import type { GradeReport, GradeRequest } from '../grading/records.ts';
import { workOffline } from '../offline/register.ts';
import { InterpreterHost } from './interpreter-host.ts';
import type { Ending, RunListener, TaskHandle } from './job.ts';
import { keptMemory } from './kept-memory.ts';
import type { Limits, Program, RunError, Task } from './protocol.ts';
import { restsWhenUnseen } from './rest.ts';
import { SealedFrame } from './sealed-frame.ts';
import { missingFeature } from './support.ts';

export type { GradeReport, GradeRequest } from '../grading/records.ts';
export type { RunListener } from './job.ts';
export type { Limits, LoadProgress, OutputChunk, Program, RunError, RunState } from './protocol.ts';

export interface RunResult {
  status: 'ok' | 'error' | 'stopped' | 'timed-out' | 'crashed';
  error?: RunError;
  /** What a last expression came to, as Python shows it, unless it was None. */
  value?: string;
  milliseconds: number;
}

export interface GradeResult {
  status: 'ok' | 'stopped' | 'timed-out' | 'crashed';
  report?: GradeReport;
  /** Why there is no report. */
  message?: string;
}

export type RunHandle = TaskHandle<RunResult>;
export type GradeHandle = TaskHandle<GradeResult>;

/** How long a program may run unless told otherwise: time enough to train something, too short to empty a battery. */
export const RUN_LIMITS: Limits = { milliseconds: 300_000 };
export const GRADE_LIMITS: Limits = { milliseconds: 30_000 };

/** What a page can ask of the interpreter. */
export interface Runtime {
  /** Run a program in a world of its own. */
  run(program: Program, listener?: RunListener, limits?: Limits): RunHandle;
  /** Check an answer to an exercise, in a world of its own. */
  grade(request: GradeRequest, listener?: RunListener, limits?: Limits): GradeHandle;
  /** Start loading, because it will be wanted soon. */
  preload(): void;
}

let frame: SealedFrame | undefined;

const host = new InterpreterHost(
  () => {
    if (frame?.isSpent) frame.remove();
    if (!frame || frame.isSpent) frame = new SealedFrame();
    return frame.spawn();
  },
  roomyDevice() ? 2 : 1,
);

/** Whether a second interpreter (about 100 MB) may stay. */
function roomyDevice(): boolean {
  // Only some browsers tell, and none more than 8 of the gigabytes there are.
  return ((navigator as { deviceMemory?: number }).deviceMemory ?? 0) >= 8;
}

function keep(): void {
  frame?.keep();
  workOffline();
}
/** A second after a result the reader reads it, and the page has time for other things. */
const KEEP_AFTER = 1000;

restsWhenUnseen(host, keep);

function perform(task: Task, listener: RunListener | undefined, limits: Limits): TaskHandle {
  const handle = host.perform(task, listener, limits);
  void handle.done.then(() => setTimeout(keep, KEEP_AFTER));
  return handle;
}

const theRuntime: Runtime = {
  run(program, listener, limits = RUN_LIMITS) {
    const { done, stop } = perform({ kind: 'run', program }, listener, limits);
    return { done: done.then(runResult), stop };
  },
  grade(request, listener, limits = GRADE_LIMITS) {
    const { done, stop } = perform({ kind: 'grade', request: JSON.stringify(request) }, listener, limits);
    return { done: done.then(gradeResult), stop };
  },
  preload: () => host.preload(),
};

/** The tab's only one: this module is loaded once and outlives the pages between which a reader moves. */
export function runtime(): Runtime {
  const missing = missingFeature();
  if (missing) throw new Error(`this browser has no ${missing}, which Python needs here`);
  return theRuntime;
}

/** Begin at once where this browser keeps Python's memory: then nothing has to be fetched for it. */
export async function resume(): Promise<void> {
  if (!missingFeature() && (await keptMemory(version))) host.preload();
}

function runResult(ending: Ending): RunResult {
  const { milliseconds, status } = ending;
  switch (status) {
    case 'stopped':
    case 'timed-out':
      return { status, milliseconds };
    case 'crashed': {
      const error = { type: 'Crash', message: ending.message, traceback: '' };
      return { status, error, milliseconds };
    }
    case 'graded':
      throw new Error('a run was answered with a report');
  }
  const { exitCode, error, value } = ending.outcome;
  if (error) return { status: 'error', error, value, milliseconds };
  if (exitCode === 0) return { status: 'ok', value, milliseconds };
  const exit = { type: 'SystemExit', message: String(exitCode), traceback: '' };
  return { status: 'error', error: exit, value, milliseconds };
}

function gradeResult(ending: Ending): GradeResult {
  switch (ending.status) {
    case 'graded':
      return { status: 'ok', report: JSON.parse(ending.report) };
    case 'stopped':
      return { status: 'stopped' };
    case 'timed-out':
      return {
        status: 'timed-out',
        message: `It was ended after ${Math.round(ending.milliseconds / 1000)} seconds.`,
      };
    case 'crashed':
      return { status: 'crashed', message: ending.message };
    case 'ran':
      throw new Error('a check was answered with an outcome');
  }
}
