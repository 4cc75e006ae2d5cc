// A worker: one interpreter after the other, each of which does one task that comes over the port.
//
// After a task the next interpreter is made beside the remains of the last, from the memory that all begin with: that
// takes a tenth of what a new worker takes. A program that had to do with JavaScript itself may have changed what they
// would share, so that its worker is thrown away; and so is, by the frame, one that a reader stops.
import './environment.ts';
import { loadPyodide } from 'pyodide';
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import { createBinding } from '../../../engine/binding.ts';
import { type Distribution, Interpreter, type RunOptions } from '../interpreter.ts';
import { HEAD_LIMIT, Output, TAIL_LIMIT } from '../output.ts';
import type { Answer, Outcome, Snapshot, Start, Taken, Task } from '../protocol.ts';
import { beginWorld, removeGlobals, serving } from './environment.ts';
import { WARM_UP } from './warm-up.ts';

/** An interpreter that nobody has asked for anything by then warms up. */
const IDLE = 200;

self.onmessage = async ({ data: start }: MessageEvent<Start>) => {
  self.onmessage = null;
  const { port } = start;
  // Bound now: a program that reaches JavaScript may change what `postMessage` is, but not what this is.
  const say: (answer: Answer) => void = port.postMessage.bind(port);
  try {
    const { interpreter, memory } = await begin(start);
    removeGlobals(self);
    serveOneAfterTheOther(port, say, interpreter, memory && (() => restored(start, memory)));
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'failed', message: explained(error) });
  }
};

/** Without `renew` there is only the first. */
function serveOneAfterTheOther(
  port: MessagePort,
  say: (answer: Answer) => void,
  first: Interpreter,
  renew: (() => Promise<Interpreter>) | undefined,
): void {
  let current = Promise.resolve(first);
  // JavaScript is slow the first time: a program that nobody sees runs before.
  const warmUp = setTimeout(() => {
    if (!renew) return;
    first.run({ code: WARM_UP }, { streams: UNHEARD });
    current = renew();
  }, IDLE);
  port.onmessage = async ({ data: task }: MessageEvent<Task>) => {
    clearTimeout(warmUp);
    try {
      const interpreter = await current;
      const isWell = perform(interpreter, task, say);
      if (!isWell || !interpreter.leftNothing || !renew) return say({ kind: 'spent' });
      current = renew();
      await current.then(
        () => say({ kind: 'ready' }),
        () => say({ kind: 'spent' }),
      );
    } catch (error) {
      say({ kind: 'failed', message: explained(error) });
    }
  };
}

interface Beginning {
  interpreter: Interpreter;
  /** From which others can be made. */
  memory: Snapshot | undefined;
}

async function begin(start: Start): Promise<Beginning> {
  const { snapshot } = start;
  try {
    if (snapshot) return { interpreter: await restored(start, snapshot), memory: snapshot };
  } catch (error) {
    console.info('Python could not be restored and is started afresh.', error);
  }
  const interpreter = await serving(start.python, (url) => Interpreter.start(distribution(start, url), true));
  return { interpreter, memory: handOver(interpreter) };
}

function restored(start: Start, memory: Snapshot): Promise<Interpreter> {
  beginWorld();
  return serving(start.python, (url) => Interpreter.restore(distribution(start, url), memory));
}

function distribution({ wasm }: Start, stdlibURL: string): Distribution {
  return {
    pyodide: { loadPyodide, createPyodideModule, wasm, indexURL: 'data:,', stdlibURL },
    packages: {},
    createEngine: createBinding,
  };
}

/** Without its memory the next interpreter is started afresh too, which takes longer and is no loss otherwise. */
function handOver(started: Interpreter): Snapshot | undefined {
  try {
    const snapshot = started.takeSnapshot();
    self.postMessage({ snapshot } satisfies Taken);
    return snapshot;
  } catch (error) {
    console.info("Python's memory could not be taken.", error);
    return undefined;
  }
}

const nowhere = { write: (bytes: Uint8Array) => bytes.length };
const UNHEARD: RunOptions['streams'] = { stdout: nowhere, stderr: nowhere };

/** Does the task, and says whether the interpreter has survived it. */
function perform(interpreter: Interpreter, task: Task, say: (answer: Answer) => void): boolean {
  const output = new Output(say);
  const streams = { stdout: output.sink('stdout'), stderr: output.sink('stderr') };
  interpreter.whileRunning(() => output.poll());
  const answer = attempt(interpreter, task, streams);
  output.flush();
  say(answer);
  return answer.kind !== 'failed';
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
