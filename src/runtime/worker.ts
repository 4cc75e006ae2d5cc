import { browserDistribution, fetchProvisions } from './browser-distribution.ts';
import { type Distribution, Interpreter, type RunOptions, type Snapshot } from './interpreter.ts';
import { Output } from './output.ts';
import type { FromWorker, Provisions, Task, ToWorker } from './protocol.ts';

let interpreter: Interpreter | undefined;

const post = (message: FromWorker) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === 'prepare') await prepare(data.provisions);
    else perform(data);
  } catch (error) {
    post({ kind: 'failed', message: explained(error) });
  }
};

/** Have an interpreter at hand, and give the page what the next worker will want. */
async function prepare(given: Provisions | undefined): Promise<void> {
  const provisions = given ?? (await fetchProvisions((progress) => post({ kind: 'progress', progress })));
  const distribution = await browserDistribution(provisions);
  interpreter = provisions.snapshot && (await restored(distribution, provisions.snapshot));
  if (interpreter) {
    if (!given) post({ kind: 'provisions', provisions });
  } else {
    interpreter = await Interpreter.start(distribution, true);
    post({ kind: 'provisions', provisions: { ...provisions, snapshot: snapshotOf(interpreter) } });
  }
  post({ kind: 'ready' });
}

async function restored(distribution: Distribution, snapshot: Blob): Promise<Interpreter | undefined> {
  try {
    const memory: Snapshot = new Uint8Array(await snapshot.arrayBuffer());
    return await Interpreter.restore(distribution, memory);
  } catch (error) {
    console.warn('Python could not be restored and is started afresh.', error);
    return undefined;
  }
}

function snapshotOf(started: Interpreter): Blob | undefined {
  try {
    return new Blob([started.takeSnapshot()]);
  } catch (error) {
    console.warn('Python cannot be kept; every run will start it afresh.', error);
    return undefined;
  }
}

function perform(task: Task): void {
  if (!interpreter) throw new Error('there is no interpreter yet');
  const output = new Output(post);
  const streams = { stdout: output.sink('stdout'), stderr: output.sink('stderr') };
  interpreter.whileRunning(() => output.poll());
  const result = attempt(interpreter, task, streams);
  output.flush();
  post(result);
}

function attempt(python: Interpreter, task: Task, streams: RunOptions['streams']): FromWorker {
  try {
    if (task.kind === 'grade') return { kind: 'graded', report: python.grade(task.request, streams) };
    return { kind: 'ran', outcome: python.run(task.program, { showValue: true, streams }) };
  } catch (error) {
    return { kind: 'failed', message: explained(error) };
  }
}

/** What a reader is told when Python itself did not survive a program. */
function explained(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/call stack|recursion/i.test(text)) return 'The program went too deep: it has used up the call stack.';
  if (/out of memory|allocation/i.test(text)) return 'The program has used up the memory that it may have.';
  return `The Python interpreter broke down: ${text}`;
}
