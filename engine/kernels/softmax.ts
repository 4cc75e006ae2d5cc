import { rounding } from '../dtype.ts';
import { empty, type Tensor } from '../tensor.ts';
import { runsOf } from './reduce.ts';

/** What becomes of x - max and exp(x - max), by a number that all of a run share and that Σ exp(x - max) gives. */
export interface Normalization {
  readonly common: (total: number) => number;
  readonly value: (shifted: number, power: number, common: number) => number;
}

/**
 * Normalizes the runs of `self` along `dims`, all shifted by their largest x so that nothing overflows. Single precision
 * is rounded after each step, as PyTorch does: how far probabilities are from adding up to 1 shows in gradients that are
 * nearly 0.
 */
export function normalize(self: Tensor, dims: readonly number[], { common, value }: Normalization): Tensor {
  const round = rounding(self.dtype);
  const out = empty(self.shape, self.dtype);
  const { starts, steps } = runsOf(self, dims);
  const writes = runsOf(out, dims);
  const from = self.storage.data;
  const to = out.storage.data;
  // Storing into arrays of the dtype rounds.
  const shifted = self.dtype.allocate(steps.length);
  const powers = self.dtype.allocate(steps.length);
  for (let i = 0; i < starts.length; i++) {
    const start = self.offset + starts[i];
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < steps.length; j++) largest = Math.max(largest, from[start + steps[j]]);
    let total = 0;
    for (let j = 0; j < steps.length; j++) {
      shifted[j] = from[start + steps[j]] - largest;
      powers[j] = Math.exp(shifted[j]);
      total = round(total + powers[j]);
    }
    const shared = round(common(total));
    const begin = writes.starts[i];
    for (let j = 0; j < steps.length; j++) to[begin + writes.steps[j]] = value(shifted[j], powers[j], shared);
  }
  return out;
}
