/** The Python exception classes that the engine raises. */
export type ErrorClass =
  | 'RuntimeError'
  | 'IndexError'
  | 'TypeError'
  | 'ValueError'
  | 'NotImplementedError'
  | 'OutOfMemoryError'
  | 'LinAlgError';

/** An error with PyTorch's class and text; the `torch` package raises it in Python as it stands. */
export class TorchError extends Error {
  readonly errorClass: ErrorClass;

  constructor(errorClass: ErrorClass, text: string) {
    super(text);
    this.errorClass = errorClass;
  }
}

export function fail(text: string, errorClass: ErrorClass = 'RuntimeError'): never {
  throw new TorchError(errorClass, text);
}

/** Fails with `text()` unless `condition` holds; the text is built only when it is needed. */
export function check(
  condition: boolean,
  text: () => string,
  errorClass: ErrorClass = 'RuntimeError',
): asserts condition {
  if (!condition) fail(text(), errorClass);
}

/** What the engine wants to say without stopping; the binding points this at Python's `warnings`. */
export const warnings = {
  emit: (_text: string, _category: string): void => {},
};
