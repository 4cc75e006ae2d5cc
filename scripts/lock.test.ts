import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Package = { optionalDependencies?: Record<string, string>; resolved?: string };

const { packages }: { packages: Record<string, Package> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

/** Node's own rule: the dependency lies in the package's folder or in that of a package around it. */
function isLocked(path: string, dependency: string): boolean {
  const inner = path === '' ? `node_modules/${dependency}` : `${path}/node_modules/${dependency}`;
  if (inner in packages) return true;
  return path !== '' && isLocked(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), dependency);
}

// npm leaves an optional dependency out of the lock in silence where the registry lacks it; `npm ci` then refuses.
test('every optional dependency is locked, for every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

test('no package is tied to one registry', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved)).toEqual([]);
});
