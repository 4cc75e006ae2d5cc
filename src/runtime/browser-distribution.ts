import createModuleURL from 'pyodide/pyodide.asm.mjs?url';
import wasmURL from 'pyodide/pyodide.asm.wasm?url';
import loadPyodideURL from 'pyodide/pyodide.mjs?url';
import stdlibURL from 'pyodide/python_stdlib.zip?url';
import { createBinding } from '../../engine/binding.ts';
import type { Distribution } from './interpreter.ts';
import type { LoadProgress, Provisions } from './protocol.ts';
import { pythonFiles } from './python-files.ts';

/** What is fetched, with its size in bytes once unpacked: servers tell only the size of what they send. */
export const SIZES = { wasm: 9_598_218, stdlib: 2_545_637 };

/** Whatever makes two snapshots differ is in one of these addresses, which change with their content. */
export const contentKey = [import.meta.url, wasmURL, createModuleURL, stdlibURL].join(' ');

type Parts = Pick<Provisions, 'wasm' | 'stdlib'>;

/** Fetch Pyodide's large parts, all from this site. */
export async function fetchParts(onProgress: (progress: LoadProgress) => void): Promise<Parts> {
  const totalBytes = SIZES.wasm + SIZES.stdlib;
  let loadedBytes = 0;
  const count = (bytes: number) => {
    loadedBytes += bytes;
    onProgress({ loadedBytes, totalBytes });
  };
  const [wasm, stdlib] = await Promise.all([
    fetchCounting(wasmURL, count).then((response) => WebAssembly.compileStreaming(response)),
    fetchCounting(stdlibURL, count).then((response) => response.blob()),
  ]);
  return { wasm, stdlib };
}

export async function browserDistribution({ wasm, stdlib }: Parts): Promise<Distribution> {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(/* @vite-ignore */ loadPyodideURL),
    import(/* @vite-ignore */ createModuleURL),
  ]);
  // Pyodide asks for the WebAssembly file of this "folder"; a data URL keeps it from asking the network.
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
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      count(bytes.length);
      controller.enqueue(bytes);
    },
  });
  const { headers, status } = response;
  return new Response(response.body.pipeThrough(counting), { headers, status });
}
