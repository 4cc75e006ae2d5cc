import { beforeAll, expect, test } from 'vitest';
import { kindOf } from '../src/exercise-kinds/kinds.ts';
import { exercisesOnDisk } from '../src/exercise-kinds/on-disk.ts';
import { createNodeInterpreter, type NodeInterpreter } from '../src/runtime/node.ts';

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

const exercises = exercisesOnDisk();

test('there are exercises', () => expect(exercises).not.toHaveLength(0));

test.each(exercises)(
  '$key ($text.kind): right answers are right, wrong ones wrong and told apart',
  async (exercise) => {
    expect(await kindOf(exercise.text).inspect(exercise, python)).toEqual([]);
  },
);
