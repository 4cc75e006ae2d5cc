import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from 'pyodide';
import { type Distribution, Interpreter, type Snapshot } from './interpreter.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/dxdx/', import.meta.url));
const ENGINE = fileURLToPath(new URL('../../engine/', import.meta.url));

/** The memory to start from: kept on disk, because making it takes seconds and reading it milliseconds. */
export async function nodeSnapshot(distribution: Distribution): Promise<Snapshot> {
  const file = path.join(CACHE, `${await contentHash(distribution)}.snapshot`);
  const kept = await readFile(file).catch(ifMissing);
  if (kept) return new Uint8Array(kept.buffer as ArrayBuffer, kept.byteOffset, kept.length);
  const snapshot = (await Interpreter.start(distribution, true)).takeSnapshot();
  await keep(file, snapshot);
  return snapshot;
}

/** A snapshot fits one Pyodide, one set of Python files and one engine. */
async function contentHash(distribution: Distribution): Promise<string> {
  const hash = createHash('sha256').update(version).update(JSON.stringify(distribution.packages));
  const names = (await readdir(ENGINE, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  for (const source of await Promise.all(names.map((name) => readFile(path.join(ENGINE, name))))) {
    hash.update(source);
  }
  return hash.digest('hex').slice(0, 16);
}

async function keep(file: string, snapshot: Snapshot): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const outdated = (await readdir(CACHE)).filter((name) => name.endsWith('.snapshot'));
  await Promise.all(outdated.map((name) => rm(path.join(CACHE, name), { force: true })));
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, snapshot);
  await rename(unfinished, file);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
