import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createNodeInterpreter } from '../../src/runtime/node.ts';

/** The recorded files: operations with their gradients, printed text, errors and warnings, whole programs. */
export const KINDS = ['ops', 'prints', 'messages', 'programs'] as const;
export type Kind = (typeof KINDS)[number];

/** What differs from PyTorch in each case, by the case's name; null where nothing does. */
export type Differences = Record<string, string | null>;

const here = (path: string): URL => new URL(path, import.meta.url);

function recorded(kind: Kind): string {
  if (kind === 'ops') return gunzipSync(readFileSync(here('data/ops.json.gz'))).toString();
  return readFileSync(here(`data/${kind}.json`), 'utf8');
}

/** Runs all recorded cases of a kind through the Python package, on the engine, in one program. */
export async function replay(kinds: readonly Kind[] = KINDS): Promise<Record<string, Differences>> {
  const python = await createNodeInterpreter();
  const replayer = readFileSync(here('replay.py'), 'utf8');
  const results: Record<string, Differences> = {};
  for (const kind of kinds) {
    const program = `import replay\nprint(replay.replay_file(${JSON.stringify(kind)}, open('cases.json').read()))`;
    const run = await python.run(program, { files: { 'replay.py': replayer, 'cases.json': recorded(kind) } });
    if (run.error) throw new Error(`the ${kind} could not be replayed:\n${run.error.traceback}`);
    results[kind] = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}');
  }
  return results;
}

/** The cases that are known to differ, by kind. `npm run conformance -- --update` writes this list anew. */
export const notCovered: Record<string, string[]> = JSON.parse(
  readFileSync(here('not-covered.json'), 'utf8'),
);
