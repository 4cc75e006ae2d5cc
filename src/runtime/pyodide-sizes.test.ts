import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { STDLIB_BYTES, WASM_BYTES } from './pyodide-sizes.ts';

const sizeOf = (file: string) => statSync(createRequire(import.meta.url).resolve(`pyodide/${file}`)).size;

it('the sizes by which loading is shown are those of the files', () => {
  expect(WASM_BYTES).toBe(sizeOf('pyodide.asm.wasm'));
  expect(STDLIB_BYTES).toBe(sizeOf('python_stdlib.zip'));
});
