import { beforeAll, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { type ExerciseFolder, exerciseFolders } from './exercise-folder.ts';
import { inspectExercise } from './inspect.ts';

const [good] = exerciseFolders();
const [[first, { program, message }], [second]] = Object.entries(good.mistakes);

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

/** What an author is told of an exercise that was changed so. */
async function told(changes: Partial<ExerciseFolder>): Promise<string[]> {
  const problems = await inspectExercise({ ...good, ...changes }, python);
  return problems.map(({ file, sentence }) => `${file} ${sentence}`);
}

test('a starter that passes', async () => {
  expect(await told({ starter: good.solution })).toContainEqual(expect.stringMatching(/^starter.py passes/));
});

test('a solution or an alternative that fails', async () => {
  expect(await told({ alternatives: { 'broken.py': 'raise ValueError' } })).toContainEqual(
    expect.stringMatching(
      /^alternatives\/broken.py is a right answer and fails “.+”: The program raises ValueError/,
    ),
  );
});

test('a mistake that passes', async () => {
  const mistakes = { ...good.mistakes, [first]: { message, program: good.solution } };
  expect(await told({ mistakes })).toContain(
    `mistakes/${first} passes all checks: add one that tells it from a right answer`,
  );
});

test('a mistake that gets another’s message', async () => {
  const mistakes = { ...good.mistakes, [second]: { message: 'Another message', program } };
  expect(await told({ mistakes })).toContainEqual(
    expect.stringMatching(`^mistakes/${second} behaves like mistakes/${first} in every check`),
  );
});

test('a message that is there twice, and too few mistakes', async () => {
  const mistakes = { [first]: good.mistakes[first], [second]: { ...good.mistakes[second], message } };
  const said = await told({ mistakes });
  expect(said).toContain(`mistakes/${second} has the message of mistakes/${first}`);
  expect(said).toContain('mistakes holds 2 mistakes; an exercise knows at least 4');
});
