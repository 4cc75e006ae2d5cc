// `npm run bench [-- --only NAME,…] [--rounds N] [--seconds S] [--pytorch PYTHON] [--write]`: every engine does the same work, in turn, and
// finds the same gradients; the medians, side by side.
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Contestant, inJavaScript, inOurPython, inPyTorch } from './contestants.ts';
import { type Memory, memoryOfTraining } from './memory.ts';
import { median } from './sampling.ts';
import { DESCRIPTIONS, type Description, figure, higherIsBetter } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.4' },
    pytorch: { type: 'string', default: process.env.PYTORCH_PYTHON ?? 'python3' },
    write: { type: 'boolean', default: false },
  },
});

/** What `--write` leaves for the conformance page. */
export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly engines: readonly { readonly name: string; readonly version: string }[];
  readonly workloads: readonly {
    readonly name: string;
    readonly title: string;
    readonly unit: string;
    readonly goal: Description['goal'] | null;
    /** The figure of each engine, by its name. */
    readonly figures: Readonly<Record<string, number>>;
  }[];
  readonly memory: readonly Memory[];
}

if (!existsSync(new URL('node_modules', import.meta.url))) {
  throw new Error('the other engines are not installed: run `npm ci --prefix engine/bench`');
}

const contestants = [
  await inJavaScript('dxdx', 'engine'),
  await inOurPython(),
  await inJavaScript('js-pytorch', 'engine'),
  await inJavaScript('tfjs', 'cpu'),
  await inJavaScript('tfjs', 'wasm'),
  await inJavaScript('jax', 'eager'),
  await inJavaScript('jax', 'compiled'),
  inPyTorch(options.pytorch),
].filter((each) => each !== null);

/** jax-js, not compiled, needs seconds for work of many steps: it is asked once, and briefly. */
const SLOW = 1;

const chosen = DESCRIPTIONS.filter(({ name }) => options.only?.split(',').includes(name) ?? true);
const workloads: Results['workloads'][number][] = [];
for (const description of chosen) {
  const figures = await figuresOf(description);
  workloads.push({
    name: description.name,
    title: description.title,
    unit: description.unit,
    goal: description.goal ?? null,
    figures,
  });
  print(description, figures);
}
const memory = options.only === undefined ? await memoryOfTraining() : [];
for (const { from, steps, early, late } of memory) {
  console.log(
    `\nmemory in use from ${from}: ${early.toFixed(1)} MB after ${steps / 100} training steps, ${late.toFixed(1)} MB after ${steps}`,
  );
}
for (const each of contestants) each.end();
const results: Results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model}, ${cpus().length} cores`,
  node: process.version,
  engines: contestants.map(({ name, version }) => ({ name, version })),
  workloads,
  memory,
};
console.log(`\n${results.machine}, Node ${results.node}`);
for (const { name, version } of results.engines) console.log(`  ${name} ${version}`);
if (options.write) {
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
}

/** The median of each engine's rounds; in every round each has its turn. */
async function figuresOf(description: Description): Promise<Record<string, number>> {
  const able = contestants.filter(({ workloads }) => workloads.includes(description.name));
  const times = new Map(able.map((each) => [each, [] as number[]]));
  const slow = new Set<Contestant>();
  let expected: readonly number[] | null = null;
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const contestant of able) {
      if (slow.has(contestant)) continue;
      const answer = await contestant.measure({
        workload: description.name,
        seconds: Number(options.seconds),
      });
      expected ??= answer.gradient;
      if (round === 0) compare(contestant.name, description.name, answer.gradient, expected);
      times.get(contestant)?.push(median(answer.times));
      if (median(answer.times) > SLOW) slow.add(contestant);
    }
  }
  return Object.fromEntries(
    able.map((each) => [each.name, figure(description, median(times.get(each) ?? []))]),
  );
}

/** @throws Error where an engine finds another gradient than ours. */
function compare(
  engine: string,
  workload: string,
  found: readonly number[],
  expected: readonly number[],
): void {
  const scale = Math.max(...expected.slice(0, 100_000).map(Math.abs), 1e-6);
  const differing = expected.findIndex((value, i) => !(Math.abs(found[i] - value) <= 1e-3 * scale));
  if (found.length === expected.length && differing < 0) return;
  throw new Error(
    `${engine} disagrees on ${workload}: ${found.length} of ${expected.length} entries, ${found[differing]} for ${expected[differing]} at ${differing}`,
  );
}

function print(description: Description, figures: Readonly<Record<string, number>>): void {
  const ours = figures.dxdx ?? figures['dxdx, from Python'];
  console.log(`\n${description.title}, ${description.unit}`);
  for (const [name, value] of Object.entries(figures)) {
    const ratio = higherIsBetter(description) ? ours / value : value / ours;
    const goal =
      name === 'dxdx'
        ? description.goal?.javascript
        : name === 'dxdx, from Python'
          ? description.goal?.python
          : undefined;
    const aim = goal === undefined ? '' : `  goal ${higherIsBetter(description) ? '≥' : '≤'} ${goal}`;
    console.log(`  ${name.padEnd(22)}${value.toPrecision(3).padStart(10)}  ×${ratio.toPrecision(3)}${aim}`);
  }
}
