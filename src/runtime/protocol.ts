// All that pages, the sealed frame and the interpreters in it say to each other, and what a page tells its readers.
//
//   page ── Task ──►  interpreter      over a port of its own, which no program can reach
//   page ◄─ Answer ── interpreter      progress, output as it is written, and one ending
//   page ── ToFrame ► frame            Python's parts, and which interpreters to make and to end
//
// A page asks through `runtime()` in client.ts: `run` a program, or `grade` a request that only the grader understands.
// Each task has an interpreter to itself, made anew, and at most one task is under way in a tab. A task may be given
// `Limits`; one that exceeds its time ends as `timed-out`, and never by itself as `stopped`, which is the reader's word.

/** Where a task stands, as a reader sees it. */
export type RunState = 'queued' | 'loading' | 'running' | 'stopping' | 'done';

/** How much of the interpreter has arrived. */
export interface LoadProgress {
  /** As they are sent, compressed. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** How long it has taken so far. */
  readonly milliseconds: number;
}

export type Stream = 'stdout' | 'stderr';

export interface OutputChunk {
  stream: Stream;
  text: string;
  /** How many characters were left out before this text, when there was too much of it. */
  omitted?: number;
}

/** The end of an output of which the middle is left out. */
export interface Tail {
  omitted: number;
  chunks: OutputChunk[];
}

export interface Program {
  code: string;
  /** What tracebacks call it; `main.py` unless told. */
  filename?: string;
  /** Further files beside it, by name. */
  files?: Readonly<Record<string, string>>;
}

export interface RunError {
  /** The exception's class, `RuntimeError`. */
  type: string;
  message: string;
  /** As Python prints it, with the reader's own frames only. */
  traceback: string;
  /** The line of the program that failed, counted from 1. */
  line?: number;
}

/** How a program ended. */
export interface Outcome {
  exitCode: number;
  error?: RunError;
  /** What a last expression came to, unless it was None. */
  value?: string;
}

/** What an interpreter may be asked to do. */
export type Task = { kind: 'run'; program: Program } | { kind: 'grade'; request: string };

/** How long a task may take, counted from when it begins to run. */
export interface Limits {
  /** After so many milliseconds it is ended, as `timed-out`. */
  milliseconds?: number;
}

/** What an interpreter says: how far it has come, then what the task writes, then how it ended. */
export type Answer =
  | { kind: 'progress'; progress: LoadProgress }
  /** It waits for a task; said again when another interpreter has taken the place of the one that did the last. */
  | { kind: 'ready' }
  /** Its task is done, and it is of no more use. */
  | { kind: 'spent' }
  | { kind: 'output'; chunks: OutputChunk[]; tail?: Tail }
  | { kind: 'ran'; outcome: Outcome }
  | { kind: 'graded'; report: string }
  /** The interpreter could not be started, or broke down. */
  | { kind: 'failed'; message: string };

/** The files an interpreter is made of, each compressed with gzip. */
export type Part = 'worker' | 'wasm' | 'python';

/** Python's memory with `torch` imported and no program run yet. */
export type Snapshot = Uint8Array<ArrayBuffer>;

/** What the page tells the sealed frame. */
export type ToFrame =
  /** The next piece of a part; without bytes, there are no more. */
  | { kind: 'part'; part: Part; bytes?: Uint8Array<ArrayBuffer> }
  /** The memory that an earlier visit kept, or that there is none. */
  | { kind: 'snapshot'; snapshot?: Blob }
  /** Make an interpreter, which answers over `port`. */
  | { kind: 'spawn'; id: number; port: MessagePort }
  | { kind: 'end'; id: number }
  /** Hand over the memory that an interpreter took of itself. */
  | { kind: 'keep' }
  /** Say that you are there. */
  | { kind: 'ping' };

export type FromFrame =
  | { kind: 'snapshot'; snapshot: Blob }
  | { kind: 'pong' }
  /** An interpreter (or, without `id`, any) could not be made. */
  | { kind: 'failed'; id?: number; message: string };

/** What the frame gives a worker to start with. */
export interface Start {
  wasm: WebAssembly.Module;
  /** The zip with Python's library, `torch` and our runner. */
  python: ArrayBuffer;
  snapshot?: Snapshot;
  port: MessagePort;
}

/** What a worker tells the frame, before it runs any program: its memory, for the workers to come. */
export interface Taken {
  snapshot: Snapshot;
}
