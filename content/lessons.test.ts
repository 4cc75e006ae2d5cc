import { globSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { recorded, written } from '../src/course/recorded-output.ts';
import { createNodeInterpreter, type NodeInterpreter } from '../src/runtime/node.ts';

const programs = globSync('content/lessons/*/*.py').sort();
let python: NodeInterpreter;

beforeAll(async () => {
  python = await createNodeInterpreter();
});

test.each(programs)('%s prints what PyTorch printed', async (file) => {
  const here = await written(file, python);
  expect(here['.out']).toBe(recorded(file, '.out'));
  expect(here['.err']).toBe(recorded(file, '.err'));
  expect(here.value, 'a program that prints all it has to say').toBeUndefined();
});
