import { bool, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapUnary } from '../kernels/elementwise.ts';
import { showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, addScalar, asTensor, div, mul, mulScalar, neg, sub, subScalar } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { clampMin, maskedFill, minimum, where } from './choose.ts';
import { pairwiseDistance } from './distance.ts';
import { register } from './op.ts';
import { factor, type Reduction, reduced } from './reduction.ts';
import { xlogy } from './special.ts';
import { abs, exp, log, sqrt, zerosFor } from './unary.ts';

// Losses that PyTorch writes as formulas of other operations: each of those has its own node.

const is = (target: Tensor, value: number): Tensor => mapUnary(target, bool, (x) => (x === value ? 1 : 0));
const isNot = (target: Tensor, value: number): Tensor => mapUnary(target, bool, (x) => (x === value ? 0 : 1));
const above = (x: Tensor, limit = 0): Tensor => clampMin(x, scalar(limit, 2));

/** max(0, -target · (input1 - input2) + margin) */
register(
  'f margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor',
  (input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction: Reduction) => {
    const difference = sub(input1, input2);
    return reduced(above(addScalar(mul(neg(target), difference), factor(margin))), reduction);
  },
);

/** `input` where the target is 1, max(0, margin - input) where it is -1. */
register(
  'f hinge_embedding_loss(Tensor input, Tensor target, float margin=1.0, int reduction=1) -> Tensor',
  (input: Tensor, target: Tensor, margin: number, reduction: Reduction) => {
    const zeros = zerosFor(input);
    const apart = above(sub(cast(asTensor(margin), input.dtype), input));
    const losses = add(where(isNot(target, 1), apart, zeros), where(isNot(target, -1), input, zeros));
    return reduced(losses, reduction);
  },
);

/** What keeps the lengths in a cosine from being 0. */
const EPSILON = 1e-12;

/** 1 - cos where the target is 1, max(0, cos - margin) where it is -1. */
register(
  'f cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor',
  (input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction: Reduction) => {
    check(
      target.ndim === 0 || target.ndim === 1,
      () => '0D or 1D target tensor expected, multi-target not supported',
    );
    const shapes = () =>
      `with input sizes: ${showShape(input1.shape)} ${showShape(input2.shape)} and target size ${showShape(target.shape)}`;
    if (target.ndim === 1) {
      check(
        input1.ndim === 2,
        () => `1D target tensor expects 2D input tensors, but found inputs ${shapes().slice(5)}`,
      );
    } else {
      check(
        input1.ndim === 1,
        () => `0D target tensor expects 1D input tensors, but found inputs ${shapes().slice(5)}`,
      );
    }
    const along = (x: Tensor, y: Tensor): Tensor => sumDims(mul(x, y), [target.ndim]);
    const product = along(input1, input2);
    const square1 = addScalar(along(input1, input1), factor(EPSILON));
    const square2 = addScalar(along(input2, input2), factor(EPSILON));
    const cosine = div(product, sqrt(mul(square1, square2)));
    const zeros = zerosFor(cosine);
    const together = sub(asTensor(1), cosine);
    const apart = above(subScalar(cosine, factor(margin)));
    return reduced(
      add(where(is(target, 1), together, zeros), where(is(target, -1), apart, zeros)),
      reduction,
    );
  },
);

/** max(0, d(anchor, positive) - d(anchor, negative) + margin) */
register(
  'f triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, int reduction=1) -> Tensor',
  (
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: number,
    p: number,
    eps: number,
    swap: boolean,
    reduction: Reduction,
  ) => {
    const dims = [anchor, positive, negative].map(({ ndim }) => ndim);
    check(
      dims[0] === dims[1] && dims[1] === dims[2],
      () =>
        `The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor ${dims[0]}D, positive ${dims[1]}D, and negative ${dims[2]}D inputs`,
    );
    const near = pairwiseDistance(anchor, positive, p, eps, false);
    const far = pairwiseDistance(anchor, negative, p, eps, false);
    const farther = swap ? minimum(far, pairwiseDistance(positive, negative, p, eps, false)) : far;
    return reduced(above(sub(addScalar(near, factor(margin)), farther)), reduction);
  },
);

/** e^input - target · input, or input - target · log(input) where the input is no logarithm. */
register(
  'f poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor',
  (input: Tensor, target: Tensor, isLog: boolean, full: boolean, eps: number, reduction: Reduction) => {
    // The product comes first: where its gradient arrives decides how that of the input lies in memory.
    const product = mul(target, isLog ? input : log(addScalar(input, factor(eps))));
    const losses = sub(isLog ? exp(input) : input, product);
    return reduced(full ? add(losses, stirling(target)) : losses, reduction);
  },
);

/** target · log(target) - target + ½ log(2π · target), for targets above 1: the part that depends on them alone. */
function stirling(target: Tensor): Tensor {
  const term = sub(mul(target, log(target)), target);
  const whole = add(term, mulScalar(log(mulScalar(target, factor(2 * Math.PI))), factor(0.5)));
  return maskedFill(
    whole,
    mapUnary(target, bool, (x) => (x <= 1 ? 1 : 0)),
    scalar(0, 2),
  );
}

/** The divergence of probabilities `target` from log-probabilities `input`. */
register(
  'f kl_div(Tensor input, Tensor target, int reduction=1, *, bool log_target=False) -> Tensor',
  (input: Tensor, target: Tensor, reduction: Reduction, isLog: boolean) => {
    check(input.isFloating && target.isFloating, () => 'kl_div: Integral inputs not supported.');
    const losses = isLog
      ? mul(exp(target), sub(target, input))
      : sub(xlogy(target, target), mul(target, input));
    return reduced(losses, reduction);
  },
);

/** The absolute differences. */
register(
  'f nn.functional._l1_loss(Tensor input, Tensor target, int reduction=1) -> Tensor',
  (input: Tensor, target: Tensor, reduction: Reduction) => reduced(abs(sub(input, target)), reduction),
);
