import { readFileSync } from 'node:fs';
import { createNodeInterpreter, type NodeInterpreter } from '../../../src/runtime/node.ts';
import type { Program } from './pytorch.ts';

/** Where a program first does something else than PyTorch; alike differences have the same kind. */
export interface Difference {
  step: number;
  kind: string;
  text: string;
}

const MODULES = [
  'prelude.py',
  'observe.py',
  'run.py',
  'difference.py',
  'replay_programs.py',
  '../compare.py',
];
const modules = Object.fromEntries(
  MODULES.map((path) => [path.replace('../', ''), readFileSync(new URL(path, import.meta.url), 'utf8')]),
);

let interpreter: Promise<NodeInterpreter> | undefined;

/** Runs programs on the engine; the first difference of each, or null, also where there is no program. */
export async function differences(programs: readonly (Program | null)[]): Promise<(Difference | null)[]> {
  interpreter ??= createNodeInterpreter();
  const run = await (await interpreter).run(
    'import json, replay_programs\nprint("\\n" + json.dumps(replay_programs.replay(open("programs").read())))',
    { files: { ...modules, programs: JSON.stringify(programs) } },
  );
  if (run.error) throw new Error(run.error.traceback);
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '[]');
}
