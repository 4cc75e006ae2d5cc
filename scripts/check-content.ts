// `npm run check:content [-- LESSON…]`: tries everything in content/ and says, with file and line, what an author should mend.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, YAMLParseError } from 'yaml';
import type { ZodError } from 'zod';
import { recordingProblems } from '../src/course/recording.ts';
import type { Exercise } from '../src/exercise-kinds/kind.ts';
import { kindOf } from '../src/exercise-kinds/kinds.ts';
import { exerciseFoldersOnDisk, type Folder } from '../src/exercise-kinds/on-disk.ts';
import { exerciseSchema } from '../src/exercise-kinds/schema.ts';
import { AnswersProcess } from '../src/grading/answers-process.ts';
import type { Problem } from '../src/grading/inspect.ts';

const LESSONS = fileURLToPath(new URL('../content/lessons/', import.meta.url));
/** A block of Python with dots in it. */
const PARTLY_FILLED = /```python[\s\S]*(?:\.\.\.|…)[\s\S]*```/;
const wanted = process.argv.slice(2);
const lessons = readdirSync(LESSONS).filter((name) => wanted.length === 0 || wanted.includes(name));
// A program that comes to no end should not keep its author waiting for one.
const python = new AnswersProcess(30);
const said: string[] = [];

const say = (folder: string, { file, line, sentence }: Problem): void => {
  const place = path.join('content/lessons', folder, file);
  said.push(`${place}${line === undefined ? '' : `:${line}`} ${sentence}`);
};

for (const unknown of wanted.filter((name) => !lessons.includes(name))) {
  said.push(`content/lessons/${unknown} does not exist`);
}
const folders = exerciseFoldersOnDisk();
for (const lesson of lessons) {
  const exercises = folders.filter(({ key }) => key.startsWith(`${lesson}/`));
  if (!existsSync(path.join(LESSONS, lesson, 'lesson.mdx'))) {
    say(lesson, { file: 'lesson.mdx', sentence: 'does not exist' });
    continue;
  }
  for (const problem of [...useOf(lesson, exercises), ...(await outputs(lesson))]) say(lesson, problem);
  for (const folder of exercises) {
    const place = folder.key.replace('/', '/exercises/');
    try {
      for (const problem of await inspected(folder)) say(place, problem);
    } catch (error) {
      // A file that is missing or cannot be taken apart is named in full.
      said.push(error instanceof Error ? error.message : String(error));
    }
  }
}
await python.end();
for (const line of said) console.error(`✗ ${line}`);
console.log(
  said.length > 0
    ? `${said.length} to mend`
    : `${lessons.length} lessons, ${folders.length} exercises: all is well`,
);
process.exit(said.length > 0 ? 1 : 0);

/** Exercises that no lesson shows, and ones that a lesson shows and that are not there. */
function useOf(lesson: string, exercises: readonly Folder[]): Problem[] {
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

/** What is wrong with an exercise: with its words, or, where these can be read, with all else. */
async function inspected({ key, files }: Folder): Promise<Problem[]> {
  const file = 'exercise.yaml';
  const source = files[file];
  if (source === undefined) return [{ file, sentence: 'does not exist' }];
  let said: unknown;
  try {
    said = parse(source);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    return [
      { file, line: error.linePos?.[0].line, sentence: `is no YAML: ${error.message.split('\n', 1)[0]}` },
    ];
  }
  const read = exerciseSchema.safeParse(said);
  if (!read.success) return unfitting(source, read.error);
  const exercise = { key, files, text: read.data };
  return [...hintProblems(exercise), ...(await kindOf(exercise.text).inspect(exercise, python))];
}

function unfitting(source: string, { issues }: ZodError): Problem[] {
  return issues.map((issue) => {
    const place = issue.code === 'unrecognized_keys' ? issue.keys : issue.path;
    const words =
      issue.code === 'unrecognized_keys' ? 'is nothing that an exercise of its kind has' : issue.message;
    return {
      file: 'exercise.yaml',
      line: lineOf(source, String(place[0])),
      sentence: words.startsWith('`') ? words : `${place.join('.')}: ${words}`,
    };
  });
}

function hintProblems({ text: { hints }, files }: Exercise): Problem[] {
  const file = 'exercise.yaml';
  const line = lineOf(files[file], 'hints');
  const solution = files['solution.py']?.trim();
  const last = 'starter.py' in files && !PARTLY_FILLED.test(hints.at(-1) ?? '');
  const unfilled =
    'the last hint is no partly filled solution: a block of Python with dots where something is left to fill in';
  return [
    ...(last ? [{ file, line, sentence: unfilled }] : []),
    ...hints.flatMap((hint, i) => {
      const twin = hints.indexOf(hint);
      if (twin < i) return [{ file, line, sentence: `hint ${i + 1} says what hint ${twin + 1} has said` }];
      if (!solution || !hint.includes(solution)) return [];
      return [{ file, line, sentence: `hint ${i + 1} is the whole solution: leave something to fill in` }];
    }),
  ];
}

function lineOf(source: string, key: string): number {
  return source.split('\n').findIndex((text) => text.startsWith(`${key}:`)) + 1 || 1;
}

/** Programs whose recorded output is not what they print, or is not there. */
async function outputs(lesson: string): Promise<Problem[]> {
  const folder = path.join(LESSONS, lesson);
  const names = readdirSync(folder).filter((name) => /\.(?:py|out|err)$/.test(name));
  const files = Object.fromEntries(
    names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
  const stems = names.filter((name) => name.endsWith('.py')).map((name) => name.slice(0, -3));
  const problems: Problem[] = [];
  for (const stem of stems) problems.push(...(await recordingProblems(stem, files, python)));
  return problems;
}
