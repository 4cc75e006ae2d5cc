import { check } from '../errors.ts';
import { expand } from '../ops/broadcast.ts';
import { stack } from '../ops/join.ts';
import type { Operation } from '../ops/op.ts';
import { select } from '../ops/parts.ts';
import { movedim, unsqueeze } from '../ops/view.ts';
import { defineMultiView, defineView, type Geometry } from '../ops/view_op.ts';
import { type Shape, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { warnOfExamples } from './examples.ts';
import { refuseRandomness } from './fresh.ts';
import {
  belowLevel,
  innerOf,
  isAt,
  type Level,
  living,
  mapTensors,
  tensorsAmong,
  wrap,
  wrapBatch,
  wrappers,
} from './levels.ts';

// vmap: an operation on one example becomes one on the whole batch, one level below.

type Result = Tensor | Tensor[];

/** Results of a whole batch, and the dimension that counts the examples. */
interface Batch {
  readonly result: Result;
  readonly dim: number;
}

/** Runs an operation whose arguments are examples of a batch. */
export function batch(level: Level, operation: Operation, args: unknown[]): Result {
  const examples = tensorsAmong(args).filter((tensor) => isAt(tensor, level));
  if (operation.rule.random) return random(level, operation, args, examples.length > 0);
  if (examples.length === 0) return belowLevel(level, () => operation.run(...args));
  if (operation.rule.unbatched) warnOfExamples(operation.rule.unbatched);
  if (operation.rule.compose) return operation.rule.compose(...args);
  const { result, dim } = belowLevel(level, () => wholeBatch(level, operation, args));
  return mapTensors(result, (value) => wrapBatch(value, dim, level));
}

/** Random numbers: for each example, or the same for all. */
function random(level: Level, operation: Operation, args: unknown[], batched: boolean): Result {
  refuseRandomness(level);
  if (level.randomness === 'same') {
    if (operation.rule.random === 'anew') {
      const one = (tensor: Tensor): Tensor =>
        isAt(tensor, level) ? select(innerOf(tensor), dimOf(tensor), 0) : tensor;
      return belowLevel(level, () => operation.run(...mapTensors(args, one)));
    }
    check(
      !batched,
      () =>
        'Vmap does not currently support same randomness with a batched tensor input. Please file an issue with functorch',
    );
    return belowLevel(level, () => operation.run(...args));
  }
  const whole = belowLevel(level, () => {
    const all = mapTensors(args, (tensor) => full(tensor, level));
    const { batch: rule } = operation.rule;
    return typeof rule === 'function' ? rule(level.batchSize, ...all) : operation.run(...all);
  });
  return mapTensors(whole, (value) => wrapBatch(value, 0, level));
}

function wholeBatch(level: Level, operation: Operation, args: unknown[]): Batch {
  const { batch: rule, forwardMode, geometry, geometries } = operation.rule;
  if (geometry !== undefined || geometries !== undefined) return views(operation, args);
  if (typeof rule === 'function') {
    return { result: rule(level.batchSize, ...mapTensors(args, (tensor) => full(tensor, level))), dim: 0 };
  }
  if (typeof rule === 'object') return along(level, operation, args, rule.along);
  if (rule === 'elementwise' || (rule === undefined && forwardMode === 'elementwise')) {
    return elementwise(level, operation, args);
  }
  return oneByOne(level, operation, args);
}

/** Aligns the dimensions of the examples; broadcasting does the rest. */
function elementwise(level: Level, operation: Operation, args: unknown[]): Batch {
  const tensors = tensorsAmong(args);
  if (tensors.length === 1) {
    return { result: operation.run(...mapTensors(args, innerOf)), dim: dimOf(tensors[0]) };
  }
  const rank = Math.max(...tensors.map((tensor) => tensor.ndim));
  const aligned = mapTensors(args, (tensor) => (isAt(tensor, level) ? leading(tensor, rank) : tensor));
  return { result: operation.run(...aligned), dim: 0 };
}

/** Every tensor gets the batch as its first dimension; the argument `position`, which names dimensions, moves along. */
function along(level: Level, operation: Operation, args: unknown[], position: number): Batch {
  const first = tensorsAmong(args)[0];
  const dims = args[position] as number | Shape | null;
  // Without dimensions there is none to name: all of them are meant, or the one that isn't there.
  if (first.ndim === 0 || dims === null || (Array.isArray(dims) && dims.length === 0))
    return oneByOne(level, operation, args);
  const shift = (dim: number): number => wrapDim(dim, first.ndim) + 1;
  const whole = mapTensors(args, (tensor) => full(tensor, level));
  whole[position] = typeof dims === 'number' ? shift(dims) : dims.map(shift);
  return { result: operation.run(...whole), dim: 0 };
}

/** A view of each example is one view of the batch: the same steps, and one more dimension. */
function views(operation: Operation, [self, ...rest]: unknown[]): Batch {
  const example = self as Tensor;
  const { name, rule } = operation;
  const ofBatch = (value: Tensor, place: Geometry): Geometry => ({
    shape: [value.shape[0], ...place.shape],
    strides: [value.strides[0], ...place.strides],
    offset: place.offset,
  });
  const value = leading(example, example.ndim);
  const inner = (whole: Tensor): Tensor => wrapBatch(whole, 0, (example.wrapped as { level: Level }).level);
  const { geometry, geometries } = rule;
  if (geometry) {
    const place = (whole: Tensor): Geometry => ofBatch(whole, geometry(inner(whole), ...rest));
    return { result: defineView(name, { geometry: place })(value), dim: 0 };
  }
  const places = (whole: Tensor): Geometry[] =>
    (geometries?.(inner(whole), ...rest) ?? []).map((place) => ofBatch(whole, place));
  return { result: defineMultiView(name, { geometries: places })(value), dim: 0 };
}

/** What always works: one example after the other. */
function oneByOne(level: Level, operation: Operation, args: unknown[]): Batch {
  check(level.batchSize > 0, () => `vmap: ${operation.name} can't be computed for a batch of size 0`);
  const results: Result[] = [];
  for (let i = 0; i < level.batchSize; i++) {
    results.push(
      operation.run(
        ...mapTensors(args, (tensor) =>
          isAt(tensor, level) ? select(innerOf(tensor), dimOf(tensor), i) : tensor,
        ),
      ),
    );
  }
  const [sample] = results;
  if (!Array.isArray(sample)) return { result: stack(results as Tensor[]), dim: 0 };
  return { result: sample.map((_, k) => stack((results as Tensor[][]).map((one) => one[k]))), dim: 0 };
}

const dimOf = (tensor: Tensor): number => tensor.wrapped?.dim ?? 0;

/** The batch, its dimension first, then so many of size 1 that examples have `rank` dimensions. */
function leading(example: Tensor, rank: number): Tensor {
  const dim = dimOf(example);
  let result = dim === 0 ? innerOf(example) : movedim(innerOf(example), [dim], [0]);
  for (let missing = rank - example.ndim; missing > 0; missing--) result = unsqueeze(result, 1);
  return result;
}

/** The batch, its dimension first; what all examples share is repeated. */
export const full = (tensor: Tensor, level: Level): Tensor =>
  isAt(tensor, level) ? leading(tensor, tensor.ndim) : expand(tensor, [level.batchSize, ...tensor.shape]);

/** The level of the wrapper that comes off first. */
const innermost = (tensors: readonly Tensor[]): Level | null =>
  tensors.reduce<Level | null>((found, { wrapped }) => {
    const level = wrapped?.level ?? null;
    return level !== null && (found === null || level.number > found.number) ? level : found;
  }, null);

// A kernel goes element by element and knows nothing of history, so on a batch it does what it does on an example.
wrappers.through = (given, kernel) => {
  const tensors = given.map(living);
  const level = innermost(tensors);
  if (level === null) return kernel(...tensors);
  const lowered = (values: readonly Tensor[]): Tensor =>
    belowLevel(level, () => wrappers.through(values, kernel));
  if (level.kind !== 'vmap') {
    return wrap(lowered(tensors.map((tensor) => (isAt(tensor, level) ? innerOf(tensor) : tensor))), level);
  }
  const examples = tensors.filter((tensor) => isAt(tensor, level));
  if (examples.length === 1 && tensors.every((tensor) => tensor === examples[0] || tensor.ndim === 0)) {
    const values = tensors.map((tensor) => (isAt(tensor, level) ? innerOf(tensor) : tensor));
    return wrapBatch(lowered(values), dimOf(examples[0]), level);
  }
  const rank = Math.max(...tensors.map((tensor) => tensor.ndim));
  const aligned = belowLevel(level, () =>
    tensors.map((tensor) => (isAt(tensor, level) ? leading(tensor, rank) : tensor)),
  );
  return wrapBatch(lowered(aligned), 0, level);
};
