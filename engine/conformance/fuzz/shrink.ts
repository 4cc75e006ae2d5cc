import { type Difference, differences } from './engine.ts';
import type { PyTorch } from './pytorch.ts';

/** A program that differs in its last step. */
export interface Differing {
  steps: string[];
  difference: Difference;
}

/** How a program is being shrunk: stretches of `size` steps are left out next; 0 when there is no more to try. */
interface Shrinking extends Differing {
  size: number;
}

/**
 * Leaves out steps, halves first and single ones at last, as long as the last step still differs in the same
 * way. The candidates of all programs run together, a round at a time.
 */
export async function shrink(pytorch: PyTorch, programs: Differing[]): Promise<Differing[]> {
  const all: Shrinking[] = programs.map(({ steps, difference }) => ({
    steps: steps.slice(0, difference.step + 1),
    difference,
    size: Math.ceil((difference.step + 1) / 2),
  }));
  for (let open = all; open.length > 0; open = open.filter(({ size }) => size > 0)) {
    const candidates = open.map(({ steps, size }) => without(steps, size));
    const found = await differences(await pytorch.run(candidates.flat()));
    for (const [nr, program] of open.entries()) {
      advance(program, candidates[nr], found.splice(0, candidates[nr].length));
    }
  }
  return all;
}

/** Takes the first candidate that differs as the program does, or goes on with shorter stretches. */
function advance(program: Shrinking, candidates: string[][], found: (Difference | null)[]): void {
  const place = found.findIndex((each) => each?.kind === program.difference.kind);
  const difference = found[place];
  if (difference) {
    program.steps = candidates[place].slice(0, difference.step + 1);
    program.difference = difference;
  } else {
    program.size = Math.floor(program.size / 2);
  }
}

/** The steps without each of the stretches of that size; the last step stays. */
function without(steps: string[], size: number): string[][] {
  const candidates: string[][] = [];
  for (let from = 0; from < steps.length - 1; from += size) {
    const upTo = Math.min(from + size, steps.length - 1);
    candidates.push([...steps.slice(0, from), ...steps.slice(upTo)]);
  }
  return candidates;
}
