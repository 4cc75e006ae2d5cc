import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { trimmedPyodide } from '../src/runtime/trimmed-pyodide.ts';
import { pythonLibrary } from './python-library.ts';

const ID = 'virtual:runtime-parts';
const OFFLINE = 'virtual:offline-script';
const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(root, 'node_modules/.cache/dxdx/parts');

/**
 * Makes the parts of the interpreter: the worker's script, Pyodide's WebAssembly, and a zip with all that is Python.
 *
 * Each is compressed here, because not every static host compresses what it sends, and is named by what it holds. The
 * browser unpacks it; so that no server does, it isn't called `.gz`. The script of the service worker is made here too.
 */
export default function runtimeParts(): Plugin {
  let isBuild = false;
  return {
    name: 'runtime-parts',
    configResolved(config) {
      isBuild = config.command === 'build';
    },
    resolveId: (id) => (id === ID || id === OFFLINE ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${OFFLINE}`) {
        const { code } = await script('src/offline/worker.ts');
        return `export const offlineScript = ${JSON.stringify(code)};`;
      }
      if (id !== `\0${ID}`) return;
      const { script: pyodide, wasm } = trimmedPyodide();
      const [frame, worker, python] = await Promise.all([
        script('src/runtime/sealed/frame.ts'),
        script('src/runtime/sealed/worker.ts', { 'pyodide.asm.mjs': pyodide }),
        pythonLibrary({ compiled: isBuild }),
      ]);
      for (const source of [...frame.sources, ...worker.sources, ...python.sources])
        this.addWatchFile(source);
      const contents = { worker: worker.code, wasm, python: python.zip };
      const names = Object.keys(contents) as (keyof typeof contents)[];
      const files = names.map((name) => ({ name, ...compressed(name, contents[name], isBuild ? 9 : 1) }));
      const entries = files.map(({ name, bytes }) => `${name}: { url: ${name}, bytes: ${bytes} }`);
      return [
        ...files.map(({ name, file }) => `import ${name} from ${JSON.stringify(`${file}?url`)};`),
        `export const parts = { ${entries.join(', ')} };`,
        `export const frameScript = ${JSON.stringify(frame.code)};`,
        `export const version = ${JSON.stringify(hash(files.map(({ file }) => file).join()))};`,
      ].join('\n');
    },
  };
}

/** A script that stands alone, for places into which nothing can be imported; `replaced` has other text for its files. */
async function script(
  entry: string,
  replaced: Readonly<Record<string, string>> = {},
): Promise<{ code: string; sources: string[] }> {
  const sources: string[] = [];
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: {
        input: join(root, entry),
        output: { format: 'iife', codeSplitting: false },
        // Pyodide asks where it is, and for Node's modules, only where it finds itself in Node.
        checks: { emptyImportMeta: false },
        external: /^(node:.*|ws)$/,
      },
    },
    plugins: [
      {
        name: 'note-sources',
        load(id) {
          if (!id.includes('node_modules') && !id.startsWith('\0')) sources.push(id);
          return replaced[basename(id)];
        },
      },
    ],
  });
  const [{ output }] = [result].flat() as { output: { type: string; code: string }[] }[];
  const [chunk, ...others] = output.filter(({ type }) => type === 'chunk');
  if (others.length > 0) throw new Error(`${entry} does not fit into one script`);
  return { code: chunk.code, sources };
}

const hash = (contents: string | Uint8Array) =>
  createHash('sha256').update(contents).digest('hex').slice(0, 16);

/** The file with a part as it is sent. */
function compressed(name: string, contents: string | Uint8Array, level: number) {
  const zipped = gzipSync(contents, { level });
  const file = join(FOLDER, `${name}-${hash(zipped)}.part`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, zipped);
  return { file, bytes: zipped.length };
}
