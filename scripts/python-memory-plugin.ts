import { statSync } from 'node:fs';
import type { Plugin } from 'vite';
import { nodeDistribution } from '../src/runtime/node-distribution.ts';
import { compressedSnapshotFile } from '../src/runtime/node-snapshot.ts';

const ID = 'virtual:python-memory';
const RESOLVED = `\0${ID}`;

/**
 * Makes Python's memory with `torch` imported a part of the site; the module `virtual:python-memory` is its address.
 *
 * With it a browser starts Python several times as fast. The development server has none, because it would have to
 * be made anew at every change of the engine.
 */
export default function pythonMemory(): Plugin {
  let isBuild = false;
  return {
    name: 'python-memory',
    configResolved(config) {
      isBuild = config.command === 'build';
    },
    resolveId: (id) => (id === ID ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return;
      if (!isBuild) return 'export const memoryURL = undefined; export const memoryBytes = 0;';
      const file = await compressedSnapshotFile(await nodeDistribution());
      return [
        `export { default as memoryURL } from ${JSON.stringify(`${file}?url`)};`,
        `export const memoryBytes = ${statSync(file).size};`,
      ].join('\n');
    },
  };
}
