import { bool, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { sameShape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, addScalar, div, divScalar, mul, mulScalar, neg } from './arithmetic.ts';
import { sum, sumDims } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { maskedSelect } from './masked.ts';
import { nllLoss } from './nll_loss.ts';
import { register } from './op.ts';
import { factor, type Reduction } from './reduction.ts';
import { gather } from './scatter.ts';
import { logSoftmax } from './softmax.ts';
import { reshape, view } from './view.ts';

/** A number for each class, ready to be multiplied by scores whose classes are along `dim`. */
const alongClasses = (weight: Tensor, ndim: number, dim: number): Tensor =>
  reshape(
    weight,
    Array.from({ length: ndim }, (_, d) => (d === dim ? weight.numel : 1)),
  );

/** The loss of probabilities that are given, class by class. */
function ofProbabilities(
  logs: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: Reduction,
  smoothing: number,
): Tensor {
  const dim = logs.ndim === 1 ? 0 : 1;
  const classes = logs.shape[dim];
  check(
    weight === null || (weight.ndim === 1 && weight.numel === classes),
    () =>
      `cross_entropy: weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${showShape(weight?.shape ?? [])}`,
  );
  const wanted =
    smoothing > 0 ? addScalar(mulScalar(target, factor(1 - smoothing)), factor(smoothing / classes)) : target;
  const products = mul(logs, wanted);
  const weighted = weight === null ? products : mul(products, alongClasses(weight, logs.ndim, dim));
  if (reduction === 0) return neg(sumDims(weighted, [dim]));
  const total = neg(sum(weighted));
  return reduction === 2 ? total : divScalar(total, factor(logs.numel / classes));
}

/** The loss of classes, a part of each target's weight spread evenly over all classes. */
function ofSmoothedClasses(
  logs: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: Reduction,
  ignored: number,
  smoothing: number,
): Tensor {
  const dim = logs.ndim === 1 ? 0 : 1;
  const classes = logs.shape[dim];
  const hard = nllLoss(logs, target, weight, reduction, ignored);
  const scores = weight === null ? logs : mul(logs, alongClasses(weight, logs.ndim, dim));
  const ignore = mapUnary(target, bool, (label) => (label === ignored ? 1 : 0));
  const keep = mapUnary(target, bool, (label) => (label === ignored ? 0 : 1));
  let even = maskedFill(neg(sumDims(scores, [dim])), ignore, scalar(0));
  if (reduction === 1) {
    const count =
      weight === null ? sum(keep) : sum(gather(weight, 0, view(maskedSelect(target, keep), [-1])));
    even = div(sum(even), count);
  } else if (reduction === 2) even = sum(even);
  return add(mulScalar(hard, factor(1 - smoothing)), mulScalar(even, factor(smoothing / classes)));
}

/** The loss of scores: of the class that the target names, or of the probabilities that it gives. */
export const crossEntropy = register(
  'f nn.functional._cross_entropy_loss(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100, float label_smoothing=0.0) -> Tensor',
  (
    input: Tensor,
    target: Tensor,
    weight: Tensor | null,
    reduction: Reduction,
    ignored: number,
    smoothing: number,
  ) => {
    const dim = input.ndim === 1 ? 0 : 1;
    if (sameShape(input.shape, target.shape)) {
      check(
        target.isFloating,
        () =>
          `Expected floating point type for target with class probabilities, got ${target.dtype.scalarName}`,
      );
      check(ignored < 0, () => 'ignore_index is not supported for floating point target');
      return ofProbabilities(logSoftmax(input, dim), target, weight, reduction, smoothing);
    }
    if (smoothing > 0) {
      check(smoothing <= 1, () => `label_smoothing must be between 0.0 and 1.0. Got: ${smoothing}`);
      return ofSmoothedClasses(logSoftmax(input, dim), target, weight, reduction, ignored, smoothing);
    }
    return nllLoss(logSoftmax(input, dim), target, weight, reduction, ignored);
  },
);
