import type { GradeReport, GradeRequest } from '../grading/records.ts';
import { type Ending, InterpreterHost, type RunListener, type TaskHandle } from './interpreter-host.ts';
import type { Program, RunError } from './protocol.ts';

export type { GradeReport, GradeRequest } from '../grading/records.ts';
export type { RunListener } from './interpreter-host.ts';
export type { LoadProgress, OutputChunk, Program, RunError, RunState } from './protocol.ts';

export interface RunResult {
  status: 'ok' | 'error' | 'stopped' | 'crashed';
  error?: RunError;
  /** What a last expression came to, as Python shows it, unless it was None. */
  value?: string;
  milliseconds: number;
}

export interface GradeResult {
  status: 'ok' | 'stopped' | 'crashed';
  report?: GradeReport;
  /** Why there is no report. */
  message?: string;
}

export type RunHandle = TaskHandle<RunResult>;
export type GradeHandle = TaskHandle<GradeResult>;

/** What a page can ask of the interpreter. */
export interface Runtime {
  /** Run a program in a world of its own. */
  run(program: Program, listener?: RunListener): RunHandle;
  /** Check an answer to an exercise, in a world of its own. */
  grade(request: GradeRequest, listener?: RunListener): GradeHandle;
  /** Start loading, because it will be wanted soon. */
  preload(): void;
}

const host = new InterpreterHost(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'Python' }),
  roomyDevice() ? 2 : 1,
);

/** Whether a second interpreter (about 100 MB) may wait, so that a reader who runs twice at once need not. */
function roomyDevice(): boolean {
  // Only some browsers tell, and none more than 8 of the gigabytes there are.
  return ((navigator as { deviceMemory?: number }).deviceMemory ?? 0) >= 8;
}

const theRuntime: Runtime = {
  run(program, listener) {
    const { done, stop } = host.perform({ kind: 'run', program }, listener);
    return { done: done.then(runResult), stop };
  },
  grade(request, listener) {
    const { done, stop } = host.perform({ kind: 'grade', request: JSON.stringify(request) }, listener);
    return { done: done.then(gradeResult), stop };
  },
  preload: () => host.preload(),
};

/** The tab's only one: this module is loaded once and outlives the pages between which a reader moves. */
export function runtime(): Runtime {
  return theRuntime;
}

function runResult(ending: Ending): RunResult {
  const { milliseconds } = ending;
  if (ending.status === 'stopped') return { status: 'stopped', milliseconds };
  if (ending.status === 'crashed') {
    const error = { type: 'Crash', message: ending.message, traceback: '' };
    return { status: 'crashed', error, milliseconds };
  }
  if (ending.status === 'graded') throw new Error('a run was answered with a report');
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
    case 'crashed':
      return { status: 'crashed', message: ending.message };
    case 'ran':
      throw new Error('a check was answered with an outcome');
  }
}
