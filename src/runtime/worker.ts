import { browserDistribution, contentKey, fetchParts } from './browser-distribution.ts';
import { type Distribution, Interpreter, type RunOptions, type Snapshot } from './interpreter.ts';
import { Output } from './output.ts';
import type { FromWorker, Provisions, Task, ToWorker } from './protocol.ts';
import { cachedSnapshot, cacheSnapshot, forgetSnapshots } from './snapshot-cache.ts';

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
  const [parts, kept] = await Promise.all([
    given ?? fetchParts((progress) => post({ kind: 'progress', progress })),
    given ? given.snapshot : cachedSnapshot(contentKey),
  ]);
  const distribution = await browserDistribution(parts);
  interpreter = kept && (await restored(distribution, kept));
  let snapshot = interpreter && kept;
  if (!interpreter) {
    interpreter = await Interpreter.start(distribution, true);
    snapshot = snapshotOf(interpreter);
  }
  if (snapshot !== given?.snapshot) {
    post({ kind: 'provisions', provisions: { wasm: parts.wasm, stdlib: parts.stdlib, snapshot } });
  }
  post({ kind: 'ready' });
  if (given?.snapshot && import.meta.env.PROD) await cacheSnapshot(contentKey, given.snapshot);
}

async function restored(distribution: Distribution, kept: Blob): Promise<Interpreter | undefined> {
  try {
    const memory: Snapshot = new Uint8Array(await kept.arrayBuffer());
    return await Interpreter.restore(distribution, memory);
  } catch (error) {
    console.warn('The interpreter could not be restored and is started afresh.', error);
    await forgetSnapshots();
    return undefined;
  }
}

function snapshotOf(started: Interpreter): Blob | undefined {
  try {
    return new Blob([started.takeSnapshot()]);
  } catch (error) {
    console.warn('The interpreter cannot be kept; every run will have to start it afresh.', error);
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
