import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeProgressFile } from '../src/progress/progress-file.ts';
import type { ExerciseRecord } from '../src/progress/record.ts';

const at = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const CUBE = '04-a-function-of-the-same-tensor/the-cube';
const folder = 'content/lessons/04-a-function-of-the-same-tensor/exercises/the-cube';

const record = (answer: string, state: 'tried' | 'solved'): ExerciseRecord => ({
  state,
  answer,
  when: Date.UTC(2026, 10, 24, 12),
  version: '',
  mistakes: [],
});

/** A pupil's file. */
function file(name: string, text: string): string {
  const place = path.join(mkdtempSync(path.join(tmpdir(), 'dxdx-')), name);
  writeFileSync(place, text);
  return place;
}

const regrade = (...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [at('scripts/regrade.ts'), ...args], (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: Number(error?.code ?? 0) });
    });
  });

test('answers are run again, and a file is not believed', async () => {
  const right = readFileSync(at(`${folder}/solution.py`), 'utf8');
  const wrong = readFileSync(at(`${folder}/starter.py`), 'utf8');
  const now = new Date();
  const honest = file('honest.json', writeProgressFile({ [CUBE]: record(right, 'solved') }, now));
  const forged = file('forged.json', writeProgressFile({ [CUBE]: record(wrong, 'solved') }, now));
  const trying = file(
    'trying.json',
    writeProgressFile({ [CUBE]: record(wrong, 'tried'), 'no/such': record('', 'tried') }, now),
  );
  const { stdout, code } = await regrade(honest, forged, trying, '--csv');
  const rows = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 3));
  expect(rows).toEqual([
    ['honest.json', CUBE, 'solved'],
    ['forged.json', CUBE, 'claims to be solved but fails'],
    ['trying.json', CUBE, 'not solved'],
    ['trying.json', 'no/such', 'unknown exercise'],
  ]);
  expect(code).toBe(0);
});

test('a file that is none is named, and the others are still run', async () => {
  const { stderr, stdout, code } = await regrade(file('notes.json', '{}'), '/no/such/file.json');
  expect(stderr).toContain('notes.json: This file was not written by dxdx.');
  expect(stderr).toContain('/no/such/file.json: ENOENT');
  expect(stdout).toContain('exercise');
  expect(code).toBe(1);
});
