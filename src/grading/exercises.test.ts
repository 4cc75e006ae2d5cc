import { beforeAll, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { exerciseFolders } from './exercise-folder.ts';
import { inspectExercise } from './inspect.ts';

const folders = exerciseFolders();

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

test('there are exercises', () => expect(folders).not.toHaveLength(0));

test.each(folders)(
  '$key: the starter fails, right answers pass, each mistake is told apart, and no answer can be written down',
  async (folder) => {
    expect(await inspectExercise(folder, python)).toEqual([]);
  },
);
