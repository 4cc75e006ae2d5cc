import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createNodeInterpreter } from '../../src/runtime/node.ts';
import { engine } from './engines/dxdx.ts';
import type { Workload } from './workloads.ts';

/** What a long training loop leaves behind. */
export interface Memory {
  readonly from: 'JavaScript' | 'Python';
  readonly steps: number;
  /** Megabytes in use after a hundredth of the steps, and after all of them. */
  readonly early: number;
  readonly late: number;
}

const STEPS = 100_000;

export async function memoryOfTraining(): Promise<Memory[]> {
  return [await fromJavaScript(), await fromPython()];
}

/** Megabytes that are still in use when all garbage has been collected. */
function megabytesInUse(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

async function fromJavaScript(): Promise<Memory> {
  const { run } = (await engine.workloads.training()) as Workload;
  const steps = (count: number): number => {
    for (let i = 0; i < count; i++) run();
    return megabytesInUse();
  };
  return { from: 'JavaScript', steps: STEPS, early: steps(STEPS / 100), late: steps(STEPS * 0.99) };
}

async function fromPython(): Promise<Memory> {
  const python = await createNodeInterpreter();
  const measured = async (steps: number): Promise<number> => {
    const { error } = await python.run(PROGRAM, { args: [String(steps)] });
    if (error) throw new Error(error.traceback);
    return megabytesInUse();
  };
  return { from: 'Python', steps: STEPS, early: await measured(STEPS / 100), late: await measured(STEPS) };
}

const PROGRAM = `
import sys, torch
x, y = torch.linspace(-1, 1, 8).reshape(8, 1), torch.linspace(0, 1, 8).reshape(8, 1)
w, b = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
for _ in range(int(sys.argv[1])):
    w.grad = b.grad = None
    torch.nn.functional.mse_loss(torch.addmm(b, x, w), y).backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        b -= 0.01 * b.grad
`;
