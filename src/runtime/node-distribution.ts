import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadPyodide, version } from 'pyodide';
import { createBinding } from '../../engine/binding.ts';
import type { Distribution } from './interpreter.ts';

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
  const { script, wasm: bytes } = await trimmedFiles();
  const [{ default: createPyodideModule }, wasm, ...packages] = await Promise.all([
    import(/* @vite-ignore */ pathToFileURL(script).href),
    readFile(bytes).then((bytes) => WebAssembly.compile(bytes)),
    ...PACKAGES.map(({ folder, prefix }) => pythonFiles(new URL(folder, import.meta.url), prefix)),
  ]);
  const stdlibURL = `${folder}python_stdlib.zip`;
  const pyodide = { loadPyodide, createPyodideModule, wasm, indexURL: folder, stdlibURL };
  return { pyodide, packages: Object.assign({}, ...packages), createEngine: createBinding };
}

/** Pyodide's two trimmed files, made once: that takes a parser, which takes longer to load than Python. */
async function trimmedFiles(): Promise<{ script: string; wasm: string }> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const hash = createHash('sha256').update(version);
  for (const name of names.sort()) hash.update(await readFile(path.join(folder, name)));
  const stem = path.join(CACHE, `pyodide-${hash.digest('hex').slice(0, 16)}`);
  const files = { script: `${stem}.mjs`, wasm: `${stem}.wasm` };
  if (existsSync(files.script) && existsSync(files.wasm)) return files;
  const { trimmedPyodide } = await import('./trimmed-pyodide.ts');
  const { script, wasm } = trimmedPyodide();
  await mkdir(CACHE, { recursive: true });
  await writeWhole(files.wasm, wasm);
  await writeWhole(files.script, script);
  return files;
}

/** Other processes see the file only once it is complete. */
export async function writeWhole(file: string, contents: Uint8Array | string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, file);
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
