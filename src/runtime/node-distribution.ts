import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadPyodide } from 'pyodide';
import { createBinding } from '../../engine/binding.ts';
import type { Distribution } from './interpreter.ts';
import { trimmedPyodide } from './trimmed-pyodide.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/dxdx/', import.meta.url));

/** Folders of Python files, and where in site-packages they go. */
const PACKAGES = [
  { folder: '../../engine/torch', prefix: 'torch/' },
  { folder: './python', prefix: '' },
  { folder: '../grading/python', prefix: '' },
];

/** The folders with all that is Python of ours. */
export const packageFolders = PACKAGES.map(({ folder }) => fileURLToPath(new URL(folder, import.meta.url)));

/** Everything an interpreter needs, read from the project's own files. */
export async function nodeDistribution(): Promise<Distribution> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json')) + path.sep;
  const trimmed = trimmedPyodide();
  const [createPyodideModule, wasm, ...packages] = await Promise.all([
    imported(trimmed.script),
    WebAssembly.compile(trimmed.wasm),
    ...PACKAGES.map(({ folder, prefix }) => pythonFiles(new URL(folder, import.meta.url), prefix)),
  ]);
  const stdlibURL = `${folder}python_stdlib.zip`;
  const pyodide = { loadPyodide, createPyodideModule, wasm, indexURL: folder, stdlibURL };
  return { pyodide, packages: Object.assign({}, ...packages), createEngine: createBinding };
}

/** What a script exports. It has to be a file: it asks where it is. */
async function imported(script: string): Promise<Distribution['pyodide']['createPyodideModule']> {
  const hash = createHash('sha256').update(script).digest('hex').slice(0, 16);
  const file = path.join(CACHE, `pyodide-${hash}.mjs`);
  if (!existsSync(file)) {
    await mkdir(CACHE, { recursive: true });
    await writeFile(`${file}.${process.pid}`, script);
    await rename(`${file}.${process.pid}`, file);
  }
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)).default;
}

/** The Python files of a folder, by the path they get in site-packages. */
async function pythonFiles(url: URL, prefix: string): Promise<Record<string, string>> {
  const folder = fileURLToPath(url);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.py'));
  const read = names.map(async (name) => {
    const text = await readFile(path.join(folder, name), 'utf8');
    return [prefix + name.split(path.sep).join('/'), text];
  });
  return Object.fromEntries(await Promise.all(read));
}
