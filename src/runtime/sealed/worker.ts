// An interpreter: it gets ready, does one task that comes over its port, and is thrown away by the frame.
import './environment.ts';
import { loadPyodide } from 'pyodide';
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import { createBinding } from '../../../engine/binding.ts';
import { type Distribution, Interpreter, type RunOptions } from '../interpreter.ts';
import { HEAD_LIMIT, Output, TAIL_LIMIT } from '../output.ts';
import type { Answer, Outcome, Snapshot, Start, Taken, Task } from '../protocol.ts';
import { removeGlobals, serve } from './environment.ts';
import { WARM_UP } from './warm-up.ts';

self.onmessage = async ({ data: start }: MessageEvent<Start>) => {
  self.onmessage = null;
  const { port } = start;
  // Bound now: a program that reaches JavaScript may change what `postMessage` is, but not what this is.
  const say: (answer: Answer) => void = port.postMessage.bind(port);
  try {
    const interpreter = await ready(start);
    removeGlobals(self);
    port.onmessage = ({ data: task }: MessageEvent<Task>) => {
      port.onmessage = null;
      perform(interpreter, task, say);
    };
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'failed', message: explained(error) });
  }
};

async function ready({ wasm, python, snapshot, warm }: Start): Promise<Interpreter> {
  const distribution: Distribution = {
    pyodide: { loadPyodide, createPyodideModule, wasm, indexURL: 'data:,', stdlibURL: serve(python) },
    packages: {},
    createEngine: createBinding,
  };
  const restored = snapshot && (await restore(distribution, snapshot, warm));
  if (restored) return restored;
  const started = await Interpreter.start(distribution, true);
  handOver(started);
  return started;
}

/** An interpreter with that memory; none if it cannot be used, for whatever reason. */
async function restore(
  from: Distribution,
  memory: Snapshot,
  warm: boolean,
): Promise<Interpreter | undefined> {
  try {
    // JavaScript is slow the first time: another world, which nobody sees, runs a program before.
    if (warm) (await Interpreter.restore(from, memory)).run({ code: WARM_UP }, { streams: UNHEARD });
    return await Interpreter.restore(from, memory);
  } catch (error) {
    console.info('Python could not be restored and is started afresh.', error);
    return undefined;
  }
}

/** Without its memory the next interpreter is started afresh too, which takes longer and is no loss otherwise. */
function handOver(started: Interpreter): void {
  try {
    const snapshot = started.takeSnapshot();
    self.postMessage({ snapshot } satisfies Taken, { transfer: [snapshot.buffer] });
  } catch (error) {
    console.info("Python's memory could not be taken.", error);
  }
}

const nowhere = { write: (bytes: Uint8Array) => bytes.length };
const UNHEARD: RunOptions['streams'] = { stdout: nowhere, stderr: nowhere };

function perform(interpreter: Interpreter, task: Task, say: (answer: Answer) => void): void {
  const output = new Output(say);
  const streams = { stdout: output.sink('stdout'), stderr: output.sink('stderr') };
  interpreter.whileRunning(() => output.poll());
  const answer = attempt(interpreter, task, streams);
  output.flush();
  say(answer);
}

function attempt(python: Interpreter, task: Task, streams: RunOptions['streams']): Answer {
  try {
    if (task.kind === 'grade') return { kind: 'graded', report: python.grade(task.request, streams) };
    return { kind: 'ran', outcome: bounded(python.run(task.program, { showValue: true, streams })) };
  } catch (error) {
    return { kind: 'failed', message: explained(error) };
  }
}

/** A value or an error may be as long as output, and is cut as it is. */
function bounded(outcome: Outcome): Outcome {
  const { value, error } = outcome;
  const { message = '', traceback = '' } = error ?? {};
  return {
    ...outcome,
    value: value && cut(value),
    error: error && { ...error, message: cut(message), traceback: cut(traceback) },
  };
}

function cut(text: string): string {
  const omitted = text.length - HEAD_LIMIT - TAIL_LIMIT;
  if (omitted <= 0) return text;
  return `${text.slice(0, HEAD_LIMIT)}\n… ${omitted} characters left out …\n${text.slice(-TAIL_LIMIT)}`;
}

/** What a reader is told when Python itself did not survive a program. */
function explained(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/call stack|recursion/i.test(text)) return 'The program went too deep: it has used up the call stack.';
  if (/out of memory|allocation/i.test(text)) return 'The program has used up the memory that it may have.';
  return `The Python interpreter broke down: ${text}`;
}
