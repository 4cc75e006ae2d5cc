// `npm run conformance [-- FAMILY…] [--update]`: how many answers agree with PyTorch's, and how the others differ.
//
// With --update it writes what it found: the lists of what differs, what is said of what is out of scope, and
// the results that the site shows.
import { rmSync, writeFileSync } from 'node:fs';
import { families, notCovered } from './recorded.ts';
import { count, differing, replay } from './replay.ts';
import { outOfScope } from './scope.ts';
import { tally } from './tally.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const update = process.argv.includes('--update');
for (const family of families.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const found = await replay(family);
  const others = differing(found);
  console.log(`${family}: ${count(found) - others.length} of ${count(found)} agree`);
  for (const [check, difference] of others) console.log(`  ${check}: ${difference}`);
  if (update) writeList(family, others);
}
if (update) {
  write('scope.json', await outOfScope());
  write('results.json', tally());
}
process.exit(0);

/** Writes what differs in a family, with the reasons that are there. */
function writeList(family: string, others: [string, string][]): void {
  const reasons = notCovered(family);
  const list = Object.fromEntries(others.map(([check]) => [check, reasons[check] ?? '']));
  if (others.length > 0) write(`not-covered/${family}.json`, list);
  else rmSync(new URL(`not-covered/${family}.json`, import.meta.url), { force: true });
}

/** Writes data a line an entry; pairs of numbers stay in the line. */
function write(path: string, data: unknown): void {
  const text = JSON.stringify(data, null, 1).replace(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]');
  writeFileSync(new URL(path, import.meta.url), `${text}\n`);
}
