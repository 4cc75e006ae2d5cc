import { readdirSync, readFileSync, readSync, realpathSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { isatty } from 'node:tty';
import { parentPort, workerData } from 'node:worker_threads';
import type { PyodideAPI } from 'pyodide';
import { type ByteSink, Interpreter } from './interpreter.ts';
import { nodeDistribution } from './node-distribution.ts';
import { nodeSnapshot } from './node-snapshot.ts';

/** What `scripts/py.ts` tells the thread that is its Python process. */
export interface ProcessData {
  /** The program, as it was named on the command line. */
  file: string;
  args: readonly string[];
  /** Where the command was given. */
  folder: string;
  /** Holds 2 while the program is to be interrupted. */
  interrupts: Int32Array;
}

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const CANNOT_OPEN = 2;
/** Where Python keeps files of its own, and what is no disk. */
const NOT_MOUNTED = new Set(['lib', 'dev', 'proc', 'sys']);

async function runProgram({ file, args, folder, interrupts }: ProcessData): Promise<number> {
  const program = path.resolve(folder, file);
  let code: string;
  try {
    code = readFileSync(program, 'utf8');
  } catch (error) {
    writeSync(STDERR, `can't open file '${program}': ${(error as Error).message}\n`);
    return CANNOT_OPEN;
  }
  const interpreter = await realInterpreter(folder, interrupts);
  const { exitCode, error } = interpreter.run(
    { code, filename: program },
    {
      argv: [file, ...args],
      folder: path.dirname(program),
      buffered: !isatty(STDOUT),
      streams: { stdout: descriptor(STDOUT), stderr: descriptor(STDERR) },
    },
  );
  if (error) writeSync(STDERR, error.traceback);
  return exitCode;
}

/** An interpreter that has this machine's disks, environment and standard input. */
async function realInterpreter(folder: string, interrupts: Int32Array): Promise<Interpreter> {
  const distribution = await nodeDistribution();
  const interpreter = await Interpreter.restore(distribution, await nodeSnapshot(distribution));
  const { pyodide } = interpreter;
  mountDisks(pyodide.FS);
  pyodide.FS.chdir(folder);
  const environment = pyodide.pyimport('os').environ;
  environment.clear();
  environment.update(pyodide.toPy({ ...process.env }));
  pyodide.setStdin({ isatty: isatty(STDIN), read: (buffer) => readSync(STDIN, buffer) });
  pyodide.setInterruptBuffer(interrupts);
  return interpreter;
}

/** Every folder of the machine under its own path. */
function mountDisks(fs: PyodideAPI['FS']): void {
  for (const name of readdirSync('/')) {
    if (NOT_MOUNTED.has(name) || !statSync(`/${name}`).isDirectory()) continue;
    fs.mkdirTree(`/${name}`);
    fs.mount(fs.filesystems.NODEFS, { root: realpathSync(`/${name}`) }, `/${name}`);
  }
}

function descriptor(fd: number): ByteSink {
  return { isatty: isatty(fd), write: (bytes) => writeSync(fd, bytes) };
}

parentPort?.postMessage(await runProgram(workerData));
