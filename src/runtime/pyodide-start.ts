import type { loadPyodide, PyodideAPI, PyodideConfig } from 'pyodide';
import type { JavaScriptContact } from './javascript-contact.ts';
import type { PythonC } from './native-functions.ts';
import type { PackedSnapshot } from './snapshot.ts';

/** Pyodide's parts, already at hand: starting an interpreter fetches nothing. */
export interface PyodideParts {
  loadPyodide: typeof loadPyodide;
  createPyodideModule: CreateModule;
  wasm: WebAssembly.Module;
  /** Where the standard library's zip is read from. */
  stdlibURL: string;
  /** The folder of Pyodide's files. It asks for the WebAssembly file there, of which no use is made. */
  indexURL: string;
}

type CreateModule = NonNullable<PyodideConfig['createPyodideModule']>;
type Settings = Parameters<CreateModule>[0];
type Module = Awaited<ReturnType<CreateModule>>;
/** What the typings leave out of Pyodide's Emscripten module. */
type ModuleMemory = {
  memory: WebAssembly.Memory;
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  _emscripten_get_sbrk_ptr(): number;
  growMemory(bytes: number): 1 | undefined;
};

/** The most memory a program may take: a reader's machine has other things to do. */
const MEMORY_LIMIT = 1024 ** 3;
const PAGE = 64 * 1024;

/** An empty package index: nothing is ever installed, so nothing is ever fetched from another site. */
const NO_PACKAGES = JSON.stringify({
  info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten', python: '3.14.0', version: '314' },
  packages: {},
});

/** Who takes part in a start, besides Pyodide. */
interface Company {
  /** Looks on from the beginning. */
  contact: JavaScriptContact;
  /** Called once there is an interpreter, before it has done anything. */
  connect(c: PythonC): void;
  snapshot?: PackedSnapshot;
}

/** Start Python: afresh, or from the memory that an earlier one had. */
export function startPyodide(
  parts: PyodideParts,
  config: PyodideConfig,
  { contact, connect, snapshot }: Company,
): Promise<PyodideAPI> {
  return parts.loadPyodide({
    indexURL: parts.indexURL,
    stdLibURL: parts.stdlibURL,
    lockFileContents: NO_PACKAGES,
    ...config,
    // Pyodide copies the memory that follows the header, which is none, and takes up its own part where it stopped.
    ...(snapshot && { _loadSnapshot: snapshot.header }),
    createPyodideModule: async (settings) => {
      const module = await parts.createPyodideModule(withCompiledModule(settings, parts.wasm, contact));
      const memory = module as Module & ModuleMemory;
      if (snapshot) {
        if (snapshot.memoryLength > memory.HEAPU8.length) memory.growMemory(snapshot.memoryLength);
        // Above the end of what C has taken so far, nothing has been written.
        const end = memory.HEAPU32[memory._emscripten_get_sbrk_ptr() / Uint32Array.BYTES_PER_ELEMENT];
        snapshot.copyTo(memory.HEAPU8, end);
      }
      limitMemory(memory.memory);
      connect(module as unknown as PythonC);
      return module;
    },
  });
}

/** Pyodide would compile its 10 MB for every interpreter: hand it the compiled module instead. */
function withCompiledModule(
  settings: Settings,
  wasm: WebAssembly.Module,
  contact: JavaScriptContact,
): Settings {
  // The two functions Pyodide adds to its imports when it instantiates by itself.
  const failure = Symbol('JavaScript error');
  const errors = {
    Jsv_GetError_import: () => failure,
    JsvError_Check: (value: unknown) => value === failure,
  };
  return {
    ...settings,
    instantiateWasm(imports, receive) {
      Object.assign(imports.env, errors);
      leavePointersOut(wasm, imports);
      contact.guard(imports.env);
      WebAssembly.instantiate(wasm, imports).then((instance) => receive(instance, wasm));
      return {};
    },
  };
}

/**
 * Python's C has pointers to functions of JavaScript: all of OpenGL, and the printing on a browser's console. A wrapper
 * would be compiled for each at every start, and none is ever called: they are null.
 */
function leavePointersOut(wasm: WebAssembly.Module, imports: WebAssembly.Imports): void {
  for (const { module, name } of WebAssembly.Module.imports(wasm))
    if (module === POINTERS) (imports[module][name] as WebAssembly.Global).value = 0;
}

/** Under what name WebAssembly imports pointers to functions. */
export const POINTERS = 'GOT.func';

/** Python raises MemoryError when its memory cannot grow. */
function limitMemory(memory: WebAssembly.Memory): void {
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE > MEMORY_LIMIT) throw new RangeError('memory limit reached');
    return WebAssembly.Memory.prototype.grow.call(memory, pages);
  };
}
