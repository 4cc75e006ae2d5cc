import { existsSync, globSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../src/runtime/node.ts';

const programs = globSync('content/lessons/*/*.py').sort();
let python: NodeInterpreter;

beforeAll(async () => {
  python = await createNodeInterpreter();
});

test.each(programs)('%s prints what PyTorch printed', async (file) => {
  const { stdout, stderr, value, error } = await python.run(readFileSync(file, 'utf8'));
  expect(withoutAddresses(stdout)).toBe(recorded(file, '.out'));
  expect(withoutAddresses(stderr + (error?.traceback ?? ''))).toBe(recorded(file, '.err'));
  expect(value, 'a program that prints all it has to say').toBeUndefined();
});

function recorded(program: string, suffix: string): string {
  const file = program.replace(/\.py$/, suffix);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** An address differs from run to run; record.py writes the same one for all. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/\b0x[0-9a-f]{6,}/g, '0x7f0000000000');
}
