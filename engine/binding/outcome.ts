import { TorchError } from '../errors.ts';

// A call answers with one number: a handle, a count, or that it failed. What doesn't fit into it waits here to be taken.

const FAILED = -1;

/** What a failed call wants Python to raise: class and text; '@python' where a Python callback has raised. */
let error: [string, string] = ['RuntimeError', ''];
let results: number[] = [];
let value: number | boolean | null = null;

/** Thrown through the engine when a Python callback has raised; Python keeps the exception itself. */
export class PythonRaised extends Error {}

/** `body`, with what it throws noted and answered as a failure. Whatever is no error of PyTorch's is a bug: it passes. */
export function guarded<A extends unknown[]>(body: (...args: A) => number): (...args: A) => number {
  return (...args) => {
    try {
      return body(...args);
    } catch (thrown) {
      return noteError(thrown);
    }
  };
}

/** Keeps what was thrown until Python asks for it. */
export function noteError(thrown: unknown): number {
  if (thrown instanceof TorchError) error = [thrown.errorClass, thrown.message];
  else if (thrown instanceof PythonRaised) error = ['@python', ''];
  else if (thrown instanceof RangeError)
    error = ['OutOfMemoryError', `dxdx ran out of memory: ${thrown.message}`];
  else throw thrown;
  return FAILED;
}

export function giveValue(given: number | boolean): number {
  value = given;
  return 0;
}

export function giveList(handles: number[]): number {
  results = handles.reverse();
  return handles.length;
}

export const outcome = {
  take_error: () => error,
  next_result: () => results.pop() ?? 0,
  take_value: () => value,
};

export function resetOutcome(): void {
  results = [];
  value = null;
}
