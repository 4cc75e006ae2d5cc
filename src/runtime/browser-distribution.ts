import { memoryBytes, memoryURL } from 'virtual:python-memory';
import createModuleURL from 'pyodide/pyodide.asm.mjs?url';
import wasmURL from 'pyodide/pyodide.asm.wasm?url';
import loadPyodideURL from 'pyodide/pyodide.mjs?url';
import stdlibURL from 'pyodide/python_stdlib.zip?url';
import { createBinding } from '../../engine/binding.ts';
import type { Distribution } from './interpreter.ts';
import type { LoadProgress, Provisions } from './protocol.ts';
import { STDLIB_BYTES, WASM_BYTES } from './pyodide-sizes.ts';
import { pythonFiles } from './python-files.ts';

/** Fetch Pyodide's large parts, all from this very site. */
export async function fetchProvisions(onProgress: (progress: LoadProgress) => void): Promise<Provisions> {
  const totalBytes = WASM_BYTES + STDLIB_BYTES + memoryBytes;
  let loadedBytes = 0;
  const count = (bytes: number) => {
    loadedBytes += bytes;
    onProgress({ loadedBytes, totalBytes });
  };
  const [wasm, stdlib, snapshot] = await Promise.all([
    fetchCounting(wasmURL, count).then((response) => WebAssembly.compileStreaming(response)),
    fetchCounting(stdlibURL, count).then((response) => response.blob()),
    memoryURL && fetchCounting(memoryURL, count).then(unpacked).catch(warnOfSlowStart),
  ]);
  return { wasm, stdlib, snapshot: snapshot || undefined };
}

/** Pyodide's code, fetched while its large parts still are. */
const code = Promise.all([
  import(/* @vite-ignore */ loadPyodideURL),
  import(/* @vite-ignore */ createModuleURL),
]);

export async function browserDistribution({ wasm, stdlib }: Provisions): Promise<Distribution> {
  const [{ loadPyodide }, { default: createPyodideModule }] = await code;
  // Pyodide asks for the WebAssembly file in this "folder"; a data address keeps it from asking the network.
  const indexURL = 'data:,';
  const pyodide = {
    loadPyodide,
    createPyodideModule,
    wasm,
    indexURL,
    stdlibURL: URL.createObjectURL(stdlib),
  };
  return { pyodide, packages: pythonFiles, createEngine: createBinding };
}

async function fetchCounting(url: string, count: (bytes: number) => void): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new Error(`${url} could not be loaded (status ${response.status})`);
  const counting = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      count(bytes.length);
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
    },
  });
  const { headers, status } = response;
  return new Response(response.body.pipeThrough(counting), { headers, status });
}

function unpacked(response: Response): Promise<Blob> | undefined {
  const stream = response.body?.pipeThrough(new DecompressionStream('gzip'));
  return stream && new Response(stream).blob();
}

function warnOfSlowStart(error: unknown): undefined {
  console.warn("Python's memory could not be loaded; Python is started afresh.", error);
}
