// `npm run conformance [-- --update]`: how many recorded cases agree with PyTorch, and how the others differ.
import { writeFileSync } from 'node:fs';
import { KINDS, type Kind, replay } from './replay.ts';

const SHOWN = 400;

const results = await replay();
const list: Partial<Record<Kind, string[]>> = {};
for (const kind of KINDS) {
  const all = Object.entries(results[kind]);
  const differing = all.filter(([, difference]) => difference !== null);
  list[kind] = differing.map(([name]) => name);
  console.log(`${kind}: ${all.length - differing.length} of ${all.length} agree`);
  for (const [name, difference] of differing.slice(0, SHOWN)) console.log(`  ${name}: ${difference}`);
}
if (process.argv.includes('--update')) {
  writeFileSync(new URL('not-covered.json', import.meta.url), `${JSON.stringify(list, null, 2)}\n`);
  console.log('not-covered.json now lists the cases that differ');
}
process.exit(0);
