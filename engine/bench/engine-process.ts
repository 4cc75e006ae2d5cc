// One engine in a process of its own, so that none can slow another down: node engine-process.ts MODULE EXPORT
import { sample } from './sampling.ts';
import type { Engine, Workload } from './workloads.ts';

/** What the parent asks for, and what it gets. */
export interface Question {
  readonly workload: string;
  readonly seconds: number;
}
export interface Answer {
  readonly times: readonly number[];
  readonly gradient: readonly number[];
}

const [module, name] = process.argv.slice(2);
const engine: Engine = (await import(`./engines/${module}.ts`))[name];
let current: { name: string; workload: Workload } | null = null;

process.on('message', async ({ workload: asked, seconds }: Question) => {
  if (current?.name !== asked) current = { name: asked, workload: await engine.workloads[asked]() };
  const gradient = Array.from(current.workload.gradient());
  process.send?.({ times: sample(current.workload, seconds), gradient } satisfies Answer);
});
process.send?.({ name: engine.name, version: engine.version, workloads: Object.keys(engine.workloads) });
