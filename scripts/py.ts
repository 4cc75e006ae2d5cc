// Runs a Python file on this project's `torch`, as the `python` command would: npm run --silent py -- FILE.py [ARG…]
//
// Python runs in a thread of its own, so that this one can hear Ctrl+C while a program computes.

import { Worker } from 'node:worker_threads';
import type { ProcessData } from '../src/runtime/python-process.ts';

const INTERRUPT = 2;
const INTERRUPTED = 130;

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npm run --silent py -- FILE.py [ARG…]');
  process.exit(2);
}

const interrupts = new Int32Array(new SharedArrayBuffer(4));
const workerData: ProcessData = {
  file,
  args,
  // npm runs scripts in the project's folder and tells here where it was called.
  folder: process.env.INIT_CWD ?? process.cwd(),
  interrupts,
};
const python = new Worker(new URL('../src/runtime/python-process.ts', import.meta.url), {
  workerData,
  resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 4096 },
});

process.on('SIGINT', () => {
  // A program that does not listen, because it waits for input or swallows the exception, is ended by the second.
  if (Atomics.load(interrupts, 0) === INTERRUPT) process.exit(INTERRUPTED);
  Atomics.store(interrupts, 0, INTERRUPT);
});
python.on('message', (exitCode: number) => process.exit(exitCode));
python.on('error', (error) => {
  console.error(`The interpreter broke down: ${error.stack ?? error}`);
  process.exit(1);
});
