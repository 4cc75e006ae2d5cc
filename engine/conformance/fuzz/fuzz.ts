// `npm run fuzz -- --programs 20000`: random programs, run on real PyTorch and on the engine, compared step by step.
//
//   --programs N    how many (1000)
//   --seed S        the first seed (the time, so that every run has fresh ones)
//   --python PATH   a Python that has PyTorch (or the environment variable PYTORCH)
//   --shown N       how many kinds of differences are shrunk and shown (20)
import { parseArgs } from 'node:util';
import { type Difference, differences } from './engine.ts';
import { type Program, PyTorch } from './pytorch.ts';
import { shrink } from './shrink.ts';

const { values: options } = parseArgs({
  options: {
    programs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
    python: { type: 'string', default: process.env.PYTORCH ?? 'python' },
    shown: { type: 'string', default: '20' },
  },
});
const BATCH = 100;
const total = Number(options.programs);
const first = Number(options.seed);

/** Differences of one kind. */
interface Kind {
  count: number;
  seed: number;
  program: Program;
  difference: Difference;
}

const pytorch = new PyTorch(options.python);
const kinds = new Map<string, Kind>();
const fatal: number[] = [];
let agree = 0;
let steps = 0;

function seedsFrom(done: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(BATCH, total - done)) }, (_, nr) => first + done + nr);
}

// PyTorch writes the next batch while the engine runs this one.
let next = pytorch.write(seedsFrom(0));
for (let done = 0; done < total; done += BATCH) {
  const seeds = seedsFrom(done);
  const programs = await next;
  next = pytorch.write(seedsFrom(done + BATCH));
  for (const [nr, difference] of (await differences(programs)).entries()) {
    const program = programs[nr];
    if (program === null) fatal.push(seeds[nr]);
    else {
      steps += program[0].length;
      if (difference === null) agree++;
      else count(seeds[nr], program, difference);
    }
  }
  console.error(`${done + seeds.length} programs, ${agree} agree, ${kinds.size} kinds of differences`);
}
await next;

function count(seed: number, program: Program, difference: Difference): void {
  const kind = kinds.get(difference.kind);
  if (kind === undefined) kinds.set(difference.kind, { count: 1, seed, program, difference });
  else kind.count++;
}

const commonest = [...kinds.values()].sort((a, b) => b.count - a.count).slice(0, Number(options.shown));
const shrunk = await shrink(
  pytorch,
  commonest.map(({ program: [steps], difference }) => ({ steps, difference })),
);
for (const [nr, { count, seed }] of commonest.entries()) {
  const { steps, difference } = shrunk[nr];
  console.log(`\n# ${count} × ${difference.kind} (seed ${seed})\n${steps.join('\n')}\n# ${difference.text}`);
}
if (fatal.length > 0) console.log(`\nPut aside, for they end PyTorch itself: seeds ${fatal.join(', ')}`);
const run = total - fatal.length;
console.log(
  `\n${agree} of ${run} programs (seeds ${first} to ${first + total - 1}, ${steps} steps) agree with PyTorch`,
);
pytorch.close();
process.exit(agree === run ? 0 : 1);
