import { int64 } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { broadcastShapes, elementOffsets, type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { expand, sum } from './broadcast.ts';
import { where } from './choose.ts';
import { lt } from './compare.ts';
import { define, op, register } from './op.ts';
import { mean } from './reduce.ts';
import { abs, exp, log, sgn, zerosFor } from './unary.ts';
import { unsqueeze } from './view.ts';

/** How a loss is brought to one number: 0 not at all, 1 its mean, 2 its sum. */
type Reduction = number;

const reduced = (losses: Tensor, reduction: Reduction): Tensor =>
  reduction === 0 ? losses : reduction === 1 ? mean(losses) : sum(losses);

/** The gradient of each single loss, from that of the reduced one. */
const spread = (grad: Tensor, shape: Shape, reduction: Reduction): Tensor => {
  if (reduction === 0) return grad;
  const count = shape.reduce((n, size) => n * size, 1);
  return reduction === 1 ? div(expand(grad, shape), asTensor(count)) : expand(grad, shape);
};

interface PairLoss {
  /** The loss of each pair, as an expression in its difference or in both. */
  readonly loss: (input: Tensor, target: Tensor, parameter: number) => Tensor;
  /** Its derivative with respect to the input; for the target it is the opposite. */
  readonly slope: (input: Tensor, target: Tensor, parameter: number) => Tensor;
}

/** A loss of the distance between input and target, of one parameter at the most. */
function distanceLoss(name: string, node: string, { loss, slope }: PairLoss) {
  return op(
    `f nn.functional._${name}(Tensor input, Tensor target, int reduction, float parameter) -> Tensor`,
    {
      node,
      inputs: (input, target) => [input, target],
      forward: (input: Tensor, target: Tensor, reduction: Reduction, parameter: number) =>
        reduced(loss(input, target, parameter), reduction),
      save: ({ args: [self, target, reduction, parameter] }) => ({ self, target, reduction, parameter }),
      backward: (grad, { self, target, reduction, parameter }, needs) => {
        const shape = broadcastShapes(self.shape, target.shape);
        const toInput = mul(slope(self, target, parameter), spread(grad, shape, reduction));
        return [toInput, needs[1] ? neg(toInput) : null];
      },
    },
  );
}

export const mseLoss = distanceLoss('mse_loss', 'MseLossBackward0', {
  loss: (input, target) => {
    const difference = sub(input, target);
    return mul(difference, difference);
  },
  slope: (input, target) => mul(sub(input, target), asTensor(2)),
});

export const l1Loss = register(
  'f nn.functional._l1_loss(Tensor input, Tensor target, int reduction) -> Tensor',
  (input: Tensor, target: Tensor, reduction: Reduction) => reduced(abs(sub(input, target)), reduction),
);

/** Quadratic below `beta`, linear above: ½ d²/β or |d| - ½ β. */
export const smoothL1Loss = distanceLoss('smooth_l1_loss', 'SmoothL1LossBackward0', {
  loss: (input, target, beta) => {
    const distance = abs(sub(input, target));
    const quadratic = mulScalar(mul(distance, distance), { value: 0.5 / beta, category: 3 });
    return where(lt(distance, asTensor(beta)), quadratic, sub(distance, asTensor(0.5 * beta)));
  },
  slope: (input, target, beta) => {
    const difference = sub(input, target);
    return where(lt(abs(difference), asTensor(beta)), div(difference, asTensor(beta)), sgn(difference));
  },
});

/** ½ d² up to `delta`, δ (|d| - ½ δ) beyond. */
export const huberLoss = distanceLoss('huber_loss', 'HuberLossBackward0', {
  loss: (input, target, delta) => {
    const distance = abs(sub(input, target));
    const quadratic = mulScalar(mul(distance, distance), { value: 0.5, category: 3 });
    const linear = mulScalar(sub(distance, asTensor(delta / 2)), { value: delta, category: 3 });
    return where(lt(distance, asTensor(delta)), quadratic, linear);
  },
  slope: (input, target, delta) => {
    const difference = sub(input, target);
    return where(
      lt(abs(difference), asTensor(delta)),
      difference,
      mulScalar(sgn(difference), { value: delta, category: 3 }),
    );
  },
});

/** log(1 + exp(-input · target)) */
export const softMarginLoss = distanceLoss('soft_margin_loss', 'SoftMarginLossBackward0', {
  loss: (input, target) => {
    check(
      !target.requiresGrad,
      () =>
        "The function 'soft_margin_loss' is not differentiable with respect to argument 'target'. This input cannot have requires_grad True.",
    );
    return mapUnary(mul(neg(input), target), input.dtype, (x) => Math.log1p(Math.exp(x)));
  },
  slope: (input, target) => {
    const e = exp(mul(neg(input), target));
    return neg(div(mul(target, e), add(e, asTensor(1))));
  },
});

// PyTorch limits the logarithm at -100, so that a certain prediction that is wrong costs 100 and not infinity.
const limitedLog = (x: number): number => Math.max(Math.log(x), -100);

export const binaryCrossEntropy = op(
  'f nn.functional._binary_cross_entropy(Tensor input, Tensor target, Tensor? weight, int reduction) -> Tensor',
  {
    node: 'BinaryCrossEntropyBackward0',
    inputs: (input, target) => [input, target],
    forward: (input: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction) => {
      check(
        !input.storage.data.some((x) => x < 0 || x > 1),
        () => 'all elements of input should be between 0 and 1',
      );
      const one = mul(target, mapUnary(input, input.dtype, limitedLog));
      const other = mul(
        sub(asTensor(1), target),
        mapUnary(input, input.dtype, (x) => limitedLog(1 - x)),
      );
      const losses = neg(add(one, other));
      return reduced(weight === null ? losses : mul(losses, weight), reduction);
    },
    save: ({ args: [self, target, weight, reduction] }) => ({ self, target, weight, reduction }),
    backward: (grad, { self, target, weight, reduction }, needs) => {
      const each = spread(grad, self.shape, reduction);
      const weighted = weight === null ? each : mul(each, weight);
      const variance = mul(sub(asTensor(1), self), self);
      const bounded = mapUnary(variance, variance.dtype, (x) => Math.max(x, 1e-12));
      const safe = where(lt(variance, asTensor(1e-12)), bounded, variance);
      return [
        div(mul(weighted, sub(self, target)), safe),
        needs[1] ? mul(weighted, sub(log(sub(asTensor(1), self)), log(self))) : null,
      ];
    },
  },
);

/** max(x, 0) - x t + log(1 + exp(-|x|)), with the positive cases weighted. */
export const binaryCrossEntropyWithLogits = op(
  'f nn.functional._binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight, Tensor? pos_weight, int reduction) -> Tensor',
  {
    node: 'BinaryCrossEntropyWithLogitsBackward0',
    inputs: (input, target) => [input, target],
    forward: (
      input: Tensor,
      target: Tensor,
      weight: Tensor | null,
      positive: Tensor | null,
      reduction: Reduction,
    ) => {
      const softplusOfMinus = mapUnary(
        input,
        input.dtype,
        (x) => Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
      );
      const negative = mul(sub(asTensor(1), target), input);
      const factor = positive === null ? null : add(asTensor(1), mul(sub(positive, asTensor(1)), target));
      const losses = add(negative, factor === null ? softplusOfMinus : mul(factor, softplusOfMinus));
      return reduced(weight === null ? losses : mul(losses, weight), reduction);
    },
    save: ({ args: [self, target, weight, pos_weight, reduction] }) => ({
      self,
      target,
      weight,
      pos_weight,
      reduction,
    }),
    backward: (grad, { self, target, weight, pos_weight, reduction }, needs) => {
      const each = spread(grad, self.shape, reduction);
      const weighted = weight === null ? each : mul(each, weight);
      const probability = div(asTensor(1), add(asTensor(1), exp(neg(self))));
      if (pos_weight === null) {
        return [mul(weighted, sub(probability, target)), needs[1] ? mul(weighted, neg(self)) : null];
      }
      const positives = mul(pos_weight, target);
      const slope = sub(mul(add(positives, sub(asTensor(1), target)), probability), positives);
      return [mul(weighted, slope), null];
    },
  },
);

/** Minus the log-probability of the right class, weighted; classes are along dimension 1 (0 for a vector). */
const negativeLogLikelihood = (node: string) =>
  define(node, {
    inputs: (input) => [input],
    forward: (
      input: Tensor,
      target: Tensor,
      weight: Tensor | null,
      reduction: Reduction,
      ignored: number,
    ) => {
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
    }),
    backward: (grad, { self, target, weight, reduction, ignore_index }) => {
      // The slopes don't depend on the input's values, so they are a constant that the gradient multiplies.
      const picks = picksOf(zerosFor(self), target, weight, ignore_index);
      const slopes = zerosFor(self);
      const scale = reduction === 1 ? 1 / totalWeight(picks) : 1;
      for (const pick of picks) if (pick !== null) slopes.storage.data[pick.offset] = -pick.weight * scale;
      if (reduction !== 0) return mul(slopes, grad);
      return mul(slopes, self.ndim === 1 ? grad : withClassDim(grad));
    },
  });

