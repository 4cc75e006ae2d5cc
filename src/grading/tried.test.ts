import { beforeAll, expect, test } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../runtime/node.ts';
import { exerciseFolders } from './exercise-folder.ts';
import { tryPrograms } from './inspect.ts';
import { triedProblems } from './tried.ts';

const [folder] = exerciseFolders();
const [[mistake, { program }]] = Object.entries(folder.mistakes);
const name = mistake.replace('.py', '');

let python: NodeInterpreter;
beforeAll(async () => {
  python = await createNodeInterpreter();
});

async function told(tried: string): Promise<unknown[]> {
  const { trusted } = await tryPrograms(folder, python);
  return triedProblems({ ...folder, tried }, trusted, python);
}

test('answers of which the right thing is said', async () => {
  const answers = `# --- solved | is right\n${folder.solution}\n# --- ${name} | is wrong\n${program}\n# --- has no slopes | is empty\n`;
  expect(await told(answers)).toEqual([]);
});

test('an answer of which something else is said, with its line', async () => {
  const answers = `# --- solved | is empty\n\n# --- solved | is wrong\n${program}`;
  expect(await told(answers)).toEqual([
    {
      file: 'tried.py',
      line: 1,
      sentence: expect.stringContaining('It is told: The program has no slopes.'),
    },
    {
      file: 'tried.py',
      line: 3,
      sentence: `“is wrong” should be told: solved. It is told: ${name}`,
    },
  ]);
});
