import { type Operation, transforms } from '../ops/op.ts';
import type { Tensor } from '../tensor.ts';
import { batch } from './batching.ts';
import { belowLevel, innerOf, type Level, levels, lift, living, mapTensors, wrap } from './levels.ts';

// An operation meets the innermost transform. `grad` and `jvp` compute the result one level below, with the values that
// their wrappers stand for, and note at their own level what autograd must know of it.

transforms.call = (operation, args) => {
  const level = levels.top as Level;
  const current = mapTensors(args, living);
  return level.kind === 'vmap' ? batch(level, operation, current) : track(level, operation, current);
};

const isView = ({ rule }: Operation): boolean => rule.geometry !== undefined || rule.geometries !== undefined;

function track(level: Level, operation: Operation, args: unknown[]): Tensor | Tensor[] {
  const lifted = mapTensors(args, (tensor) => lift(tensor, level, true));
  const values = mapTensors(lifted, innerOf);
  const result = belowLevel(level, () => operation.run(...values));
  const captured = isView(operation) && (lifted[0] as Tensor).wrapped?.captured === true;
  return operation.finish(
    lifted,
    mapTensors(result, (value) => wrap(value, level, captured)),
  );
}
