import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';
import { NativeFunctions, type PythonC } from './native-functions.ts';

const python = await loadPyodide();
const functions = new NativeFunctions((python as unknown as { _module: PythonC })._module);

/** What Python prints that knows these functions. */
function printed(known: Record<string, (...args: never[]) => unknown>, expression: string): string {
  for (const [name, run] of Object.entries(known)) python.globals.set(name, functions.builtin(run));
  return python.runPython(`repr(${expression})`);
}

const echo = (...args: unknown[]): unknown => args;

test('plain values cross both ways as they are', () => {
  expect(printed({ echo }, 'echo(0, -7, 2**40, 2**53 - 1, 2.5, -0.0, float("nan"), -float("inf"))')).toBe(
    '[0, -7, 1099511627776, 9007199254740991, 2.5, -0.0, nan, -inf]',
  );
  expect(printed({ echo }, 'echo(True, False, None, "", "grüße ∂")')).toBe(
    "[True, False, None, '', 'grüße ∂']",
  );
});

test('lists come of arrays, and functions of functions', () => {
  expect(printed({ three: () => Float64Array.of(1, 2.5, -0) }, 'three()')).toBe('[1.0, 2.5, -0.0]');
  const adder = (a: number) => (b: number) => a + b;
  expect(printed({ adder }, '[adder(1)(2), adder(10)(2.5)]')).toBe('[3, 12.5]');
});

test('a Python function is called back with its own exceptions', () => {
  const call = (body: () => number) => body();
  python.runPython('def fail():\n    raise KeyError("mine")');
  expect(() => printed({ call }, 'call(fail)')).toThrow("KeyError: 'mine'");
  expect(printed({ call }, 'call(lambda: 5)')).toBe('5');
});

test('what does not fit and what goes wrong is an exception in Python', () => {
  expect(() => printed({ echo }, 'echo(10**400)')).toThrow('OverflowError');
  const broken = (): never => {
    throw new Error('a bug');
  };
  expect(() => printed({ broken }, 'broken()')).toThrow('a bug');
  expect(printed({ echo }, 'echo(1)')).toBe('[1]');
});
