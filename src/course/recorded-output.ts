import { existsSync, readFileSync } from 'node:fs';
import type { NodeInterpreter } from '../runtime/node.ts';

/** What PyTorch wrote for a program: to its output, and where it raised or warned. */
export const SUFFIXES = ['.out', '.err'] as const;

/** What stands beside a program of a lesson; empty where there is no such file. */
export function recorded(program: string, suffix: (typeof SUFFIXES)[number]): string {
  const file = program.replace(/\.py$/, suffix);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What a program writes here, as it would be recorded; and what a last expression came to. */
export async function written(program: string, python: NodeInterpreter) {
  const { stdout, stderr, value, error } = await python.run(readFileSync(program, 'utf8'));
  return {
    '.out': withoutAddresses(stdout),
    '.err': withoutAddresses(stderr + (error?.traceback ?? '')),
    value,
  };
}

/** An address differs from run to run; record.py writes the same one for all. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/\b0x[0-9a-f]{6,}/g, '0x7f0000000000');
}
