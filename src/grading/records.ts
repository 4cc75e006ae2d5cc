// What a world is asked to watch and what it writes down: the two JSON texts that cross to src/grading/python.

/** Try every check of `check.py` on each of these programs. */
export interface GradeRequest {
  check: string;
  /** Programs by a name that comes back with their records. */
  programs: Readonly<Record<string, string>>;
  /** Try only this check, counted from 0; the records of the others are empty. */
  only?: number;
  /** Other inputs are drawn with another one. */
  seed?: string;
}

export interface GradeReport {
  checks: Check[];
  programs: Record<string, ProgramRecord>;
}

/** A check, as its author describes it. */
export interface Check {
  sentence: string;
  /** Whether the result is a Jacobian: row i is output i, column j is input j. */
  jacobian: boolean;
  mayChangeInputs: boolean;
}

/** What a program did: for each check, its tries. */
export type ProgramRecord = Try[][];

/** What a program did when a check was tried on it. One of `value`, `missing` and `error` is there. */
export interface Try {
  /** What the check got from it. */
  value?: Value;
  /** A name that the check asked for and the program does not have. */
  missing?: string;
  /** The functions and classes that it has instead. */
  defined?: string[];
  error?: RaisedError;
  /** What it raised by itself, before the check had its turn. */
  startError?: RaisedError;
  /** Why the check did not come to its end, where it did not: all else is empty then. */
  cutShort?: string;
  /** How its functions were called. */
  calls: string[];
  /** The inputs that were not afterwards what they had been. */
  changes: { before: InputState; after: InputState }[];
  printed: string;
  /** What of that was printed after it had started. */
  saidMeanwhile: string;
  /** Each once: while its functions were called; where none was, while it started. */
  warnings: string[];
  /** What of torch it replaced. */
  patched: string[];
}

export interface RaisedError {
  type: string;
  message: string;
  traceback: string;
  line: number | null;
}

/** A number; a word for those that JSON does not have, `nan` and `inf`, and for whole numbers beyond 2⁵³. */
export type Num = number | string;

export interface TensorValue {
  kind: 'tensor';
  dtype: string;
  shape: number[];
  /** Row by row; null when there are too many. */
  values: Num[] | null;
  requiresGrad: boolean;
  /** The names of the nodes behind it, from the nearest on. */
  graph: string[];
  text: string;
}

export type Value =
  | TensorValue
  | { kind: 'number'; type: string; value: Num; text: string }
  | { kind: 'plain'; type: string; text: string }
  | { kind: 'list'; type: string; items: Value[] }
  | { kind: 'other'; type: string; text: string };

/** A tensor given to a function, before or after. */
export type InputState = Value & { grad?: Value | null };
