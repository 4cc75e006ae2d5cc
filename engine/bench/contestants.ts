import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createNodeInterpreter } from '../../src/runtime/node.ts';
import type { Answer, Question } from './engine-process.ts';
import { DESCRIPTIONS } from './workloads.ts';

/** An engine that takes part: it says what it can do and does it when asked. */
export interface Contestant {
  readonly name: string;
  readonly version: string;
  readonly workloads: readonly string[];
  measure(question: Question): Promise<Answer>;
  end(): void;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** An engine in JavaScript, in a process of its own. */
export async function inJavaScript(module: string, name: string): Promise<Contestant> {
  const child = fork(here('engine-process.ts'), [module, name], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // One engine walks through long chains recursively.
    execArgv: ['--stack-size=6000'],
  });
  const introduction = await answerOf<Pick<Contestant, 'name' | 'version' | 'workloads'>>(child);
  return {
    ...introduction,
    measure: (question) => {
      child.send(question);
      return answerOf<Answer>(child);
    },
    end: () => child.kill(),
  };
}

/** The next message of a child. @throws Error where it ends instead. */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`an engine's process ended with ${code}`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message as T;
  } finally {
    waiting.abort(); // of the two, the one that has not happened is waited for no longer
  }
}

const EVERYTHING = DESCRIPTIONS.map(({ name }) => name);

/** Our package `torch` in Python, through the whole binding. */
export async function inOurPython(): Promise<Contestant> {
  const python = await createNodeInterpreter();
  const code = readFileSync(here('workloads.py'), 'utf8');
  return {
    name: 'dxdx, from Python',
    version: 'this repository',
    workloads: EVERYTHING,
    measure: async ({ workload, seconds }) => {
      const { stdout, error } = await python.run(code, {
        filename: 'workloads.py',
        args: [workload, String(seconds)],
      });
      if (error) throw new Error(error.traceback);
      return JSON.parse(stdout);
    },
    end: () => {},
  };
}

/** Real PyTorch on one thread, where a Python has it; null elsewhere. */
export function inPyTorch(python: string): Contestant | null {
  const version = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  if (version.status !== 0) return null;
  return {
    name: 'PyTorch, native',
    version: version.stdout.trim(),
    workloads: EVERYTHING,
    measure: async ({ workload, seconds }) => {
      const { stdout, stderr, status } = spawnSync(
        python,
        [here('workloads.py'), workload, String(seconds)],
        {
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
        },
      );
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    },
    end: () => {},
  };
}
