import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Interpreter, InterpreterHost } from './interpreter-host.ts';
import { NOTICE_AFTER, type RunListener } from './job.ts';
import type { Answer, Limits, OutputChunk, Task } from './protocol.ts';

/** An interpreter that does what the test tells it to. */
class FakeInterpreter implements Interpreter {
  readonly received: Task[] = [];
  terminated = false;
  onanswer: Interpreter['onanswer'] = () => {};

  perform(task: Task): void {
    this.received.push(task);
  }

  terminate(): void {
    this.terminated = true;
  }

  says(answer: Answer): void {
    this.onanswer(answer);
  }
}

const RAN: Answer = { kind: 'ran', outcome: { exitCode: 0 } };
const READY: Answer = { kind: 'ready' };
const PROGRESS: Answer = { kind: 'progress', progress: { loadedBytes: 1, totalBytes: 2, milliseconds: 3 } };

let workers: FakeInterpreter[];
let host: InterpreterHost;

function newHost(mostSpares?: number): InterpreterHost {
  workers = [];
  const spawn = () => {
    const worker = new FakeInterpreter();
    workers.push(worker);
    return worker;
  };
  return new InterpreterHost(spawn, mostSpares);
}

beforeEach(() => {
  vi.useFakeTimers();
  host = newHost();
});
afterEach(() => {
  vi.useRealTimers();
});

const latest = () => workers[workers.length - 1];
const living = () => workers.filter((worker) => !worker.terminated);

/** Run something and note what is told about it. */
function run(code = '', limits?: Limits) {
  const states: string[] = [];
  const output: OutputChunk[] = [];
  const omitted: number[] = [];
  const notices: string[] = [];
  const listener: RunListener = {
    onState: (state) => states.push(state),
    onOutput: (chunk) => output.push(chunk),
    onOmitted: (count) => omitted.push(count),
    onLong: () => notices.push('long'),
  };
  const handle = host.perform({ kind: 'run', program: { code } }, listener, limits);
  return { states, output, omitted, notices, ...handle };
}

describe('the first run', () => {
  it('loads the interpreter, runs, and is done', async () => {
    const { states, output, done } = run('print(1)');
    latest().says(PROGRESS);
    latest().says({ kind: 'ready' });
    expect(latest().received).toEqual([{ kind: 'run', program: { code: 'print(1)' } }]);
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
  it('begins once its interpreter has made itself ready again', () => {
    run();
    const [first] = workers;
    first.says(READY);
    first.says(RAN);
    const { states } = run('2');
    expect(states).toEqual(['loading']);
    first.says(READY);
    expect(states).toEqual(['loading', 'running']);
    expect(workers).toHaveLength(1);
  });

  it('has another interpreter when the first is spent', () => {
    run();
    const [first] = workers;
    first.says(READY);
    first.says(RAN);
    first.says({ kind: 'spent' });
    expect(first.terminated).toBe(true);
    expect(living()).toEqual([latest()]);
    latest().says(READY);
    expect(run().states).toEqual(['running']);
  });

  it('waits for its turn', () => {
    const first = run('1');
    const second = run('2');
    expect([first.states, second.states]).toEqual([['loading'], ['queued']]);
    workers[0].says({ kind: 'ready' });
    workers[0].says(RAN);
    expect(second.states).toEqual(['queued', 'loading']);
    workers[0].says(READY);
    expect(second.states).toEqual(['queued', 'loading', 'running']);
    expect(latest().received.slice(1)).toEqual([{ kind: 'run', program: { code: '2' } }]);
  });
});

it('a queue says what it waits for, and what then', () => {
  const seen: (string | undefined)[] = [];
  for (const filename of ['first.py', 'second.py', 'third.py'])
    host.perform(
      { kind: 'run', program: { code: '', filename } },
      { onState: (state, _progress, before) => filename === 'third.py' && seen.push(state, before) },
    );
  latest().says(READY);
  latest().says(RAN);
  expect(seen).toEqual(['queued', 'first.py', 'queued', 'second.py']);
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
    expect(workers[0].terminated).toBe(false);
  });

  it('while Python is fetched ends that, and the next run begins it again', () => {
    const first = run();
    latest().says(PROGRESS);
    first.stop();
    expect(first.states).toEqual(['loading', 'loading', 'done']);
    expect(living()).toHaveLength(0);
    expect(run().states).toEqual(['loading']);
    expect(living()).toHaveLength(1);
  });

  it('while Python starts lets it, for the next', () => {
    const first = run();
    first.stop();
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
    expect(living()).toEqual(workers);
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
});

describe('a program that runs on', () => {
  it('gets company, so that whoever stops it need not wait for the next', () => {
    const first = run();
    latest().says({ kind: 'ready' });
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(workers).toHaveLength(2);
    latest().says({ kind: 'ready' });
    first.stop();
    expect(run().states).toEqual(['running']);
  });

  it('is noticed once, and ended when its time is up', async () => {
    const { notices, states, done } = run('', { milliseconds: 20_000 });
    latest().says({ kind: 'ready' });
    vi.advanceTimersByTime(NOTICE_AFTER);
    expect(notices).toEqual(['long']);
    vi.advanceTimersByTime(20_000);
    expect(await done).toMatchObject({ status: 'timed-out' });
    expect(states).toEqual(['loading', 'running', 'done']);
    expect(workers[0].terminated).toBe(true);
  });

  it('has its time to itself: waiting does not count', () => {
    run();
    const { states } = run('', { milliseconds: 1000 });
    latest().says({ kind: 'ready' });
    vi.advanceTimersByTime(60_000);
    expect(states).toEqual(['queued']);
  });
});

describe('resting', () => {
  it('lets go of what is ready, and the next run starts anew', () => {
    host.preload();
    latest().says({ kind: 'ready' });
    host.rest();
    expect(living()).toHaveLength(0);
    expect(run().states).toEqual(['loading']);
  });

  it('is not for a program that runs', () => {
    const { states } = run();
    latest().says({ kind: 'ready' });
    host.rest();
    latest().says(RAN);
    expect(states).toEqual(['loading', 'running', 'done']);
  });
});

describe('company that was not needed', () => {
  const runWithCompany = () => {
    host.preload();
    latest().says(READY);
    run();
    vi.advanceTimersByTime(1000);
    latest().says(READY);
    workers[0].says(RAN);
  };

  it('takes the place of the one that ran', () => {
    runWithCompany();
    expect(living()).toEqual([workers[1]]);
    expect(run().states).toEqual(['running']);
  });

  it('stays beside it where there is room for two', () => {
    host = newHost(2);
    runWithCompany();
    expect(living()).toEqual(workers);
    expect([run().states, run().states]).toEqual([['running'], ['queued']]);
    workers[0].says(READY);
    workers[1].says(RAN);
    expect(workers[0].received).toHaveLength(2);
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
