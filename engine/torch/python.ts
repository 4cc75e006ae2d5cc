import { beforeAll, expect } from 'vitest';
import { createNodeInterpreter, type NodeInterpreter } from '../../src/runtime/node.ts';

/** For tests: runs programs that begin with `import torch`, and gives the lines they print. */
export function pythonForTests(): (program: string) => Promise<string[]> {
  let python: NodeInterpreter;
  beforeAll(async () => {
    python = await createNodeInterpreter();
  });
  return async (program) => {
    const run = await python.run(`import torch\n${program}`);
    expect(run.error?.traceback).toBeUndefined();
    return run.stdout.trimEnd().split('\n');
  };
}
