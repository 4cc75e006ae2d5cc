/** An address in Python's memory. */
type Pointer = number;
type JavaScriptFunction = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

/** The part of Pyodide's Emscripten module that speaks C with Python. */
export interface PythonC {
  readonly HEAPU32: Uint32Array;
  addFunction(implementation: (...args: number[]) => number, signature: string): number;
  stringToNewUTF8(text: string): Pointer;
  UTF8ToString(text: Pointer): string;
  /** Raises in Python what was thrown in JavaScript. Throws on what Python does not survive. */
  handle_js_error(thrown: unknown): void;
  readonly _PropagatePythonError: new () => Error;
  pyproxy_new(object: Pointer): unknown;
  _malloc(bytes: number): Pointer;
  /** Pyodide's own conversions, which know every kind of value. */
  _python2js(object: Pointer): unknown;
  _js2python(value: unknown): Pointer;
  _PyCFunction_NewEx(definition: Pointer, self: Pointer, module: Pointer): Pointer;
  _PyErr_Occurred(): Pointer;
  _PyFloat_AsDouble(object: Pointer): number;
  _PyFloat_FromDouble(value: number): Pointer;
  _PyList_New(size: number): Pointer;
  _PyList_SetItem(list: Pointer, at: number, item: Pointer): number;
  _PyLong_AsDouble(object: Pointer): number;
  _PyLong_AsLong(object: Pointer): number;
  _PyLong_FromDouble(value: number): Pointer;
  _PyLong_FromLong(value: number): Pointer;
  _PyUnicode_AsUTF8(text: Pointer): Pointer;
  readonly _PyBool_Type: Pointer;
  readonly _PyFloat_Type: Pointer;
  readonly _PyLong_Type: Pointer;
  readonly _PyUnicode_Type: Pointer;
  readonly __Py_TrueStruct: Pointer;
  readonly __Py_FalseStruct: Pointer;
  readonly __Py_NoneStruct: Pointer;
}

/** What every call needs. */
const QUICK = [
  '_PyErr_Occurred',
  '_PyFloat_AsDouble',
  '_PyFloat_FromDouble',
  '_PyList_New',
  '_PyList_SetItem',
  '_PyLong_AsDouble',
  '_PyLong_AsLong',
  '_PyLong_FromDouble',
  '_PyLong_FromLong',
  '_PyBool_Type',
  '_PyFloat_Type',
  '_PyLong_Type',
  '_PyUnicode_Type',
  '__Py_TrueStruct',
  '__Py_FalseStruct',
  '__Py_NoneStruct',
] as const satisfies readonly (keyof PythonC)[];
type Quick = Pick<PythonC, (typeof QUICK)[number]>;

/** Is it a number that Python writes as an int? There is no -0 among these. */
const isWhole = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

/** `METH_FASTCALL`: the arguments come as an array of pointers. */
const FASTCALL = 0x80;
const POINTER = 4;

/**
 * JavaScript functions as functions of Python's own: builtins, as `len` is one.
 *
 * A call through a proxy of Pyodide's takes half a microsecond, one of these a seventh of that. Numbers, strings,
 * booleans and None cross as such, arrays of numbers come as lists, and a function comes as such a builtin again; all
 * else crosses as it does in Pyodide.
 */
export class NativeFunctions {
  readonly #c: PythonC;
  /** Some of the same in an object of their own: to find anything among the module's thousands takes its time. */
  readonly #quick: Quick;
  /** Python's memory; empty when that has grown since, and is to be looked at anew. */
  #heap: Uint32Array;
  /** By their numbers: a builtin carries its number as its `self`. */
  readonly #functions: Call[] = [];
  /** Where the one implementation of all builtins is in the table of the interpreter's functions. */
  readonly #place: number;
  /** What CPython knows of a builtin, its `PyMethodDef`: the same for all. */
  #definition: Pointer = 0;

  constructor(c: PythonC) {
    this.#c = c;
    this.#quick = Object.fromEntries(QUICK.map((name) => [name, c[name]])) as unknown as Quick;
    this.#heap = c.HEAPU32;
    this.#place = c.addFunction(this.#call, 'iiii');
  }

