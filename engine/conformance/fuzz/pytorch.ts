import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A step is Python; its report is what it did, as data that only Python looks into. */
export type Program = [steps: string[], reports: unknown[]];

/** A process with real PyTorch, which answers one request at a time. */
export class PyTorch {
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  constructor(python: string) {
    const server = fileURLToPath(new URL('server.py', import.meta.url));
    this.#process = spawn(python, [server], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.#process.stdout) throw new Error('no output from Python');
    this.#lines = createInterface(this.#process.stdout);
  }

  /** The programs of these seeds; null for one that ends PyTorch itself. */
  write(seeds: number[]): Promise<(Program | null)[]> {
    return this.#ask({ write: seeds });
  }

  /** These programs, with what PyTorch does in each step; null for one that ends PyTorch itself. */
  run(programs: string[][]): Promise<(Program | null)[]> {
    return this.#ask({ run: programs });
  }

  close(): void {
    this.#process.stdin?.end();
  }

  #ask(request: object): Promise<(Program | null)[]> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null): void => reject(new Error(`PyTorch ended with ${code}`));
      this.#process.once('exit', died);
      this.#lines.once('line', (line) => {
        this.#process.off('exit', died);
        resolve(JSON.parse(line));
      });
      this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    });
  }
}
