import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, npm, root } from './npm.mjs';

/** What Astro and Vitest need; the `node` package brings it where the machine's own is older. */
const OLDEST_FOR_TOOLS = [22, 18];

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
}

/** npm notes what it installed in a lock of its own: is every package we locked there, in that very version? */
export function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(([path, locked]) => {
    if (path === '') return true;
    const there = installed[path];
    // An optional package is there for some platforms and not for others.
    return there ? there.version === locked.version && there.integrity === locked.integrity : locked.optional;
  });
}

function nodeForTools() {
  const version = execFileSync('node', ['--version'], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  }).trim();
  const [major, minor] = version.slice(1).split('.').map(Number);
  const [needMajor, needMinor] = OLDEST_FOR_TOOLS;
  return { version, enough: major > needMajor || (major === needMajor && minor >= needMinor) };
}

/** Installs what the lock names, where it isn't there yet, and leaves standard output to whoever comes next. */
export async function install() {
  if (!isInstalled()) {
    console.error('Installing the packages of package-lock.json (npm ci), once …');
    // The old Node's "unsupported engine" warnings say nothing here: the tools run on the Node this installs.
    const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: ['inherit', process.stderr, 'inherit'],
    });
    if (code !== 0)
      throw new Error('`npm ci` failed. Its own words are above; is the npm registry reachable?');
  }
  const node = nodeForTools();
  if (!node.enough)
    throw new Error(
      `The tools need Node ${OLDEST_FOR_TOOLS.join('.')} or newer and found ${node.version}: npm was kept from running the ` +
        'install script of the package `node`. Run `npm ci --ignore-scripts=false`, or install a newer Node.',
    );
}
