import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { exerciseFolders } from './exercise-folder.ts';
import { judge, SOLUTION } from './judge.ts';

// Answers as people write them, in `tried/EXERCISE.py`. Above each stands what should be said of it and what it does:
// `# --- solved | …`, the name of a mistake, or words from the first check that fails.

const FOLDER = new URL('tried/', import.meta.url);
const folders = new Map(exerciseFolders().map((folder) => [folder.key.split('/')[1], folder]));

interface Tried {
  expected: string;
  what: string;
  program: string;
}

function triedOn(exercise: string): Tried[] {
  const [, ...parts] = readFileSync(new URL(`${exercise}.py`, FOLDER), 'utf8').split(/^# --- /m);
  return parts.map((part) => {
    const [head] = part.split('\n', 1);
    const [expected, what] = head.split(' | ');
    return { expected, what, program: part.slice(head.length + 1) };
  });
}

const exercises = readdirSync(FOLDER).map((name) => name.replace(/\.py$/, ''));

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

test.each(exercises)('answers to %s are judged rightly', async (exercise) => {
  const { check, solution, mistakes } = folders.get(exercise) ?? expect.fail(`no exercise ${exercise}`);
  const tried = triedOn(exercise);
  const wrong = Object.entries(mistakes).map(([name, { program }]) => [name, program]);
  const trusted = await python.grade({
    check,
    programs: { [SOLUTION]: solution, ...Object.fromEntries(wrong) },
  });
  const answers = Object.fromEntries(tried.map(({ what, program }) => [what, program]));
  const { programs } = await python.grade({ check, programs: answers });
  const said = tried.map(({ what, expected }) => {
    const { solved, mistake, checks } = judge(programs[what], trusted);
    const why = checks.find(({ passed }) => !passed)?.why ?? '';
    const verdict = solved ? 'solved' : (mistake?.replace(/\.py$/, '') ?? why);
    return `${what}: ${verdict !== expected && why.includes(expected) && !mistake ? expected : verdict}`;
  });
  expect(said).toEqual(tried.map(({ what, expected }) => `${what}: ${expected}`));
});
