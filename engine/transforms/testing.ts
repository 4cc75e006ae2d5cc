import { grad } from '../autograd/backward.ts';
import { contiguousData } from '../ops/copy.ts';
import { stack } from '../ops/join.ts';
import { select } from '../ops/parts.ts';
import { fromData, Tensor } from '../tensor.ts';
import { enterDualLevel, exitDualLevel, makeDual } from './forward_mode.ts';
import { living, mapTensors, popLevel, pushLevel, wrapBatch } from './levels.ts';

// For tests: does an operation do the same in forward mode, and for a batch, as it does otherwise? The answers are
// differences in words; none when all is well.

type Call = (...args: unknown[]) => Tensor[];

const close = (a: number, b: number): boolean =>
  (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

function differences(what: string, found: Tensor | null, expected: Tensor): string[] {
  if (found === null) return [`${what}: there is none`];
  if (found.shape.join() !== expected.shape.join()) {
    return [`${what}: shape ${found.shape}, not ${expected.shape}`];
  }
  const [values, wanted] = [contiguousData(found), contiguousData(expected)];
  return Array.from(wanted.keys())
    .filter((i) => !close(values[i], wanted[i]))
    .map((i) => `${what}, element ${i}: ${values[i]}, not ${wanted[i]}`);
}

/** A tensor like `tensor` with other values, near the same ones. */
function varied(tensor: Tensor, by: (x: number, i: number) => number): Tensor {
  const data = tensor.dtype.allocate(tensor.numel);
  contiguousData(tensor).forEach((x, i) => {
    data[i] = by(x, i);
  });
  return fromData(data, [...tensor.shape], tensor.dtype);
}

const directionOf = (leaf: Tensor): Tensor => varied(leaf, (_, i) => Math.cos(i + 1));

/** Where uᵀ(J v), by forward mode, isn't (uᵀJ) v, by reverse mode. */
export function wrongTangents(call: Call, args: unknown[], leaves: readonly Tensor[]): string[] {
  const results = call(...args).filter((result) => result.isFloating);
  const recorded = results.filter((result) => result.requiresGrad);
  const seeds = recorded.map((result) => directionOf(result));
  const rows = grad(recorded, seeds, leaves, true, { retainGraph: false, createGraph: false });
  const byReverse = dot(rows, leaves.map(directionOf));
  enterDualLevel();
  try {
    const duals = new Map(leaves.map((leaf) => [leaf, makeDual(leaf, directionOf(leaf))]));
    const moved = call(...mapTensors(args, (tensor) => duals.get(tensor) ?? tensor)).filter(
      (r) => r.isFloating,
    );
    const tangents = moved.filter((_, i) => results[i].requiresGrad).map(({ tangent }) => tangent);
    const byForward = dot(tangents, seeds);
    return close(byForward, byReverse) ? [] : [`forward mode gives ${byForward}, reverse mode ${byReverse}`];
  } finally {
    exitDualLevel();
  }
}

function dot(a: readonly (Tensor | null)[], b: readonly Tensor[]): number {
  let total = 0;
  a.forEach((tensor, i) => {
    if (tensor === null) return;
    const other = contiguousData(b[i]);
    contiguousData(tensor).forEach((x, j) => {
      total += x * other[j];
    });
  });
  return total;
}

/** Where the results for a batch of two, one of them `args`, aren't those for the two examples. */
export function wrongBatches(call: Call, args: unknown[], leaves: readonly Tensor[]): string[] {
  const second = new Map(leaves.map((leaf) => [leaf, varied(leaf, (x) => 0.9 * x + 0.02)]));
  const examples = [args, mapTensors(args, (tensor) => second.get(tensor) ?? tensor)];
  const expected = examples.map((example) => call(...example));
  const level = pushLevel('vmap', examples.length, 'different');
  let found: Tensor[];
  try {
    // The batch is the last dimension, which a rule that forgets to move it gets wrong.
    found = call(
      ...mapTensors(args, (tensor) => {
        const other = second.get(tensor);
        return other ? wrapBatch(stack([tensor, other], -1), tensor.ndim, level) : tensor;
      }),
    );
  } finally {
    popLevel();
  }
  return found.flatMap((result, k) => {
    const { wrapped } = result;
    if (wrapped?.level !== level) return [`result ${k} is the same for all examples`];
    const batch = living(result);
    return expected.flatMap((results, i) =>
      differences(`result ${k} of example ${i}`, select(batch, wrapped.dim, i), results[k]),
    );
  });
}

/** Where gradients of a batch of seeds, by one backward, aren't those of the seeds one by one. */
export function wrongBatchedGradients(call: Call, args: unknown[], leaves: readonly Tensor[]): string[] {
  const results = call(...args).filter((result) => result.requiresGrad);
  const seeds = [0.3, 1.7].map((factor) =>
    results.map((result) => varied(result, (_, i) => Math.sin(factor * i + 1))),
  );
  const options = { retainGraph: true, createGraph: false };
  const expected = seeds.map((row) => grad(results, row, leaves, true, options));
  const level = pushLevel('vmap', seeds.length);
  let found: (Tensor | null)[];
  try {
    const batches = results.map((_, k) => wrapBatch(stack(seeds.map((row) => row[k])), 0, level));
    found = grad(results, batches, leaves, true, options);
  } finally {
    popLevel();
  }
  return found.flatMap((gradient, k) =>
    expected.flatMap((gradients, i) => {
      const one = gradients[k];
      if (one === null || gradient === null)
        return one === gradient ? [] : [`input ${k}: one has no gradient`];
      const { wrapped } = gradient;
      const part = wrapped === null ? gradient : select(living(gradient), wrapped.dim, i);
      return differences(`gradient of input ${k}, seed ${i}`, part, one);
    }),
  );
}

/** Every argument that is a leaf, once. */
export const leavesAmong = (args: readonly unknown[]): Tensor[] => [
  ...new Set(args.flat().filter((arg): arg is Tensor => arg instanceof Tensor && arg.requiresGradFlag)),
];
