import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from 'pyodide';
import { type Distribution, Interpreter, type Snapshot } from './interpreter.ts';
import { writeWhole } from './node-distribution.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/dxdx/', import.meta.url));
/** The folders with the TypeScript that a snapshot depends on. */
const SOURCES = ['../../engine/', './'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const OLD = 10 * 60 * 1000;
const SNAPSHOT = '.snapshot';

/** The memory to start from: kept on disk, because making it takes seconds and reading it milliseconds. */
export async function nodeSnapshot(distribution: Distribution): Promise<Snapshot> {
  const file = path.join(CACHE, (await contentHash(distribution)) + SNAPSHOT);
  if (existsSync(file)) return new Uint8Array(await readFile(file));
  const snapshot = (await Interpreter.start(distribution, true)).takeSnapshot();
  await removeOld(SNAPSHOT);
  await writeWhole(file, snapshot);
  return snapshot;
}

/** A snapshot fits one Pyodide, one set of Python files and one engine. */
async function contentHash(distribution: Distribution): Promise<string> {
  const hash = createHash('sha256').update(version).update(JSON.stringify(distribution.packages));
  for (const folder of SOURCES) {
    const names = (await readdir(folder, { recursive: true })).filter(isSource).sort();
    for (const source of await Promise.all(names.map((name) => readFile(path.join(folder, name))))) {
      hash.update(source);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function isSource(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts');
}

/** Old files go; one made just now may be what another process is about to read. */
async function removeOld(extension: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const names = (await readdir(CACHE)).filter((name) => name.endsWith(extension));
  for (const file of names.map((name) => path.join(CACHE, name))) {
    const made = await stat(file).catch(() => undefined); // another process may have been quicker
    if (made && made.mtimeMs < Date.now() - OLD) await rm(file, { force: true });
  }
}
