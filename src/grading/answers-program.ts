// The program of a `AnswersProcess`: it says that it is ready, and then does one task after the other.
import { constants } from 'node:fs';
import { createNodeInterpreter } from '../runtime/node.ts';
import type { Task } from './answers-process.ts';

// Pyodide asks here for the constants of file systems, which this process may not.
Reflect.set(process, 'binding', () => ({ fs: constants }));

const python = await createNodeInterpreter();
const perform = (task: Task): Promise<unknown> =>
  'run' in task ? python.run(...task.run) : python.grade(task.grade);
process.on('message', (task: Task) => {
  void perform(task).then(
    (done) => process.send?.({ done }),
    (error) => {
      if (error.name !== 'PythonError') process.exit(1); // Python itself has broken down
      process.send?.({ failed: error.message });
    },
  );
});
process.send?.('ready');
