import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createNodeInterpreter, type NodeInterpreter } from '../../src/runtime/node.ts';
import { differences } from './fuzz/engine.ts';
import type { Program } from './fuzz/pytorch.ts';

/** What differs from PyTorch: by question, then by part of the answer; null where nothing does. */
export type Differences = Record<string, Record<string, string | null>>;

/** A check is one part of one answer; its name tells both. */
export const checkName = (question: string, part: string): string => `${question} › ${part}`;

const here = (path: string): URL => new URL(path, import.meta.url);

/** The family whose questions nobody wrote: recorded random programs. */
const FUZZ = 'fuzz';

/** The families of cases, by name. */
export const families: readonly string[] = readdirSync(here('families/'))
  .filter((file) => /\.(py|json\.gz)$/.test(file))
  .map((file) => file.replace(/\..*/, ''))
  .concat(FUZZ)
  .sort();

function read(path: string): string {
  const bytes = readFileSync(here(path));
  return path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
}

function questions(family: string): { filename: string; source: string } {
  const filename = existsSync(here(`families/${family}.py`)) ? `${family}.py` : `${family}.json.gz`;
  return { filename, source: read(`families/${filename}`) };
}

const MODULES = ['vocabulary.py', 'inputs.py', 'answer.py', 'compare.py', 'files.py', 'replay.py'];
const modules = Object.fromEntries(MODULES.map((name) => [name, read(name)]));

let interpreter: Promise<NodeInterpreter> | undefined;

/** Calls a function of the Python module `replay` with a family's questions and more. */
async function ask<Result>(call: string, family: string, files: Record<string, string>): Promise<Result> {
  interpreter ??= createNodeInterpreter();
  const { filename, source } = questions(family);
  const program = `
import json, replay
found = replay.${call}
print(json.dumps(found))`;
  const run = await (await interpreter).run(
    program.replaceAll('QUESTIONS', `open("questions").read(), ${JSON.stringify(filename)}`),
    { files: { ...modules, questions: source, ...files } },
  );
  if (run.error) throw new Error(`the family ${family} could not be replayed:\n${run.error.traceback}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}');
}

/** Asks a family's questions on the engine, through the Python package, and compares the answers. */
export function replay(family: string): Promise<Differences> {
  if (family === FUZZ) return replayPrograms();
  return ask('replay(QUESTIONS, open("answers").read())', family, {
    answers: read(`answers/${family}.json.gz`),
  });
}

async function replayPrograms(): Promise<Differences> {
  const programs: Program[] = JSON.parse(read(`answers/${FUZZ}.json.gz`));
  const found = await differences(programs);
  const shown = found.map((each, number) => [
    `program ${number}`,
    { steps: each && `${programs[number][0][each.step]}: ${each.text}` },
  ]);
  return Object.fromEntries(shown);
}

/** The operation that each question of a family is about. */
export function operations(family: string): Promise<Record<string, string>> {
  return ask('operations(QUESTIONS)', family, {});
}

/**
 * The checks of a family that are known to differ, each with the reason why that is kept, or an empty text
 * where it isn't meant to stay. `npm run conformance -- --update` writes these lists anew.
 */
export function notCovered(family: string): Record<string, string> {
  const path = `not-covered/${family}.json`;
  return existsSync(here(path)) ? JSON.parse(read(path)) : {};
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
