// `npm run exercises [-- LESSON…] [--csv]`: tries every program of every exercise, and prints what is said of it.
import { parseArgs } from 'node:util';
import { exerciseFolders } from '../src/grading/exercise-folder.ts';
import type { ExerciseFolder } from '../src/grading/exercise-programs.ts';
import { tryPrograms } from '../src/grading/inspect.ts';
import type { Report } from '../src/grading/report.ts';
import { createNodeInterpreter } from '../src/runtime/node.ts';
import { asCsv, asTable } from './table.ts';

const HEAD = ['exercise', 'program', 'outcome', 'fails first', 'its author is told'];

const { values, positionals } = parseArgs({
  options: { csv: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folders = exerciseFolders().filter(
  ({ key }) => positionals.length === 0 || positionals.includes(key.split('/')[0]),
);
const python = await createNodeInterpreter();
const rows: string[][] = [];
for (const folder of folders) {
  const { reports } = await tryPrograms(folder, python);
  for (const [file, report] of Object.entries(reports))
    rows.push([folder.key, file, ...told(file, report, folder)]);
}
console.log(values.csv ? asCsv([HEAD, ...rows]) : asTable([HEAD, ...rows]));
if (!values.csv) {
  const mistakes = rows.filter(([, file]) => file.startsWith('mistakes/'));
  const apart = mistakes.filter(([, , outcome]) => outcome === 'told apart').length;
  console.log(`\n${folders.length} exercises, ${mistakes.length} mistakes, ${apart} told apart`);
}
process.exit();

function told(file: string, { solved, mistake, checks }: Report, { mistakes }: ExerciseFolder): string[] {
  if (solved) return ['solved', '', ''];
  const outcome = !mistake ? 'not solved' : file.endsWith(`/${mistake}`) ? 'told apart' : `as ${mistake}`;
  const message = mistakes[mistake ?? '']?.message ?? '';
  const sentence = /^.*?[.?!](?=\s|$)/s.exec(message)?.[0] ?? message;
  return [outcome, checks.find(({ passed }) => !passed)?.sentence ?? '', sentence];
}
