import { beforeAll, expect, test } from 'vitest';
import { Regrader } from '../grading/regrade.ts';
import type { ExerciseRecord } from '../progress/record.ts';
import { createNodeInterpreter } from '../runtime/node.ts';
import { exercisesOnDisk } from './on-disk.ts';
import { programOf, puzzleOf } from './order/lines.ts';

let regrader: Regrader;
beforeAll(async () => {
  regrader = new Regrader(await createNodeInterpreter());
});

const claimed = (answer: string): ExerciseRecord => ({
  state: 'solved',
  answer,
  when: 0,
  version: '',
  mistakes: [],
});

/** What becomes of an answer that its file calls solved. */
async function regraded(key: string, answer: string): Promise<string> {
  const [{ outcome, because }] = await regrader.regrade({ [key]: claimed(answer) });
  return because ? `${outcome}: ${because}` : outcome;
}

test('a prediction is made to come true again', async () => {
  const key = '02-a-raw-tensor-has-no-history/counting-the-positive';
  expect(await regraded(key, 'a runtime error')).toBe('solved');
  expect(await regraded(key, '[0, 0, 0]')).toBe('claimed: tensor([0., 0., 0.])');
});

test('a choice is compared again', async () => {
  const key = '06-backward-v-is-a-vector-jacobian-product/how-many-walks';
  expect(await regraded(key, 'Once')).toBe('solved');
  expect(await regraded(key, 'Twice')).toBe('claimed: Twice');
});

test('a node is looked for again', async () => {
  const key = '02-a-raw-tensor-has-no-history/where-is-it-kept';
  expect(await regraded(key, 'x')).toBe('solved');
  expect(await regraded(key, 'y')).toBe('claimed: y');
});

test('lines are run again, and no others than those that are given', async () => {
  const key = '05-the-jacobian-row-by-row/between-the-walks';
  const source = exercisesOnDisk().find((exercise) => exercise.key === key)?.files['solution.py'] ?? '';
  const puzzle = puzzleOf(source, []);
  const answer = programOf(puzzle, puzzle.solution);
  expect(await regraded(key, answer)).toBe('solved');
  expect(await regraded(key, programOf(puzzle, puzzle.solution.slice(0, 3)))).toBe('claimed: no-zero');
  expect(await regraded(key, answer.replace('x * x', 'x ** 2'))).toMatch(
    /^claimed: It is made of other lines/,
  );
});
