// The program of a `AnswersProcess`: it says that it is ready, and then does one task after the other.
import { constants } from 'node:fs';
import { createNodeInterpreter } from '../runtime/node.ts';
import type { Task } from './answers-process.ts';

// Pyodide asks here for the constants of file systems, which this process may not.
Reflect.set(process, 'binding', () => ({ fs: constants }));

const python = await createNodeInterpreter();
process.on('message', async (task: Task) => {
  process.send?.('run' in task ? await python.run(task.run) : await python.grade(task.grade));
});
process.send?.('ready');
