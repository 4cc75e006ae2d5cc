// `npm run new -- lesson NN-WORDS TITLE` and `npm run new -- exercise LESSON ID TITLE [--kind KIND]`: a folder that passes all
// checks, to be made into what it should be.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const LESSONS = fileURLToPath(new URL('../content/lessons/', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('templates/', import.meta.url));
const USAGE = `usage: npm run new -- lesson NN-WORDS TITLE
       npm run new -- exercise LESSON ID TITLE [--kind KIND]`;

const { values: options, positionals } = parseArgs({
  options: { kind: { type: 'string', default: 'code' } },
  allowPositionals: true,
});
const [what, ...rest] = positionals;
if (what === 'lesson' && rest.length === 2) newLesson(rest[0], rest[1]);
else if (what === 'exercise' && rest.length === 3) newExercise(rest[0], rest[1], rest[2], options.kind);
else refuse(USAGE);

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

function newLesson(name: string, title: string): void {
  const order = /^(\d\d)-[a-z0-9-]+$/.exec(name)?.[1];
  if (order === undefined)
    refuse(`“${name}” is no name of a lesson: two digits, then small letters and hyphens`);
  const folder = path.join(LESSONS, name);
  if (existsSync(folder)) refuse(`content/lessons/${name} is there already`);
  const taken = readdirSync(LESSONS).find((other) => other.startsWith(`${order}-`));
  if (taken) refuse(`lesson ${Number(order)} is ${taken}; choose another number`);
  cpSync(path.join(TEMPLATES, 'lesson'), folder, { recursive: true });
  fillIn(path.join(folder, 'lesson.mdx'), { TITLE: title, ORDER: String(Number(order)) });
  console.log(`content/lessons/${name}: write lesson.mdx; \`npm run dev\` shows it`);
  newExercise(name, 'first-steps', 'First steps');
}

function newExercise(lesson: string, id: string, title: string, kind = 'code'): void {
  const template = path.join(TEMPLATES, kind === 'code' ? 'exercise' : `exercise-${kind}`);
  if (!/^[a-z]+$/.test(kind) || !existsSync(template))
    refuse(`there is no kind “${kind}”: ${kinds().join(', ')}`);
  const page = path.join(LESSONS, lesson, 'lesson.mdx');
  if (!existsSync(page)) refuse(`content/lessons/${lesson}/lesson.mdx does not exist`);
  if (!/^[a-z0-9-]+$/.test(id))
    refuse(`“${id}” is no name of an exercise: small letters, digits and hyphens`);
  const folder = path.join(LESSONS, lesson, 'exercises', id);
  if (existsSync(folder)) refuse(`content/lessons/${lesson}/exercises/${id} is there already`);
  cpSync(template, folder, { recursive: true });
  fillIn(path.join(folder, 'exercise.yaml'), { TITLE: title });
  const shown = `<Exercise id="${id}" />`;
  const text = readFileSync(page, 'utf8');
  // A recap ends a lesson; exercises stand before it.
  const recap = text.indexOf('<Recap');
  const at = recap < 0 ? text.length : recap;
  writeFileSync(
    page,
    `${text.slice(0, at).trimEnd()}\n\n${shown}\n\n${text.slice(at)}`.trimEnd().concat('\n'),
  );
  console.log(
    `content/lessons/${lesson}/exercises/${id}: shown at the end of lesson.mdx; \`npm run check:content\` tries it`,
  );
}

function kinds(): string[] {
  const templates = readdirSync(TEMPLATES).filter((name) => name.startsWith('exercise'));
  return templates.map((name) => name.replace(/^exercise-?/, '') || 'code');
}

function fillIn(file: string, words: Readonly<Record<string, string>>): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replaceAll(/\b(?:TITLE|ORDER)\b/g, (word) => words[word]),
  );
}
