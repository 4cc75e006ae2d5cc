// Builds the site into dist/: `npm run build`. With --if-changed only where its sources changed since the last time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm, root } from './setup/npm.mjs';

const SOURCES = [
  'astro.config.mjs',
  'content',
  'engine',
  'package-lock.json',
  'package.json',
  'public',
  'scripts',
  'src',
];
/** What building or running the sources leaves among them. */
const MADE = new Set(['pyodide', '__pycache__']);
const stamp = join(root, 'node_modules/.cache/dxdx/built.txt');

function filesUnder(path) {
  if (!existsSync(join(root, path)) || MADE.has(path.split('/').at(-1))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

function fingerprint() {
  const hash = createHash('sha256').update(process.env.BASE_PATH ?? '/');
  for (const file of SOURCES.flatMap(filesUnder)) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function isBuilt(sources) {
  return (
    existsSync(join(root, 'dist/index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
  );
}

const sources = fingerprint();
if (!process.argv.includes('--if-changed') || !isBuilt(sources)) {
  rmSync(stamp, { force: true });
  process.exitCode = await npm(['exec', '--', 'astro', 'build']);
  if (process.exitCode === 0) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, sources);
  }
}
