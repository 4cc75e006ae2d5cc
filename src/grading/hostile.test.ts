import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeInterpreter } from '../runtime/node.ts';
import { Grader, type Watch } from './grader.ts';
import { accepted, exercise, refused } from './hostile-answers.ts';
import type { Report } from './report.ts';

const RIGHT = 'def double(x):\n    return x + x\n';

let watch: Watch;
let grader: Grader;
beforeAll(async () => {
  const python = await createNodeInterpreter();
  watch = (request) => python.grade(request);
  const { check, solution, mistakes } = exercise;
  grader = new Grader({ check, solution, mistakes: { 'squares.py': mistakes['squares.py'].program } });
});

const grade = (answer: string): Promise<Report> => grader.grade(answer, watch);
const firstWhy = ({ checks }: Report) => checks.find(({ passed }) => !passed)?.why;

describe('does not pass', () => {
  test.each(Object.entries(refused))('%s', async (_, answer) => {
    const report = await grade(answer);
    expect(report.solved).toBe(false);
    expect(report.mistake).toBeUndefined();
    expect(firstWhy(report)).toBeTruthy();
  });
});

describe('passes', () => {
  test.each(Object.entries(accepted))('%s', async (_, answer) => {
    const report = await grade(answer);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.solved).toBe(true);
  });
});

test('an answer that behaves like a mistake is recognised, however it is written', async () => {
  const report = await grade('def double(x):\n    print("squares")\n    return x.square()');
  expect(report.mistake).toBe('squares.py');
});

test("an exception shows the program's own line, and no frame of ours", async () => {
  const { checks } = await grade('def double(x):\n    y = x.view(5)\n    return y');
  expect(checks[0].why).toBe('The program raises RuntimeError, on line 2.');
  expect(checks[0].error?.line).toBe(2);
  expect(checks[0].error?.traceback).toContain('    y = x.view(5)');
  expect(checks[0].error?.traceback).not.toMatch(/dxdx|check\.py/);
});

test('what an answer prints is kept, its beginning at least', async () => {
  expect((await grade(`print("hello")\n${RIGHT}`)).printed).toBe('hello\n');
  expect((await grade(`print("x" * 10_000)\n${RIGHT}`)).printed).toHaveLength(4000);
});
