import type { GradeReport, GradeRequest } from '../grading/records.ts';
import { type ByteSink, Interpreter } from './interpreter.ts';
import { nodeDistribution } from './node-distribution.ts';
import { nodeSnapshot } from './node-snapshot.ts';
import type { Outcome, Program } from './protocol.ts';

/** What a program wrote, and how it ended. */
export interface FinishedRun extends Outcome {
  stdout: string;
  stderr: string;
}

export interface NodeInterpreter {
  /** Run a program in a world of its own. */
  run(code: string, options?: Omit<Program, 'code'> & { args?: readonly string[] }): Promise<FinishedRun>;
  /** Watch programs while the checks of an exercise are tried on them, in a world of their own. */
  grade(request: GradeRequest): Promise<GradeReport>;
}

/** Python with `torch` for tests and tools: every run is restored from one snapshot. */
export async function createNodeInterpreter(): Promise<NodeInterpreter> {
  const distribution = await nodeDistribution();
  const snapshot = await nodeSnapshot(distribution);
  let turn: Promise<unknown> = Promise.resolve();
  /** All interpreters of a process share one engine, so each has to end before the next begins. */
  function inTurn<T>(work: (interpreter: Interpreter) => T): Promise<T> {
    const result = turn.then(async () => work(await Interpreter.restore(distribution, snapshot)));
    turn = result.catch(() => {}); // the one who asked for it is told
    return result;
  }
  return {
    run: (code, { args = [], filename = 'main.py', files } = {}) =>
      inTurn((interpreter) => {
        const stdout = new TextSink();
        const stderr = new TextSink();
        const outcome = interpreter.run(
          { code, filename, files },
          { argv: [filename, ...args], showValue: true, streams: { stdout, stderr } },
        );
        return { stdout: stdout.text, stderr: stderr.text, ...outcome };
      }),
    grade: (request) =>
      inTurn((interpreter) => {
        const streams = { stdout: new TextSink(), stderr: new TextSink() };
        return JSON.parse(interpreter.grade(JSON.stringify(request), streams));
      }),
  };
}

/** Output as text. */
export class TextSink implements ByteSink {
  text = '';
  readonly #decoder = new TextDecoder();

  write(bytes: Uint8Array): number {
    this.text += this.#decoder.decode(bytes, { stream: true });
    return bytes.length;
  }
}
