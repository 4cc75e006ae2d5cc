// What the page and the interpreter's worker say to each other, and what the page tells its readers.

/** Where a run stands, as a reader sees it. */
export type RunState = 'queued' | 'loading' | 'running' | 'stopping' | 'done';

/** How much of the interpreter has arrived. */
export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export type Stream = 'stdout' | 'stderr';

export interface OutputChunk {
  stream: Stream;
  text: string;
  /** How many characters were left out before this text, when there was too much of it. */
  omitted?: number;
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

/** What a worker needs to be ready at once, kept by the page for the next one. */
export interface Provisions {
  wasm: WebAssembly.Module;
  stdlib: Blob;
  /** Python's memory with `torch` imported; absent where it could not be taken. */
  snapshot?: Blob;
}

/** What a worker may be asked to do, once. */
export type Task = { kind: 'run'; program: Program } | { kind: 'grade'; request: string };

export type ToWorker = { kind: 'prepare'; provisions?: Provisions } | Task;

export type FromWorker =
  | { kind: 'progress'; progress: LoadProgress }
  | { kind: 'provisions'; provisions: Provisions }
  | { kind: 'ready' }
  | { kind: 'output'; chunks: OutputChunk[]; tail?: Tail }
  | { kind: 'ran'; outcome: Outcome }
  | { kind: 'graded'; report: string }
  /** The interpreter could not be started, or broke down. */
  | { kind: 'failed'; message: string };

/** The end of an output of which the middle is left out. */
export interface Tail {
  omitted: number;
  chunks: OutputChunk[];
}
