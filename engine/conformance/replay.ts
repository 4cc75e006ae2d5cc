import { createNodeInterpreter, type NodeInterpreter } from '../../src/runtime/node.ts';
import { differences } from './fuzz/engine.ts';
import { FUZZ, questions, read, recordedPrograms } from './recorded.ts';

/** What differs from PyTorch: by question, then by part of the answer; null where nothing does. */
export type Differences = Record<string, Record<string, string | null>>;

/** A check is one part of one answer; its name tells both. */
export const checkName = (question: string, part: string): string => `${question} › ${part}`;

const MODULES = ['vocabulary.py', 'inputs.py', 'answer.py', 'compare.py', 'files.py', 'replay.py'];
const modules = Object.fromEntries(MODULES.map((name) => [name, read(name)]));

let interpreter: Promise<NodeInterpreter> | undefined;

/** Asks a family's questions on the engine, through the Python package, and compares the answers. */
export async function replay(family: string): Promise<Differences> {
  if (family === FUZZ) return replayPrograms();
  interpreter ??= createNodeInterpreter();
  const { filename, source } = questions(family);
  const program = `
import json, replay
found = replay.replay(open("questions").read(), ${JSON.stringify(filename)}, open("answers").read())
print()
print(json.dumps(found))`;
  const files = { ...modules, questions: source, answers: read(`answers/${family}.json.gz`) };
  const run = await (await interpreter).run(program, { files, filename: 'replaying.py' }); // programs are called main.py
  if (run.error) throw new Error(`the family ${family} could not be replayed:\n${run.error.traceback}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}');
}

async function replayPrograms(): Promise<Differences> {
  const programs = recordedPrograms();
  const found = await differences(programs);
  const shown = found.map((each, number) => [
    `program ${number}`,
    { steps: each && `${programs[number][0][each.step]}: ${each.text}` },
  ]);
  return Object.fromEntries(shown);
}

/** The checks that differ, with how they do. */
export function differing(found: Differences): [string, string][] {
  return Object.entries(found).flatMap(([question, parts]) =>
    Object.entries(parts).flatMap(([part, text]): [string, string][] =>
      text === null ? [] : [[checkName(question, part), text]],
    ),
  );
}

/** How many checks there are. */
export function count(found: Differences): number {
  return Object.values(found).reduce((sum, parts) => sum + Object.keys(parts).length, 0);
}
