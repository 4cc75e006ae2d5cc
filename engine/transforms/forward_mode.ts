import { grad } from '../autograd/backward.ts';
import { modes, withGrad, withoutTangents } from '../autograd/modes.ts';
import { check, fail } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { add } from '../ops/arithmetic.ts';
import { expand, sumToSize } from '../ops/broadcast.ts';
import { cloneContiguous } from '../ops/copy.ts';
import { define, hasTangent, type Operation, transforms } from '../ops/op.ts';
import { checkWritable } from '../ops/overlap.ts';
import { zerosFor } from '../ops/unary.ts';
import { defineView, type Geometry } from '../ops/view_op.ts';
import { sameShape, showShape } from '../shape.ts';
import { Storage, Tensor } from '../tensor.ts';
import { full } from './batching.ts';
import { belowLevel, isAt, levels, lift, mapTensors, wrap, wrapBatch } from './levels.ts';

// Forward mode: a tensor may carry a tangent, the direction in which it moves, and every operation gives its result
// the tangent that follows (a Jacobian-vector product).

/** The tensors that have been given a tangent since the dual level was entered. */
let dual: Tensor[] = [];
let inLevel = false;

/** @throws RuntimeError within a dual level. */
export function enterDualLevel(): void {
  check(!inLevel, () => 'Nested forward mode AD is not supported at the moment');
  inLevel = true;
  modes.forward = true;
}

/** Takes all tangents away. */
export function exitDualLevel(): void {
  for (const tensor of dual) tensor.tangent = null;
  dual = [];
  inLevel = false;
  modes.forward = false;
}

/** A fresh world: no dual level. */
export const resetForwardMode = exitDualLevel;

export function setTangent(tensor: Tensor, tangent: Tensor | null): void {
  tensor.tangent = tangent;
  if (tangent !== null && tensor.wrapped === null) dual.push(tensor);
}

const sameView = (node: string) =>
  defineView(node, { geometry: (self: Tensor): Geometry => self, backward: (grad) => grad });
const primal = sameView('Identity');
const view = sameView('ViewBackward0');

/** A view of `tensor` that has no tangent. */
export const primalOf = (tensor: Tensor): Tensor => withoutTangents(() => primal(tensor));

/** The direction in which `tensor` moves, or null; of an example of a batch it is that of the batch. */
export function tangentOf(tensor: Tensor): Tensor | null {
  const { wrapped } = tensor;
  if (wrapped?.level.kind !== 'vmap') return tensor.tangent;
  const tangent = tangentOf(wrapped.value);
  return tangent && wrapBatch(tangent, wrapped.dim, wrapped.level);
}

/** A copy of `tangent` that lies in memory as `tensor` does, with zeros in the gaps. */
const layLike = define('CopyBackwards', {
  inputs: (_, tangent) => [tangent],
  forward: ({ storage, shape, strides, offset, dtype }: Tensor, tangent: Tensor) => {
    const out = new Tensor(new Storage(dtype.allocate(storage.data.length)), shape, strides, offset, dtype);
    copyInto(out, tangent);
    return out;
  },
  backward: (grad) => grad,
  forwardMode: 'linear',
});

/** A view of `tensor` that moves in the direction of `tangent`. */
export function makeDual(tensor: Tensor, tangent: Tensor): Tensor {
  check(
    sameShape(tensor.shape, tangent.shape),
    () =>
      `Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. Tensor is of size ${showShape(tensor.shape)} while the given forward gradient is of size ${showShape(tangent.shape)}.`,
  );
  const level = levels.top;
  if (level?.kind === 'vmap') {
    // A tensor that is only repeated has no room for a tangent of its own.
    const [value, direction] = belowLevel(level, () => [
      isAt(tensor, level) ? full(tensor, level) : cloneContiguous(full(tensor, level)),
      full(tangent, level),
    ]);
    return wrapBatch(
      belowLevel(level, () => makeDual(value, direction)),
      0,
      level,
    );
  }
  check(
    tensor.tangent === null || (level !== null && !isAt(tensor, level)),
    () =>
      'Making a dual Tensor based on a Tensor that already has a forward gradient at the same level 0 is not supported.',
  );
  // PyTorch copies a tangent that lies otherwise in memory into one that lies as the tensor does.
  const alike = sameShape(tensor.strides, tangent.strides) || tensor.wrapped !== null;
  if (!alike) checkWritable(tensor, []);
  const laid = alike ? tangent : withoutTangents(() => layLike(tensor, tangent));
  const own = level === null ? tensor : lift(tensor, level);
  const dual = withoutTangents(() => view(own));
  setTangent(dual, level === null ? laid : lift(laid, level));
  return dual;
}

/** Makes `tensor` move in the direction of `tangent`, as somebody else has computed it. */
export function giveTangent(tensor: Tensor, tangent: Tensor): void {
  setTangent(tensor, levels.top === null ? tangent : lift(tangent, levels.top));
}

transforms.pushForward = (operation, args, inputs, result) => {
  const results = [result].flat();
  const tangents =
    operation.rule.forwardMode === 'composed'
      ? composed(operation, args, results)
      : withoutTangents(() => tangentsOf(operation, args, inputs, result));
  results.forEach((one, i) => {
    if (one.isFloating && !operation.rule.constant?.includes(i)) setTangent(one, tangents[i] ?? null);
  });
};

