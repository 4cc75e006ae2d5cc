import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const engine = fileURLToPath(new URL('.', import.meta.url));
// The replayer and its tests run the engine from outside, as the site does.
const isEngine = (name: string): boolean =>
  name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^(conformance|torch|bench)\b/.test(name);
const files = readdirSync(engine, { recursive: true })
  .map(String)
  .filter(isEngine)
  .map((name) => resolve(engine, name));

/** What a file imports when it runs; types are gone by then. */
function imports(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )(?:[^;]*?from )?'([^']+)'/gm,
  );
  return Array.from(statements, ([, source]) =>
    source.startsWith('.') ? resolve(dirname(file), source) : source,
  );
}

const graph = new Map(files.map((file) => [file, imports(file)]));

test('the engine imports nothing but itself', () => {
  const foreign = [...graph].flatMap(([file, sources]) =>
    sources.filter((source) => !source.startsWith(engine)).map((source) => `${file} imports ${source}`),
  );
  expect(foreign).toEqual([]);
});

test('no file depends on itself by way of others', () => {
  const done = new Set<string>();
  const follow = (file: string, path: string[]): void => {
    expect(path, 'a cycle').not.toContain(file);
    if (done.has(file)) return;
    for (const source of graph.get(file) ?? []) follow(source, [...path, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
});

test('the engine knows neither the page nor Python', () => {
  const words = /\b(document|window|localStorage|pyodide|globalThis)\b/;
  const telling = files.filter((file) =>
    words.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  );
  expect(telling.map((file) => file.split(sep).at(-1))).toEqual([]);
});
