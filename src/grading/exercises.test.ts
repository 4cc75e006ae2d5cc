import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { exerciseFolders } from './exercise-folder.ts';
import { judge, SOLUTION } from './judge.ts';
import type { GradeReport } from './records.ts';

const folders = exerciseFolders();

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

test('there are exercises', () => expect(folders).not.toHaveLength(0));

describe.each(folders)('$key', ({ check, starter, solution, alternatives, mistakes }) => {
  const programs = Object.fromEntries(Object.entries(mistakes).map(([name, { program }]) => [name, program]));
  let trusted: GradeReport;
  beforeAll(async () => {
    trusted = await python.grade({ check, programs: { [SOLUTION]: solution, ...programs } });
  });

  async function reportOn(answer: string) {
    const { programs } = await python.grade({ check, programs: { answer } });
    return judge(programs.answer, trusted);
  }
  const faults = async (answer: string) =>
    (await reportOn(answer)).checks
      .filter(({ passed }) => !passed)
      .map(({ sentence, why }) => [sentence, why]);

  test('the starter fails', async () => expect(await faults(starter)).not.toEqual([]));

  test('the solution passes', async () => expect(await faults(solution)).toEqual([]));

  test.each(Object.keys(alternatives))('another right answer passes: %s', async (name) => {
    expect(await faults(alternatives[name])).toEqual([]);
  });

  test('at least four mistakes are recognised', () =>
    expect(Object.keys(mistakes).length).toBeGreaterThan(3));

  test.each(Object.keys(mistakes))('a mistake fails and gets its own message: %s', (name) => {
    const report = judge(trusted.programs[name], trusted);
    expect(report.solved).toBe(false);
    expect(report.mistake).toBe(name);
  });

  test('no two mistakes have the same message', () => {
    const messages = Object.values(mistakes).map(({ message }) => message);
    expect(new Set(messages).size).toBe(messages.length);
  });

  test('an answer that is written down instead of computed fails', async () => {
    const [call] = trusted.programs[SOLUTION].flat().flatMap(({ calls }) => calls);
    if (!call) return;
    const name = call.slice(0, call.indexOf('('));
    const writtenDown = `${solution}
from torch import *
import torch
_first = ${call}
def ${name}(*inputs, **named):
    return _first
`;
    expect(await faults(writtenDown)).not.toEqual([]);
  });
});
