import { check } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { numelOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { logSigmoid } from './activation.ts';
import { add, addScalar, asTensor, div, divScalar, mul, neg, sub } from './arithmetic.ts';
import { where } from './choose.ts';
import { lt } from './compare.ts';
import { oneNode } from './fused.ts';
import { logit } from './mappings.ts';
import { op } from './op.ts';
import { factor, type Reduction, reduced, spread } from './reduction.ts';
import { requireFloating } from './supported.ts';
import { sigmoid } from './unary.ts';

// PyTorch limits the logarithm at -100, so that a certain prediction that is wrong costs 100 and not infinity.
const limitedLog = (x: number): number => Math.max(Math.log(x), -100);

const weighted = (losses: Tensor, weight: Tensor | null): Tensor =>
  weight === null ? losses : mul(losses, weight);

/** The gradient of the mean reaches each of `self` divided by their number. */
const averaged = (grads: Tensor, self: Tensor, reduction: Reduction): Tensor =>
  reduction === 1 ? divScalar(grads, factor(numelOf(self.shape))) : grads;

const backward = oneNode(
  'BinaryCrossEntropyBackwardBackward0',
  ['grad_output', 'self', 'target', 'weight', 'reduction'],
  (grad: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction) => {
    const variance = mul(sub(asTensor(1), self), self);
    const bounded = mapUnary(variance, variance.dtype, (x) => Math.max(x, 1e-12));
    const safe = where(lt(variance, asTensor(1e-12)), bounded, variance);
    return div(mul(weighted(spread(grad, self.shape, reduction), weight), sub(self, target)), safe);
  },
  3,
);

/** The loss of probabilities: -log of what was given to what came true. */
export const binaryCrossEntropy = op(
  'f nn.functional._binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor',
  {
    node: 'BinaryCrossEntropyBackward0',
    inputs: (input, target) => [input, target],
    forward: (input: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction) => {
      requireFloating('binary_cross_entropy', input);
      check(
        target.dtype === input.dtype,
        () => `Found dtype ${target.dtype.scalarName} but expected ${input.dtype.scalarName}`,
      );
      check(
        isBatched(input) ||
          mapUnary(input, input.dtype, (x) => x).storage.data.every((x) => x >= 0 && x <= 1),
        () => 'all elements of input should be between 0 and 1',
      );
      const one = mul(target, mapUnary(input, input.dtype, limitedLog));
      const other = mul(
        sub(asTensor(1), target),
        mapUnary(input, input.dtype, (x) => limitedLog(1 - x)),
      );
      return reduced(weighted(neg(add(one, other)), weight), reduction);
    },
    save: ({ args: [self, target, weight, reduction] }) => ({ self, target, weight, reduction }),
    backward: (grad, { self, target, weight, reduction }, needs) => [
      needs[0] ? backward(grad, self, target, weight, reduction) : null,
      needs[1] ? averaged(weighted(mul(neg(logit(self, null)), grad), weight), self, reduction) : null,
    ],
  },
);

/** (1 - t) x - (1 + (p - 1) t) log σ(x), the positive cases weighted by p. */
export const binaryCrossEntropyWithLogits = op(
  'f binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor',
  {
    inputs: (input, target) => [input, target],
    forward: (
      input: Tensor,
      target: Tensor,
      weight: Tensor | null,
      positive: Tensor | null,
      reduction: Reduction,
    ) => {
      const logarithm = logSigmoid(input);
      check(
        target.isFloating,
        () =>
          `result type ${input.dtype.scalarName} can't be cast to the desired output type ${target.dtype.scalarName}`,
      );
      const log =
        positive === null
          ? logarithm
          : mul(addScalar(mul(sub(positive, asTensor(1)), target), factor(1)), logarithm);
      return reduced(weighted(sub(mul(sub(asTensor(1), target), input), log), weight), reduction);
    },
    save: ({ args: [self, target, weight, pos_weight, reduction] }) => ({
      self,
      target,
      weight,
      pos_weight,
      reduction,
    }),
    backward: (grad, { self, target, weight, pos_weight, reduction }, needs) => {
      const finish = (slope: Tensor): Tensor => averaged(weighted(mul(slope, grad), weight), self, reduction);
      return [
        needs[0] ? finish(slopeOfInput(self, target, pos_weight)) : null,
        needs[1] ? finish(slopeOfTarget(self, pos_weight)) : null,
      ];
    },
  },
);

function slopeOfInput(x: Tensor, target: Tensor, positive: Tensor | null): Tensor {
  if (positive === null) return sub(sigmoid(x), target);
  const t = mul(positive, target);
  return sub(mul(sub(addScalar(t, factor(1)), target), sigmoid(x)), t);
}

const slopeOfTarget = (x: Tensor, positive: Tensor | null): Tensor =>
  positive === null ? neg(x) : sub(logSigmoid(neg(x)), mul(positive, logSigmoid(x)));
