import type { RaisedError } from './records.ts';

/** What a reader is told about an answer. */
export interface Report {
  solved: boolean;
  checks: CheckResult[];
  /** The name of the mistake that the answer behaves like. */
  mistake?: string;
  /** What the answer printed. */
  printed: string;
}

export interface CheckResult {
  sentence: string;
  passed: boolean;
  /** Why it did not pass, in a sentence or two. */
  why?: string;
  /** The call that was tried. */
  call?: string;
  error?: RaisedError;
  comparison?: Comparison;
}

/** What was expected beside what came. */
export interface Comparison {
  expected: Shown;
  got: Shown;
  /** Whether rows are outputs and columns are inputs. */
  jacobian: boolean;
}

/** A value for the eye: a table of cells where it has one or two dimensions and is small, a text otherwise. */
export interface Shown {
  text: string;
  about: string;
  rows?: Cell[][];
}

export interface Cell {
  text: string;
  differs: boolean;
}
