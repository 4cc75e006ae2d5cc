// `npm run regrade -- FILE… [--csv]`: runs the answers in progress files again, and says who has solved what. What a file
// itself says of an answer is not believed. A folder stands for the files in it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AnswersProcess } from '../src/grading/answers-process.ts';
import { ANSWER } from '../src/grading/judge.ts';
import { type Outcome, Regrader } from '../src/grading/regrade.ts';
import { ForeignFile, readProgressFile } from '../src/progress/progress-file.ts';
import { asCsv, asTable } from './table.ts';

const HEAD = ['file', 'exercise', 'outcome', 'because', 'checked in the page'];
const WORDS: Record<Outcome, string> = {
  solved: 'solved',
  'not solved': 'not solved',
  claimed: 'claims to be solved but fails',
  'unknown exercise': 'unknown exercise',
};

const { files, csv } = commandLine();
/** Files that are not what they should be, and why. */
const refused: string[] = [];
const rows: string[][] = [];
// As long as in the page.
const trusted = new AnswersProcess(30);
const answers = new AnswersProcess(10);
const regrader = new Regrader({
  run: (program) => trusted.run(program),
  grade: (request) => (ANSWER in request.programs ? answers : trusted).grade(request),
});
for (const file of files.flatMap(filesOf)) {
  const name = path.basename(file);
  try {
    const progress = readProgressFile(readFileSync(file, 'utf8'));
    for (const { exercise, outcome, because, when } of await regrader.regrade(progress)) {
      rows.push([name, exercise, WORDS[outcome], because, new Date(when).toISOString().slice(0, 16)]);
    }
  } catch (error) {
    refused.push(`${name}: ${whyUnreadable(error)}`);
  }
  await answers.end(); // what one has left there does not meet the next
}
await trusted.end();
console.log(csv ? asCsv([HEAD, ...rows]) : asTable([HEAD, ...rows]));
for (const sentence of refused) console.error(sentence);
process.exit(refused.length > 0 ? 1 : 0);

function commandLine(): { files: string[]; csv: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { csv: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length > 0) return { files: positionals, csv: values.csv };
  } catch {
    // an option that there is not: the usage says which there are
  }
  console.error('usage: npm run --silent regrade -- FILE… [--csv]');
  process.exit(2);
}

/** Named as they were called, from where they were called. */
function filesOf(name: string): string[] {
  const place = path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [place];
  const inside = readdirSync(place).filter((file) => file.endsWith('.json'));
  if (inside.length === 0) refused.push(`${name}: There is no .json file in this folder.`);
  return inside.sort().map((file) => path.join(place, file));
}

function whyUnreadable(error: unknown): string {
  if (error instanceof ForeignFile) return error.message;
  if (error instanceof Error && 'code' in error)
    return error.code === 'ENOENT' ? 'There is no such file.' : error.message;
  throw error;
}
