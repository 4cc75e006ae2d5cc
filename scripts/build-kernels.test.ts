import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the compiled kernels are those of the sources', () => {
  const script = fileURLToPath(new URL('build-kernels.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [script, '--check']).toString()).toBe('');
});
