import { fail } from '../errors.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Level, levels, wrap, wrapBatch } from './levels.ts';

/** A tensor made from nothing, as the transforms at work see it: wrapped by those that keep a history. */
export function made(tensor: Tensor, level: Level | null = levels.top): Tensor {
  if (level === null) return tensor;
  const value = made(tensor, level.below);
  return level.kind === 'vmap' ? value : wrap(value, level);
}

/** Random numbers from `draw`: under vmap for each example or for all together, as it has been told. */
export function drawn(size: Shape, draw: (size: Shape) => Tensor, level: Level | null = levels.top): Tensor {
  if (level === null) return draw(size);
  if (level.kind !== 'vmap') return wrap(drawn(size, draw, level.below), level);
  refuseRandomness(level);
  if (level.randomness === 'same') return drawn(size, draw, level.below);
  return wrapBatch(drawn([level.batchSize, ...size], draw, level.below), 0, level);
}

export function refuseRandomness(level: Level): void {
  if (level.randomness !== 'error') return;
  fail(
    "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap",
  );
}
