import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { recordingProblems, writtenBy } from '../src/course/recording.ts';
import { createNodeInterpreter, type NodeInterpreter } from '../src/runtime/node.ts';

const programs = globSync('content/lessons/*/*.py').sort();
let python: NodeInterpreter;

beforeAll(async () => {
  python = await createNodeInterpreter();
});

test.each(programs)('%s prints what PyTorch printed', async (file) => {
  const folder = path.dirname(file);
  const stem = path.basename(file, '.py');
  const names = readdirSync(folder).filter((name) => path.parse(name).name === stem);
  const files = names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
  expect(await recordingProblems(stem, Object.fromEntries(files), python)).toEqual([]);
  const { value } = await writtenBy(readFileSync(file, 'utf8'), python);
  expect(value, 'a program that prints all it has to say').toBeUndefined();
});
