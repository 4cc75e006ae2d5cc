// `npm run conformance [-- FAMILY…] [--update]`: how many answers agree with PyTorch's, and how the others differ.
import { rmSync, writeFileSync } from 'node:fs';
import { count, differing, families, notCovered, replay } from './replay.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const family of families.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const found = await replay(family);
  const others = differing(found);
  console.log(`${family}: ${count(found) - others.length} of ${count(found)} agree`);
  for (const [check, difference] of others) console.log(`  ${check}: ${difference}`);
  if (process.argv.includes('--update')) update(family, others);
}

/** Writes the list of a family, with the reasons that are there. */
function update(family: string, others: [string, string][]): void {
  const file = new URL(`not-covered/${family}.json`, import.meta.url);
  const reasons = notCovered(family);
  const list = Object.fromEntries(others.map(([check]) => [check, reasons[check] ?? '']));
  if (others.length === 0) rmSync(file, { force: true });
  else writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
}

process.exit(0);