const nllLossRows = negativeLogLikelihood('NllLossBackward0');
const nllLossPlanes = negativeLogLikelihood('NllLoss2DBackward0');
export const nllLoss = register(
  'f nn.functional._nll_loss(Tensor input, Tensor target, Tensor? weight, int reduction, int ignore_index) -> Tensor',
  (input: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignored: number) =>
    (input.ndim <= 2 ? nllLossRows : nllLossPlanes)(input, target, weight, reduction, ignored),
);

interface Pick {
  readonly offset: number;
  readonly weight: number;
}

/** For each target, where its class's score stands in `input`, and its weight; null where it is ignored. */
function picksOf(input: Tensor, target: Tensor, weight: Tensor | null, ignored: number): (Pick | null)[] {
  const classDim = input.ndim === 1 ? 0 : 1;
  const classes = input.shape[classDim];
  const rest = input.shape.map((_, d) => d).filter((d) => d !== classDim);
  check(
    target.dtype === int64 || target.dtype.name === 'uint8',
    () => `expected target dtype to be Long or Byte, but got ${target.dtype.scalarName}`,
  );
  check(
    rest.every((d, i) => input.shape[d] === target.shape[i]) && target.ndim === rest.length,
    () =>
      input.ndim === 2 && target.ndim === 1
        ? `Expected input batch_size (${input.shape[0]}) to match target batch_size (${target.shape[0]}).`
        : `Expected target size ${showShape(rest.map((d) => input.shape[d]))}, got ${showShape(target.shape)}`,
    'ValueError',
  );
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
