import { int64, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { elementOffsets, numelOf, type Shape, sameShape, showShape } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { add, asTensor, div, mul, neg } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { eq } from './compare.ts';
import { contiguous } from './copy.ts';
import { oneNode } from './fused.ts';
import { index } from './indexing.ts';
import { define, register } from './op.ts';
import type { Reduction } from './reduction.ts';
import { gather } from './scatter.ts';
import { requireFloating } from './supported.ts';
import { zerosFor } from './unary.ts';
import { squeezeDim, unsqueeze, view } from './view.ts';

interface Pick {
  readonly offset: number;
  readonly weight: number;
}

/** For each target, where its class's score stands in `input`, and its weight; null where it is ignored. */
function picksOf(input: Tensor, target: Tensor, weight: Tensor | null, ignored: number): (Pick | null)[] {
  const classDim = input.ndim === 1 ? 0 : 1;
  const classes = input.shape[classDim];
  const rest = input.shape.map((_, d) => d).filter((d) => d !== classDim);
  const starts = elementOffsets(
    rest.map((d) => input.shape[d]),
    rest.map((d) => input.strides[d]),
  );
  const reads = elementOffsets(target.shape, target.strides);
  return Array.from(starts, (start, i) => {
    const label = target.storage.data[target.offset + reads[i]];
    if (label === ignored) return null;
    if (label < 0 || label >= classes) fail(`Target ${label} is out of bounds.`, 'IndexError');
    return {
      offset: input.offset + start + label * input.strides[classDim],
      weight: weight === null ? 1 : weight.storage.data[weight.offset + label * weight.strides[0]],
    };
  });
}

const totalWeight = (picks: readonly (Pick | null)[]): number =>
  picks.reduce((total, pick) => total + (pick?.weight ?? 0), 0);

/** A gradient of the targets' shape with a class dimension of size one put in. */
const withClassDim = (grad: Tensor): Tensor => unsqueeze(grad, 1);

/** Minus the log-probability of the right class, weighted; classes are along dimension 1 (0 for a vector). */
function negativeLogLikelihood(node: string) {
  const backward = oneNode(
    node.replace('Backward', 'BackwardBackward'),
    ['grad_output', 'self', 'target', 'weight', 'reduction', 'ignore_index'],
    (
      grad: Tensor,
      self: Tensor,
      target: Tensor,
      weight: Tensor | null,
      reduction: Reduction,
      ignored: number,
    ) => {
      // The slopes don't depend on the input's values, so they are a constant that the gradient multiplies.
      const slopes = zerosFor(self);
      const picks = picksOf(slopes, target, weight, ignored);
      const scale = reduction === 1 ? 1 / totalWeight(picks) : 1;
      for (const pick of picks) if (pick !== null) slopes.storage.data[pick.offset] = -pick.weight * scale;
      return mul(slopes, reduction !== 0 || self.ndim === 1 ? grad : withClassDim(grad));
    },
    2,
  );
  return define(node, {
    inputs: (input) => [input],
    forward: (
      input: Tensor,
      target: Tensor,
      weight: Tensor | null,
      reduction: Reduction,
      ignored: number,
    ) => {
      requireFloating('nll_loss_out_frame', input);
      check(
        target.dtype === int64 || target.dtype.name === 'uint8',
        () => `expected target dtype to be Long or Byte, but got ${target.dtype.scalarName}`,
      );
      const picks = picksOf(input, target, weight, ignored);
      const out = empty(target.shape, input.dtype);
      picks.forEach((pick, i) => {
        out.storage.data[i] = pick === null ? 0 : -pick.weight * input.storage.data[pick.offset];
      });
      if (reduction === 0) return out;
      const total = sum(out);
      return reduction === 1 ? div(total, asTensor(totalWeight(picks))) : total;
    },
    save: ({ args: [self, target, weight, reduction, ignore_index] }) => ({
      self,
      target,
      weight,
      reduction,
      ignore_index,
      total_weight:
        reduction === 0
          ? empty([], self.dtype)
          : full([], totalWeight(picksOf(self, target, weight, ignore_index)), self.dtype),
    }),
    backward: (grad, { self, target, weight, reduction, ignore_index }) =>
      backward(grad, self, target, weight, reduction, ignore_index),
  });
}

const rows = negativeLogLikelihood('NllLossBackward0');
const planes = negativeLogLikelihood('NllLoss2DBackward0');

function checkWeight(weight: Tensor | null, classes: number): void {
  check(
    weight === null || (weight.ndim === 1 && weight.numel === classes),
    () =>
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${showShape(weight?.shape ?? [])}`,
  );
}

function checkRows(input: Tensor, target: Tensor, weight: Tensor | null): void {
  check(target.ndim <= 1, () => '0D or 1D target tensor expected, multi-target not supported');
  check(
    (input.ndim === 1 && target.ndim === 0) || input.shape[0] === target.shape[0],
    () => `size mismatch (got input: ${showShape(input.shape)}, target: ${showShape(target.shape)})`,
  );
  checkWeight(weight, input.shape[input.ndim - 1]);
}

function checkPlanes(input: Tensor, target: Tensor, weight: Tensor | null): void {
  check(
    target.ndim === 3,
    () =>
      `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${target.ndim}`,
  );
  checkWeight(weight, input.shape[1]);
  check(
    input.shape[0] === target.shape[0] && sameShape(input.shape.slice(2), target.shape.slice(1)),
    () => `size mismatch (got input: ${showShape(input.shape)} , target: ${showShape(target.shape)}`,
  );
}

/** The same of one example of a batch, whose labels can't be looked at: by operations that know of batches. */
function byOperations(
  input: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: Reduction,
  ignored: number,
): Tensor {
  const dim = input.ndim === 1 ? 0 : 1;
  const ignore = eq(target, asTensor(ignored));
  const label = maskedFill(target, ignore, scalar(0, 2));
  const picked = squeezeDim(gather(input, dim, unsqueeze(label, dim)), dim);
  const ones = add(zerosFor(picked), asTensor(1));
  const weights = maskedFill(weight === null ? ones : index(weight, [label]), ignore, scalar(0));
  const losses = neg(mul(picked, weights));
  if (reduction === 0) return losses;
  return reduction === 1 ? div(sum(losses), sum(weights)) : sum(losses);
}

/** The loss for any number of dimensions: rows, pictures, and everything else laid out as a picture one row high. */
export const nllLoss = register(
  'f nn.functional._nll_loss_nd(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor',
  (input: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignored: number): Tensor => {
    check(input.ndim >= 1, () => `Expected 1 or more dimensions (got ${input.ndim})`, 'ValueError');
    check(
      input.ndim === 1 || input.shape[0] === target.shape[0],
      () => `Expected input batch_size (${input.shape[0]}) to match target batch_size (${target.shape[0]}).`,
      'ValueError',
    );
    if ([input, target, weight].some((tensor) => tensor !== null && isBatched(tensor))) {
      return byOperations(input, target, weight, reduction, ignored);
    }
    if (input.ndim <= 2) {
      checkRows(input, target, weight);
      return rows(input, target, weight, reduction, ignored);
    }
    if (input.ndim === 4) {
      checkPlanes(input, target, weight);
      return planes(input, target, weight, reduction, ignored);
    }
    const [count, classes, ...size] = input.shape;
    check(
      sameShape(target.shape.slice(1), size),
      () => `Expected target size ${showShape([count, ...size])}, got ${showShape(target.shape)}`,
      'ValueError',
    );
    const width = numelOf(size);
    const flat = (x: Tensor, shape: Shape): Tensor => view(contiguous(x), shape);
    const losses = planes(
      flat(input, [count, classes, 1, width]),
      flat(target, [count, 1, width]),
      weight,
      reduction,
      ignored,
    );
    return reduction === 0 ? view(losses, [count, ...size]) : losses;
  },
);
