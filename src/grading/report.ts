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
}

/** A value for the eye: a table of cells where it is a small tensor, a text otherwise. */
export interface Shown {
  text: string;
  about: string;
  table?: Table;
}

export interface Table {
  /** What rows and columns are called, where that says something. */
  columns?: string[];
  rows: { name?: string; cells: Cell[] }[];
}

export interface Cell {
  text: string;
  differs: boolean;
}
