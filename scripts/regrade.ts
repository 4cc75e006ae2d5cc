// `npm run regrade -- FILE… [--csv]`: runs the answers in progress files again, and says who has solved what. What a file
// itself says of an answer is not believed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Regrader } from '../src/grading/regrade.ts';
import { ForeignFile, readProgressFile } from '../src/progress/progress-file.ts';
import { createNodeInterpreter } from '../src/runtime/node.ts';

const { values: options, positionals: files } = parseArgs({
  options: { csv: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (files.length === 0) {
  console.error('usage: npm run --silent regrade -- FILE… [--csv]');
  process.exit(2);
}

const HEAD = ['file', 'exercise', 'outcome', 'because', 'checked in the page'];
const rows: string[][] = [];
let unreadable = 0;
const regrader = new Regrader(await createNodeInterpreter());
for (const file of files) {
  // Named as they were called, from where they were called.
  const place = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    const progress = readProgressFile(readFileSync(place, 'utf8'));
    for (const { exercise, outcome, because, when } of await regrader.regrade(progress)) {
      const words = outcome === 'claimed' ? 'claims to be solved but fails' : outcome;
      rows.push([path.basename(file), exercise, words, because, new Date(when).toISOString().slice(0, 16)]);
    }
  } catch (error) {
    if (!(error instanceof ForeignFile) && !isMissing(error)) throw error;
    console.error(`${file}: ${error.message}`);
    unreadable++;
  }
}
console.log(options.csv ? csv([HEAD, ...rows]) : table([HEAD, ...rows]));
process.exit(unreadable > 0 ? 1 : 0);

function isMissing(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function csv(lines: readonly string[][]): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines.map((line) => line.map(cell).join(',')).join('\n');
}

function table(lines: readonly string[][]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