/** The operations inside have brought the tangents along, unless that was one level below or without recording. */
function composed({ rule }: Operation, args: unknown[], results: readonly Tensor[]): (Tensor | null)[] {
  const again = levels.top !== null || modes.grad ? (rule.compose ?? rule.forward)(...args) : [...results];
  return [again].flat().map(({ tangent }) => tangent);
}

function tangentsOf(
  operation: Operation,
  args: unknown[],
  inputs: readonly (Tensor | null)[],
  result: Tensor | Tensor[],
): (Tensor | null)[] {
  const withInputs = (change: (input: Tensor) => Tensor): Tensor | Tensor[] =>
    operation.run(...mapTensors(args, (arg) => (inputs.includes(arg) ? change(arg) : arg)));
  const { forwardMode } = operation.rule;
  if (typeof forwardMode === 'function') {
    const tangents = inputs.map((input) => input?.tangent ?? null);
    return [forwardMode(tangents, { args, result })].flat();
  }
  if (typeof forwardMode === 'object') return refuse(forwardMode.refused);
  switch (forwardMode) {
    case 'linear':
      return [withInputs((input) => input.tangent ?? zerosFor(input))].flat();
    case 'multilinear':
      // Place by place: one tensor may stand at several.
      return sumUp(
        inputs.filter(isMoving).map((_, place) => {
          let at = 0;
          return withInputs((input) => (isMoving(input) && at++ === place ? directionOf(input) : input));
        }),
        inputs.length,
      );
    case 'elementwise':
      return sumUp(elementwise(operation, args, inputs, result as Tensor));
    default:
      return byBackward(operation, args, inputs, result);
  }
}

const isMoving = (input: Tensor | null): boolean => input !== null && hasTangent(input);
const directionOf = (tensor: Tensor): Tensor => tensor.tangent as Tensor;
/** The sum of the parts; of one alone that could be more with zeros, as PyTorch adds them up. */
function sumUp(parts: readonly (Tensor | Tensor[])[], all = 1): Tensor[] {
  const [first, ...others] = parts.flat();
  if (first === undefined) return [];
  if (others.length === 0) return [all > 1 ? add(first, zerosFor(first)) : first];
  return [others.reduce((total, part) => add(total, part), first)];
}

const refuse = (name: string): never => {
  const refusal = `Trying to use forward AD with ${name} that does not support it`;
  if (name.startsWith('aten::')) fail(`${refusal}.`, 'NotImplementedError');
  const way = name.endsWith('_') ? '.' : ' or submit a PR adding the implementation to derivatives.yaml';
  return fail(
    `${refusal} because it has not been implemented yet.\nPlease file an issue to PyTorch at https://github.com/pytorch/pytorch/issues/new?template=feature-request.yml so that we can prioritize its implementation${way}`,
    'NotImplementedError',
  );
};

/** The Jacobian with respect to each input is diagonal: the backward formula takes the tangent for a gradient. */
function elementwise(
  operation: Operation,
  args: unknown[],
  inputs: readonly (Tensor | null)[],
  result: Tensor,
): Tensor[] {
  const needs = inputs.map(hasTangent);
  const saved = operation.rule.save?.({ args, result, needs }) ?? {};
  return inputs.flatMap((input, i) => {
    if (input === null || !needs[i]) return [];
    const direction = directionOf(input);
    const whole = sameShape(direction.shape, result.shape) ? direction : expand(direction, result.shape);
    const gradients = operation.backward([whole], { ...saved }, needs);
    return (gradients instanceof Tensor ? gradients : gradients?.[i]) ?? [];
  });
}

/**
 * J v from the formula for uᵀ J alone: that is linear in u, so the gradient of (uᵀ J) v with respect to u is J v,
 * whatever u is.
 */
function byBackward(
  operation: Operation,
  args: unknown[],
  inputs: readonly (Tensor | null)[],
  result: Tensor | Tensor[],
): (Tensor | null)[] {
  const needs = inputs.map(hasTangent);
  const saved = operation.rule.save?.({ args, result, needs }) ?? {};
  const probes = [result].flat().map((one) => (one.isFloating ? leafLike(one) : null));
  const rows = withGrad(true, () => {
    const gradients = operation.backward(probes, { ...saved }, needs);
    const list = gradients instanceof Tensor ? [gradients] : (gradients ?? []);
    return inputs.flatMap((input, i) => {
      const row = list[i];
      return input && needs[i] && row?.requiresGrad ? [{ row: sumToSize(row, input.shape), input }] : [];
    });
  });
  if (rows.length === 0) return probes.map((probe) => probe && zerosFor(probe));
  const found = grad(
    rows.map(({ row }) => row),
    rows.map(({ input }) => directionOf(input)),
    probes.filter((probe) => probe !== null),
    true,
    { retainGraph: false, createGraph: modes.grad },
  );
  return probes.map((probe) => probe && (found.shift() ?? zerosFor(probe)));
}

/** Zeros whose gradient can be asked for, at the innermost transform. */
function leafLike(tensor: Tensor): Tensor {
  const zeros = zerosFor(tensor);
  const leaf = levels.top === null ? zeros : wrap(zeros, levels.top);
  leaf.requiresGradFlag = true;
  return leaf;
}
