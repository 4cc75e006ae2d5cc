// `npm run check:content [-- LESSON…]`: tries everything in content/ and says, with file and line, what an author should mend.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { exerciseSchema } from '../src/course/exercise-schema.ts';
import { recorded, SUFFIXES, written } from '../src/course/recorded-output.ts';
import { type ExerciseFolder, exerciseFolders } from '../src/grading/exercise-folder.ts';
import { inspectExercise, type Problem } from '../src/grading/inspect.ts';
import { createNodeInterpreter } from '../src/runtime/node.ts';

const LESSONS = fileURLToPath(new URL('../content/lessons/', import.meta.url));
const wanted = process.argv.slice(2);
const lessons = readdirSync(LESSONS).filter((name) => wanted.length === 0 || wanted.includes(name));
const python = await createNodeInterpreter();
const said: string[] = [];

const say = (folder: string, { file, line, sentence }: Problem): void => {
  const place = path.join('content/lessons', folder, file);
  said.push(`${place}${line === undefined ? '' : `:${line}`} ${sentence}`);
};

for (const unknown of wanted.filter((name) => !lessons.includes(name))) {
  said.push(`content/lessons/${unknown} does not exist`);
}
const folders = foldersThatCanBeRead();
for (const lesson of lessons) {
  const exercises = folders.filter(({ key }) => key.startsWith(`${lesson}/`));
  for (const problem of [...useOf(lesson, exercises), ...(await outputs(lesson))]) say(lesson, problem);
  for (const folder of exercises) {
    const place = folder.key.replace('/', '/exercises/');
    for (const problem of [...words(place), ...(await inspectExercise(folder, python))]) say(place, problem);
  }
}
for (const line of said) console.error(`✗ ${line}`);
console.log(
  said.length > 0
    ? `${said.length} to mend`
    : `${lessons.length} lessons, ${folders.length} exercises: all is well`,
);
process.exit(said.length > 0 ? 1 : 0);

/** A folder that lacks a file is said to lack it; the others are looked at all the same. */
function foldersThatCanBeRead(): ExerciseFolder[] {
  try {
    return exerciseFolders();
  } catch (error) {
    said.push(error instanceof Error ? error.message : String(error));
    return [];
  }
}

/** Exercises that no lesson shows, and ones that a lesson shows and that are not there. */
function useOf(lesson: string, exercises: readonly ExerciseFolder[]): Problem[] {
  const lines = readFileSync(path.join(LESSONS, lesson, 'lesson.mdx'), 'utf8').split('\n');
  const shown = new Map<string, number>();
  lines.forEach((text, i) => {
    for (const [, id] of text.matchAll(/<Exercise\s+id="([^"]+)"/g)) shown.set(id, i + 1);
  });
  const there = exercises.map(({ key }) => key.split('/')[1]);
  return [
    ...there
      .filter((id) => !shown.has(id))
      .map((id) => ({
        file: `exercises/${id}`,
        sentence: `is not shown: put <Exercise id="${id}" /> into lesson.mdx`,
      })),
    ...[...shown]
      .filter(([id]) => !there.includes(id))
      .map(([id, line]) => ({
        file: 'lesson.mdx',
        line,
        sentence: `shows exercises/${id}, which does not exist`,
      })),
  ];
}

/** What is wrong with the words of an exercise. */
function words(place: string): Problem[] {
  const file = 'exercise.yaml';
  const source = readFileSync(path.join(LESSONS, place, file), 'utf8');
  const read = exerciseSchema.safeParse(parse(source));
  if (!read.success) {
    return read.error.issues.map(({ path: at, message }) => ({
      file,
      line: lineOf(source, String(at[0])),
      sentence: `${at.join('.')}: ${message}`,
    }));
  }
  const { hints } = read.data;
  const solution = readFileSync(path.join(LESSONS, place, 'solution.py'), 'utf8').trim();
  return hints.flatMap((hint, i) => {
    const line = lineOf(source, 'hints');
    const twin = hints.indexOf(hint);
    if (twin < i) return [{ file, line, sentence: `hint ${i + 1} says what hint ${twin + 1} has said` }];
    if (!hint.includes(solution)) return [];
    return [{ file, line, sentence: `hint ${i + 1} is the whole solution: leave something to fill in` }];
  });
}

function lineOf(source: string, key: string): number {
  return source.split('\n').findIndex((text) => text.startsWith(`${key}:`)) + 1 || 1;
}

/** Programs whose recorded output is not what they print, or is not there. */
async function outputs(lesson: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  const folder = path.join(LESSONS, lesson);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.py'))) {
    const program = path.join(folder, file);
    if (SUFFIXES.every((suffix) => recorded(program, suffix) === '')) {
      problems.push({ file, sentence: 'has no recorded output: run content/record.py' });
      continue;
    }
    const here = await written(program, python);
    for (const suffix of SUFFIXES) {
      const line = firstDifference(here[suffix], recorded(program, suffix));
      if (line === undefined) continue;
      problems.push({
        file: file.replace(/\.py$/, suffix),
        line,
        sentence: 'is not what the program prints here: record it anew, or tell us that the engine is wrong',
      });
    }
  }
  return problems;
}

/** The first line in which two outputs differ, from 1. */
function firstDifference(a: string, b: string): number | undefined {
  const [linesA, linesB] = [a.split('\n'), b.split('\n')];
  const length = Math.max(linesA.length, linesB.length);
  const at = Array.from({ length }, (_, i) => linesA[i] === linesB[i]).indexOf(false);
  return at < 0 ? undefined : at + 1;
}
