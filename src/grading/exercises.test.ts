import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { type ExerciseFolder, exerciseFolders } from './exercise-folder.ts';
import { judge, SOLUTION } from './judge.ts';
import type { GradeReport, ProgramRecord, Value } from './records.ts';
import type { Report } from './report.ts';

const folders = exerciseFolders();
const STARTER = 'starter.py';

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

test('there are exercises', () => expect(folders).not.toHaveLength(0));

/** Every program of an exercise, by a name of its own. */
function programsOf({ solution, starter, alternatives, mistakes }: ExerciseFolder): Record<string, string> {
  const wrong = Object.entries(mistakes).map(([name, { program }]) => [name, program]);
  const right = Object.entries(alternatives).map(([name, program]) => [`alternatives/${name}`, program]);
  return { [SOLUTION]: solution, [STARTER]: starter, ...Object.fromEntries([...right, ...wrong]) };
}

/** An answer that gives back, whatever it is asked, what the solution gives for the first input. */
function writtenDown(record: ProgramRecord): string | undefined {
  const [first] = record.flat().filter(({ calls }) => calls.length > 0);
  if (!first?.value) return undefined;
  const [call] = first.calls;
  return `import torch

def ${call.slice(0, call.indexOf('('))}(*inputs, **named):
    return ${asPython(first.value)}
`;
}

function asPython(value: Value): string {
  if (value.kind === 'list') return `[${value.items.map(asPython).join(', ')}]`;
  if (value.kind !== 'tensor') return value.text;
  return `torch.tensor(${JSON.stringify(value.values)}, dtype=${value.dtype}).reshape(${JSON.stringify(value.shape)})`;
}

const faults = ({ checks }: Report) =>
  checks.filter(({ passed }) => !passed).map(({ sentence, why }) => [sentence, why]);

describe.each(folders)('$key', (folder) => {
  const { check, alternatives, mistakes } = folder;
  let records: GradeReport['programs'];
  let trusted: GradeReport;
  beforeAll(async () => {
    const { checks, programs } = await python.grade({ check, programs: programsOf(folder) });
    records = programs;
    const wrong = Object.keys(mistakes).map((name) => [name, programs[name]] as const);
    trusted = { checks, programs: { [SOLUTION]: programs[SOLUTION], ...Object.fromEntries(wrong) } };
  });
  const reportOn = (name: string) => judge(records[name], trusted);

  test('the starter fails', () => expect(faults(reportOn(STARTER))).not.toEqual([]));

  test('the solution passes', () => expect(faults(reportOn(SOLUTION))).toEqual([]));

  test.each(Object.keys(alternatives))('another right answer passes: %s', (name) => {
    expect(faults(reportOn(`alternatives/${name}`))).toEqual([]);
  });

  test('at least four mistakes are recognised', () =>
    expect(Object.keys(mistakes).length).toBeGreaterThan(3));

  test.each(Object.keys(mistakes))('a mistake fails and gets its own message: %s', (name) => {
    const report = reportOn(name);
    expect(report.solved).toBe(false);
    expect(report.mistake).toBe(name);
  });

  test('no two mistakes have the same message', () => {
    const messages = Object.values(mistakes).map(({ message }) => message);
    expect(new Set(messages).size).toBe(messages.length);
  });

  test('an answer that is written down instead of computed fails', async () => {
    const answer = writtenDown(records[SOLUTION]);
    if (answer === undefined) return;
    const { programs } = await python.grade({ check, programs: { answer } });
    const report = judge(programs.answer, trusted);
    expect(report.checks[0].passed, 'what is written down is the answer to the first check').toBe(true);
    expect(faults(report)).not.toEqual([]);
  });
});
