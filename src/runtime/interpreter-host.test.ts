import { beforeEach, describe, expect, it } from 'vitest';
import { InterpreterHost, type RunListener, type WorkerLike } from './interpreter-host.ts';
import type { FromWorker, OutputChunk, ToWorker } from './protocol.ts';

/** A worker that does what the test tells it to. */
class FakeWorker implements WorkerLike {
  readonly received: ToWorker[] = [];
  terminated = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  postMessage(message: ToWorker): void {
    this.received.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  says(message: FromWorker): void {
    this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data: message }));
  }
}

const RAN: FromWorker = { kind: 'ran', outcome: { exitCode: 0 } };
const PROVISIONS = { wasm: {} as WebAssembly.Module, stdlib: new Blob() };

let workers: FakeWorker[];
let host: InterpreterHost;
beforeEach(() => {
  workers = [];
  host = new InterpreterHost(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
});

const latest = () => workers[workers.length - 1];
const living = () => workers.filter((worker) => !worker.terminated);

/** Run something and note what is told about it. */
function run(code = '') {
  const states: string[] = [];
  const output: OutputChunk[] = [];
  const omitted: number[] = [];
  const listener: RunListener = {
    onState: (state) => states.push(state),
    onOutput: (chunk) => output.push(chunk),
    onOmitted: (count) => omitted.push(count),
  };
  return { states, output, omitted, ...host.perform({ kind: 'run', program: { code } }, listener) };
}

describe('the first run', () => {
  it('loads the interpreter, runs, and is done', async () => {
    const { states, output, done } = run('print(1)');
    latest().says({ kind: 'progress', progress: { loadedBytes: 1, totalBytes: 2 } });
    latest().says({ kind: 'ready' });
    expect(latest().received[1]).toEqual({ kind: 'run', program: { code: 'print(1)' } });
    latest().says({ kind: 'output', chunks: [{ stream: 'stdout', text: '1\n' }] });
    latest().says(RAN);
    expect(await done).toMatchObject({ status: 'ran', outcome: { exitCode: 0 } });
    expect(states).toEqual(['loading', 'loading', 'running', 'done']);
    expect(output).toEqual([{ stream: 'stdout', text: '1\n' }]);
  });

  it('finds the interpreter ready when it was asked for before', () => {
    host.preload();
    latest().says({ kind: 'ready' });
    expect(run().states).toEqual(['running']);
    expect(workers).toHaveLength(1);
  });
});

describe('the next run', () => {
  it('has another worker, which got what the first had fetched', () => {
    run();
    const [first] = workers;
    first.says({ kind: 'provisions', provisions: PROVISIONS });
    first.says({ kind: 'ready' });
    first.says(RAN);
    expect(living()).toHaveLength(1);
    expect(latest()).not.toBe(first);
    expect(latest().received).toEqual([{ kind: 'prepare', provisions: PROVISIONS }]);
  });

  it('waits for its turn', () => {
    const first = run('1');
    const second = run('2');
    expect([first.states, second.states]).toEqual([['loading'], ['queued']]);
    latest().says({ kind: 'ready' });
    latest().says(RAN);
    expect(second.states).toEqual(['queued', 'loading']);
    latest().says({ kind: 'ready' });
    expect(second.states).toEqual(['queued', 'loading', 'running']);
    expect(latest().received[1]).toEqual({ kind: 'run', program: { code: '2' } });
  });
});

describe('stopping', () => {
  it('a running program ends its worker and prepares another', async () => {
    const { states, done, stop } = run();
    const [first] = workers;
    first.says({ kind: 'ready' });
    stop();
    expect(await done).toMatchObject({ status: 'stopped' });
    expect(states).toEqual(['loading', 'running', 'stopping', 'done']);
    expect(first.terminated).toBe(true);
    expect(living()).toHaveLength(1);
  });

  it('what an ended worker still says is not heard', async () => {
    const first = run();
    const [worker] = workers;
    worker.says({ kind: 'ready' });
    first.stop();
    const second = run();
    worker.says({ kind: 'output', chunks: [{ stream: 'stdout', text: 'late' }] });
    worker.says(RAN);
    expect(second.output).toEqual([]);
    expect(second.states).toEqual(['loading']);
  });

  it('a program that waits only takes it out of the queue', async () => {
    const first = run();
    const second = run();
    latest().says({ kind: 'ready' });
    second.stop();
    expect(await second.done).toMatchObject({ status: 'stopped', milliseconds: 0 });
    expect(first.states.at(-1)).toBe('running');
    expect(workers).toHaveLength(1);
  });

  it('while loading lets the loading go on, for the next', () => {
    const first = run();
    first.stop();
    expect(first.states).toEqual(['loading', 'done']);
    expect(living()).toHaveLength(1);
    latest().says({ kind: 'ready' });
    expect(run().states).toEqual(['running']);
  });

  it('twice, or after the end, does nothing', () => {
    const { states, stop } = run();
    latest().says({ kind: 'ready' });
    latest().says(RAN);
    stop();
    stop();
    expect(states).toEqual(['loading', 'running', 'done']);
    expect(workers).toHaveLength(2);
  });
});

describe('a worker that breaks down', () => {
  it('while it runs a program is replaced', async () => {
    const { done } = run();
    latest().says({ kind: 'ready' });
    latest().says({ kind: 'failed', message: 'too deep' });
    expect(await done).toMatchObject({ status: 'crashed', message: 'too deep' });
    expect(living()).toHaveLength(1);
  });

  it('while it starts is not started again and again, but for the next run', async () => {
    const { done } = run();
    latest().says({ kind: 'failed', message: 'no network' });
    expect(await done).toMatchObject({ status: 'crashed', message: 'no network' });
    expect(workers).toHaveLength(1);
    expect(run().states).toEqual(['loading']);
    expect(workers).toHaveLength(2);
  });

  it('because of what it was given leaves the next one to fetch its own', () => {
    run();
    latest().says({ kind: 'provisions', provisions: PROVISIONS });
    latest().says({ kind: 'ready' });
    latest().says(RAN);
    latest().says({ kind: 'failed', message: 'damaged' });
    run();
    expect(latest().received).toEqual([{ kind: 'prepare', provisions: undefined }]);
  });
});

describe('with room for two', () => {
  beforeEach(() => {
    host = new InterpreterHost(() => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    }, 2);
    host.preload();
    workers[0].says({ kind: 'provisions', provisions: PROVISIONS });
    workers[0].says({ kind: 'ready' });
    workers[1].says({ kind: 'ready' });
  });

  it('two workers get ready one after the other, the second with what the first has fetched', () => {
    expect(workers).toHaveLength(2);
    expect(workers[1].received).toEqual([{ kind: 'prepare', provisions: PROVISIONS }]);
  });

  it('who runs twice need not wait, and the workers are replaced', () => {
    const first = run();
    workers[0].says(RAN);
    expect(first.states).toEqual(['running', 'done']);
    expect(run().states).toEqual(['running']);
    expect(workers[1].received).toHaveLength(2);
    workers[2].says({ kind: 'ready' });
    workers[1].says(RAN);
    expect(living()).toHaveLength(2);
  });

  it('programs still run one after the other', () => {
    run();
    expect(run().states).toEqual(['queued']);
  });
});

it('the end of a long output is told last, with what was left out', async () => {
  const { output, omitted, done } = run();
  latest().says({ kind: 'ready' });
  const tail = (count: number, text: string) => ({
    omitted: count,
    chunks: [{ stream: 'stdout' as const, text }],
  });
  latest().says({ kind: 'output', chunks: [{ stream: 'stdout', text: 'head' }], tail: tail(0, 'x') });
  latest().says({ kind: 'output', chunks: [], tail: tail(7, 'end') });
  expect(output.map(({ text }) => text)).toEqual(['head']);
  latest().says(RAN);
  await done;
  expect(output).toEqual([
    { stream: 'stdout', text: 'head' },
    { stream: 'stdout', text: 'end', omitted: 7 },
  ]);
  expect(omitted).toEqual([7]);
});
