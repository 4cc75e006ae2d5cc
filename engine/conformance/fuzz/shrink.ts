import { type Difference, differences } from './engine.ts';
import type { PyTorch } from './pytorch.ts';

/** A program that differs, as short as it can be. */
export interface Shrunk {
  steps: string[];
  difference: Difference;
}

/**
 * Leaves out steps, halves first and single ones at last, as long as the last step still differs in the same
 * way. All candidates of a round run at once on either side.
 */
export async function shrink(pytorch: PyTorch, steps: string[], difference: Difference): Promise<Shrunk> {
  let shortest: Shrunk = { steps: steps.slice(0, difference.step + 1), difference };
  for (let size = Math.ceil(shortest.steps.length / 2); size >= 1; ) {
    const candidates = without(shortest.steps, size);
    const found = await differences(await pytorch.run(candidates));
    const place = found.findIndex((each) => each?.kind === difference.kind);
    const better = found[place];
    if (better) shortest = { steps: candidates[place].slice(0, better.step + 1), difference: better };
    else if (size === 1) break;
    else size = Math.floor(size / 2);
  }
  return shortest;
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
