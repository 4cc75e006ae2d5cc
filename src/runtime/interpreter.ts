import type { PyodideAPI, PyodideConfig } from 'pyodide';
import { type EngineBinding, EngineModule } from './engine-module.ts';
import { JavaScriptContact } from './javascript-contact.ts';
import type { Outcome, Program, Snapshot, Stream } from './protocol.ts';
import { type PyodideParts, startPyodide } from './pyodide-start.ts';
import { clearFreedSlots, PackedSnapshot, packed } from './snapshot.ts';

/** All it takes to start an interpreter that knows `torch`. */
export interface Distribution {
  pyodide: PyodideParts;
  /** Python files by their path in site-packages: the `torch` package and our runner, if the library has them not. */
  packages: Readonly<Record<string, string>>;
  createEngine(): EngineBinding;
}

export type { Snapshot } from './protocol.ts';

/** Where a program's output goes. */
export interface ByteSink {
  /** Takes bytes, which are valid during the call only, and says how many it took. */
  write(bytes: Uint8Array): number;
  isatty?: boolean;
}

export interface RunOptions {
  streams: Readonly<Record<Stream, ByteSink>>;
  /** `sys.argv`; the program's name alone unless given. */
  argv?: readonly string[];
  /** The folder that the program is in, when its files are there already. */
  folder?: string;
  /** Whether output waits for a full buffer, as it does when it goes to a file. */
  buffered?: boolean;
  /** Whether the value of a last expression is handed back, as in a notebook. */
  showValue?: boolean;
}

/** `run` of the Python module `_dxdx_run`. */
type RunProgram = (
  source: string,
  filename: string,
  /** As JSON: a list of JavaScript's would be looked through item by item. */
  argv: string,
  folder: string,
  buffered: boolean,
  showValue: boolean,
) => string;

const SITE_PACKAGES = '/lib/python3.14/site-packages';
const HOME = '/home/reader';
const ENGINE = 'dxdx_engine';
/** What was taken is given back when the garbage collector comes round to it, which may take a while. */
const MEMORY_WORTH_KEEPING = 128 * 1024 ** 2;
/** What is imported into the memory that snapshots are taken of; the runner imports `torch`. */
const PRELOADED = ['_dxdx_run', '_dxdx_seal', 'dxdx_grading'];

/** A world of its own: Python, `torch` and engine. It runs one program and is thrown away. */
export class Interpreter {
  /** For those who lend a program more than its own files, such as a real disk. */
  readonly pyodide: PyodideAPI;
  readonly #engine: EngineModule;
  readonly #contact: JavaScriptContact;

  private constructor(pyodide: PyodideAPI, engine: EngineModule, contact: JavaScriptContact) {
    this.pyodide = pyodide;
    this.#engine = engine;
    this.#contact = contact;
    failPlainly(pyodide);
  }

  /** Start from nothing; `snapshots` says whether the memory may be taken later. */
  static async start(from: Distribution, snapshots = false): Promise<Interpreter> {
    const engine = new EngineModule(from.createEngine());
    const contact = new JavaScriptContact();
    const config = { ...QUIET, _makeSnapshot: snapshots };
    const pyodide = await startPyodide(from.pyodide, config, { contact, connect: engine.connect });
    pyodide.registerJsModule(ENGINE, engine.module);
    writeFiles(pyodide, SITE_PACKAGES, from.packages);
    for (const module of PRELOADED) pyodide.pyimport(module);
    return new Interpreter(pyodide, engine, contact);
  }

  /** Start from a snapshot, with a new engine: about ten times as fast. */
  static async restore(from: Distribution, snapshot: Snapshot): Promise<Interpreter> {
    const engine = new EngineModule(from.createEngine());
    const contact = new JavaScriptContact();
    const config = { ...QUIET, _snapshotDeserializer: engine.deserialize };
    const pyodide = await startPyodide(from.pyodide, config, {
      contact,
      connect: engine.connect,
      snapshot: new PackedSnapshot(snapshot),
    });
    // Files are not part of the memory, and a program may still import or read them.
    writeFiles(pyodide, SITE_PACKAGES, from.packages);
    return new Interpreter(pyodide, engine, contact);
  }

  takeSnapshot(): Snapshot {
    clearFreedSlots(this.pyodide);
    return packed(this.pyodide.makeMemorySnapshot({ serializer: this.#engine.serialize }));
  }

  /** Have `poll` called every now and then while Python computes. */
  whileRunning(poll: () => void): void {
    // Python looks regularly whether it is to be interrupted. Nothing ever is, but the looking can be noticed.
    const interrupts = {
      get 0() {
        poll();
        return 0;
      },
      set 0(_answered) {},
    };
    this.pyodide.setInterruptBuffer(interrupts as unknown as Uint8Array);
  }

  run(program: Program, options: RunOptions): Outcome {
    const { filename = 'main.py', code, files = {} } = program;
    const folder = options.folder ?? HOME;
    const argv = options.argv ?? [filename];
    this.#begin(options.streams);
    if (!options.folder) writeFiles(this.pyodide, HOME, { ...files, [filename]: code });
    const run = this.pyodide.pyimport('_dxdx_run').run as RunProgram;
    try {
      return JSON.parse(
        run(code, filename, JSON.stringify(argv), folder, !!options.buffered, !!options.showValue),
      );
    } catch (error) {
      if (isExit(error)) return { exitCode: error.status };
      throw error;
    } finally {
      this.#engine.retire();
    }
  }

  /** Check an answer to an exercise: request and report are JSON, of which only the checker knows more. */
  grade(request: string, streams: RunOptions['streams']): string {
    this.#begin(streams);
    const report = this.pyodide.pyimport('dxdx_grading').grade(request) as string;
    this.#engine.retire();
    return report;
  }

  /**
   * Whether another interpreter may be made where this one was: what programs it ran have left nothing behind in
   * JavaScript, and no memory that it would be a pity to keep.
   */
  get leftNothing(): boolean {
    const { HEAPU8 } = (this.pyodide as unknown as { _module: { HEAPU8: Uint8Array } })._module;
    return !this.#contact.wasMade && HEAPU8.length <= MEMORY_WORTH_KEEPING;
  }

  #begin({ stdout, stderr }: RunOptions['streams']): void {
    this.pyodide.setStdout(stdout);
    this.pyodide.setStderr(stderr);
    this.pyodide.pyimport('_dxdx_seal').seal();
    this.#contact.watch();
  }
}

/** When Python breaks down, Pyodide writes a page about it to the console and to the program's own output. */
function failPlainly(pyodide: PyodideAPI): void {
  const { _api } = pyodide as unknown as { _api: { fatal_error(cause: unknown): void } };
  _api.fatal_error = (cause) => {
    throw cause;
  };
}

/** Thrown by `os._exit`, which ends a process at once. */
function isExit(thrown: unknown): thrown is { status: number } {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'ExitStatus';
}

/** What Python could reach of JavaScript by name. Pyodide asks for an `eval`, of which it makes no use here. */
const NO_GLOBALS = Object.assign(Object.create(null), {
  eval: () => {
    throw new EvalError('there is no JavaScript here');
  },
});

/** No terminal, and nothing to read. */
const QUIET: PyodideConfig = {
  jsglobals: NO_GLOBALS,
  _sysExecutable: '/usr/bin/python',
  env: { HOME, PYTHONINSPECT: '' },
  stdin: () => null,
  stdout: () => {},
  stderr: () => {},
};

function writeFiles(pyodide: PyodideAPI, folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    pyodide.FS.writeFile(path, text);
  }
}
