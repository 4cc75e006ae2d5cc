// What a worker finds around it. Imported before Pyodide, which looks around when it is loaded.

/** Pyodide takes a worker that has it for one it doesn't support. */
Reflect.deleteProperty(self, 'importScripts');

const ADDRESS = 'data:,python.zip';
const { Response: Answered, location, URL, WorkerGlobalScope } = globalThis;

/** Has Pyodide start, and find what it looks for meanwhile: a worker, and the one file that it fetches. */
export async function serving<T>(python: ArrayBuffer, start: (address: string) => Promise<T>): Promise<T> {
  const fetch = async (asked: unknown) => new Answered(String(asked) === ADDRESS ? python : undefined);
  const scene = { fetch, location, self: globalThis, URL, WorkerGlobalScope };
  for (const [name, value] of Object.entries(scene))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await start(ADDRESS);
  } finally {
    for (const name of Object.keys(scene)) Reflect.deleteProperty(globalThis, name);
  }
}

let worlds = 0;

/** From now on another interpreter is the one that counts: the garbage of those before goes in silence. */
export function beginWorld(): void {
  worlds++;
}

const Registry = FinalizationRegistry;
globalThis.FinalizationRegistry = class<T> extends Registry<T> {
  constructor(cleanUp: (held: T) => void) {
    const own = worlds;
    super((held) => {
      if (own === worlds) cleanUp(held);
    });
  }
};

/**
 * All that is left to a worker that runs programs: the language, and what Pyodide and the engine call while one runs.
 *
 * The frame's origin and policy keep programs from the network and from storage already. That nothing else is there
 * to be called is a second line, which holds against what browsers will invent.
 */
const KEPT = new Set<PropertyKey>([
  ...['AggregateError', 'Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array', 'BigUint64Array'],
  ...['Boolean', 'DataView', 'Date', 'Error', 'EvalError', 'FinalizationRegistry', 'Float16Array'],
  ...[
    'Float32Array',
    'Float64Array',
    'Function',
    'Infinity',
    'Int16Array',
    'Int32Array',
    'Int8Array',
    'Intl',
  ],
  ...['Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError'],
  ...[
    'ReferenceError',
    'Reflect',
    'RegExp',
    'Set',
    'SharedArrayBuffer',
    'String',
    'SuppressedError',
    'Symbol',
  ],
  ...['SyntaxError', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'decodeURIComponent', 'encodeURIComponent'],
  ...['globalThis', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'undefined'],
  ...['MessageChannel', 'TextDecoder', 'TextEncoder', 'WebAssembly', 'clearTimeout', 'crypto', 'performance'],
  ...['queueMicrotask', 'setTimeout'],
]);

/** Takes everything else away, wherever in the scope's chain of prototypes it stands. */
export function removeGlobals(scope: object): void {
  for (let at: object | null = scope; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Reflect.ownKeys(at)) if (!KEPT.has(name)) Reflect.deleteProperty(at, name);
  }
  // Pyodide and Emscripten may still want to say something.
  const silent = () => {};
  Reflect.set(scope, 'console', { debug: silent, error: silent, info: silent, log: silent, warn: silent });
}
