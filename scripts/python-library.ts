import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Interpreter } from '../src/runtime/interpreter.ts';
import { nodeDistribution, packageFolders } from '../src/runtime/node-distribution.ts';
import { nodeSnapshot } from '../src/runtime/node-snapshot.ts';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/dxdx/', import.meta.url));
const MAKER = readFileSync(new URL('./python-library.py', import.meta.url), 'utf8');

interface Options {
  /** Whether modules lie in it compiled too, which takes seconds to make and saves readers as much. */
  compiled: boolean;
}

/**
 * The zip that Python's imports are read from: the part of its library that is of use here, `torch` and our runner.
 *
 * Python spends most of its start on compiling what it imports, so all that a start imports is compiled here.
 */
export async function pythonLibrary(options: Options): Promise<{ zip: Uint8Array; sources: string[] }> {
  const sources = packageFolders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.py'))
      .map((name) => join(folder, name)),
  );
  return { zip: await kept(options), sources };
}

async function kept(options: Options): Promise<Uint8Array> {
  const distribution = await nodeDistribution();
  const library = readFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'));
  const parts = [library, MAKER, JSON.stringify(distribution.packages), JSON.stringify(options)];
  const hash = parts.reduce((so_far, part) => so_far.update(part), createHash('sha256')).digest('hex');
  const file = join(CACHE, `python-${hash.slice(0, 16)}.zip`);
  if (existsSync(file)) return readFileSync(file);
  const { pyodide } = await Interpreter.restore(distribution, await nodeSnapshot(distribution));
  const maker = pyodide.runPython(`${MAKER}\nmake_zip`);
  maker('/library.zip', pyodide.toPy(distribution.packages), options.compiled);
  const zip = pyodide.FS.readFile('/library.zip') as Uint8Array;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, zip);
  renameSync(`${file}.${process.pid}`, file);
  return zip;
}
