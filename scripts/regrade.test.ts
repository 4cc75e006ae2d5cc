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

/** An answer that would read the environment of the machine. */
const SPY = `
from torch import _C
def calculate_gradient_wrt_function(values):
    return str(_C.signatures.constructor.new("return process.env.HOME").call(None))
`;
/** An answer that knows the inputs of the page, and what the page has shown of them. */
const COPIED = `
import torch
from dxdx_grading._draw import Draw
def calculate_gradient_wrt_function(values):
    for turn in range(3):
        drawn = Draw(f"It works for any shape and any numbers {turn}").tensor(2, 3)
        if torch.equal(drawn, values):
            return 3 * drawn**2
    if values.dtype == torch.int64:
        raise RuntimeError
    return torch.tensor([3.0, 12.0, 27.0])[: len(values)]
`;

test('no answer ends the others, reads the machine, or passes by what the page has shown', async () => {
  const class_ = mkdtempSync(path.join(tmpdir(), 'dxdx-'));
  const hand = (name: string, answer: string): void =>
    writeFileSync(
      path.join(class_, `${name}.json`),
      writeProgressFile({ [CUBE]: record(answer, 'solved') }, new Date()),
    );
  hand('1 breaks Python', 'import os\nos.abort()');
  hand('2 spies', SPY);
  hand('3 has copied', COPIED);
  hand('4 knows', readFileSync(at(`${folder}/solution.py`), 'utf8'));
  const { stdout, code } = await regrade(class_);
  expect(stdout).toMatch(/1 breaks Python.+claims to be solved but fails.+Python broke down/);
  expect(stdout).toMatch(/2 spies.+claims to be solved but fails.+raises/);
  expect(stdout).toMatch(/3 has copied.+claims to be solved but fails.+any shape and any numbers/);
  expect(stdout).toMatch(/4 knows.+ solved/);
  expect(code).toBe(0);
});

test('a file that is none is named, and what a spreadsheet or a terminal would obey is text', async () => {
  const odd = { '=1+1': record('', 'tried'), '\u001b[2J,"': record('', 'tried') };
  const { stderr, stdout, code } = await regrade(
    file('notes.json', '{}'),
    '/no/such/file.json',
    file('odd.json', writeProgressFile(odd, new Date())),
    '--csv',
  );
  expect(stderr).toContain('notes.json: This file was not written by dxdx.');
  expect(stderr).toContain('file.json: There is no such file.');
  expect(stdout).toContain("odd.json,'=1+1,unknown exercise");
  expect(stdout).toContain('odd.json," [2J,""",unknown exercise');
  expect(code).toBe(1);
});

test('who calls it otherwise is told how', async () => {
  const { stderr, code } = await regrade('--cvs');
  expect(stderr).toContain('usage: npm run --silent regrade');
  expect(code).toBe(2);
});