  /** A proxy of a builtin that calls `run`. */
  builtin(run: JavaScriptFunction): unknown {
    return this.#c.pyproxy_new(this.#make(run));
  }

  /** What a snapshot must keep: all functions in the order of their numbers, and where their implementation is. */
  get state(): { functions: readonly JavaScriptFunction[]; place: number } {
    return { functions: this.#functions, place: this.#place };
  }

  /** @throws Error where this interpreter is not built as the one was in which the snapshot was made. */
  restore({ functions, place }: NativeFunctions['state']): void {
    if (place !== this.#place) throw new Error('the snapshot has another table of functions');
    this.#functions.push(...(functions as readonly Call[]));
  }

  #make(run: JavaScriptFunction): Pointer {
    const c = this.#c;
    if (this.#definition === 0) {
      const fields = [c.stringToNewUTF8('engine'), this.#place, FASTCALL, 0];
      this.#definition = c._malloc(fields.length * POINTER);
      c.HEAPU32.set(fields, this.#definition / POINTER);
    }
    const number = this.#functions.push(run as Call) - 1;
    return c._PyCFunction_NewEx(this.#definition, c._PyLong_FromLong(number), 0);
  }

  readonly #call = (self: Pointer, args: Pointer, count: number): Pointer => {
    try {
      const run = this.#functions[this.#quick._PyLong_AsLong(self)];
      const first = args / POINTER;
      if (count === 0) return this.#toPython(run());
      if (count === 1) return this.#toPython(run(this.#argument(first)));
      if (count === 2) return this.#toPython(run(this.#argument(first), this.#argument(first + 1)));
      const all: unknown[] = [];
      for (let i = 0; i < count; i++) all.push(this.#argument(first + i));
      return this.#toPython(run(...all));
    } catch (thrown) {
      this.#c.handle_js_error(thrown);
      return 0;
    }
  };

  #argument(place: number): unknown {
    if (this.#heap.length === 0) this.#heap = this.#c.HEAPU32;
    const object = this.#heap[place];
    const type = this.#heap[object / POINTER + 1];
    const c = this.#quick;
    if (type === c._PyLong_Type) return this.#checked(c._PyLong_AsDouble(object));
    if (type === c._PyFloat_Type) return c._PyFloat_AsDouble(object);
    if (type === c._PyBool_Type) return object === c.__Py_TrueStruct;
    if (object === c.__Py_NoneStruct) return undefined;
    if (type === c._PyUnicode_Type) return this.#c.UTF8ToString(this.#c._PyUnicode_AsUTF8(object));
    return this.#c._python2js(object);
  }

  /** C's way to say that something went wrong is to answer -1. */
  #checked(answer: number): number {
    if (answer === -1 && this.#quick._PyErr_Occurred() !== 0) throw new this.#c._PropagatePythonError();
    return answer;
  }

  /** A new reference; True, False and None are immortal. */
  #toPython(value: unknown): Pointer {
    const c = this.#quick;
    if (typeof value === 'number') {
      if (value === (value | 0) && !Object.is(value, -0)) return c._PyLong_FromLong(value);
      return isWhole(value) ? c._PyLong_FromDouble(value) : c._PyFloat_FromDouble(value);
    }
    if (typeof value === 'boolean') return value ? c.__Py_TrueStruct : c.__Py_FalseStruct;
    if (value === undefined || value === null) return c.__Py_NoneStruct;
    if (Array.isArray(value)) return this.#list(value, (item) => this.#toPython(item));
    if (value instanceof Float64Array) return this.#list(value, (item) => c._PyFloat_FromDouble(item));
    // Pyodide's proxies of Python objects can be functions, too.
    if (typeof value === 'function' && !('destroy' in value)) return this.#make(value as JavaScriptFunction);
    return this.#c._js2python(value);
  }

  #list<T>(values: ArrayLike<T>, make: (value: T) => Pointer): Pointer {
    const list = this.#quick._PyList_New(values.length);
    for (let i = 0; i < values.length; i++) this.#quick._PyList_SetItem(list, i, make(values[i]));
    return list;
  }
}
