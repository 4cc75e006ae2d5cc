import { bool } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapUnary } from '../kernels/elementwise.ts';
import { broadcastShapes } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { where } from './choose.ts';
import { lt } from './compare.ts';
import { contiguous, to } from './copy.ts';
import { oneNode } from './fused.ts';
import { nodeName, op } from './op.ts';
import { factor, type Reduction, reduced, spread } from './reduction.ts';
import { requireFloating } from './supported.ts';
import { abs, exp, sgn } from './unary.ts';

// Losses of each number's distance from its target.

interface DistanceLoss {
  /** Refuses the dtypes and targets that it doesn't take. */
  readonly supports: (input: Tensor, target: Tensor) => void;
  /** The loss of each pair. */
  readonly loss: (input: Tensor, target: Tensor, parameter: number) => Tensor;
  /** Its derivative with respect to the input; for the target it is the same with the two exchanged. */
  readonly slope: (input: Tensor, target: Tensor, parameter: number) => Tensor;
  /** The loss has the input's dtype, and the gradient is refused where the target has another. */
  readonly sameType?: boolean;
  /** The gradient lies in memory as the input does; else it is row-major. */
  readonly likeInput?: boolean;
}

/** Declares a loss; `parameter` is the one that it may have beside the reduction. */
function distanceLoss(
  name: string,
  parameter: string,
  { supports, loss, slope, sameType = false, likeInput = false }: DistanceLoss,
) {
  const last = parameter === '' ? '' : `, float ${parameter}=1.0`;
  const signature = `f nn.functional._${name}(Tensor input, Tensor target, int reduction=1${last}) -> Tensor`;
  const node = nodeName(signature);
  const names = ['self', 'target', 'reduction', ...(parameter === '' ? [] : [parameter])];
  const backward = oneNode(
    node.replace('Backward', 'BackwardBackward'),
    ['grad_output', ...names],
    (grad: Tensor, self: Tensor, target: Tensor, reduction: Reduction, value: number) => {
      const shape = broadcastShapes(self.shape, target.shape);
      const slopes = mul(slope(self, target, value), spread(grad, shape, reduction));
      const own = to(slopes, self.dtype);
      return likeInput ? own : contiguous(own);
    },
  );
  return op(signature, {
    node,
    inputs: (input, target) => [input, target],
    forward: (input: Tensor, target: Tensor, reduction: Reduction, value: number) => {
      supports(input, target);
      const losses = loss(input, target, value);
      return reduced(sameType ? to(losses, input.dtype) : losses, reduction);
    },
    save: ({ args }): Record<string, unknown> => Object.fromEntries(names.map((key, i) => [key, args[i]])),
    backward: (grad, saved, needs) => {
      const [self, target] = [saved.self as Tensor, saved.target as Tensor];
      if (sameType) requireSameType(target, self);
      const rest = [saved.reduction as Reduction, saved[parameter] as number] as const;
      return [
        needs[0] ? backward(grad, self, target, ...rest) : null,
        needs[1] ? backward(grad, target, self, ...rest) : null,
      ];
    },
  });
}

const requireSameType = (found: Tensor, expected: Tensor): void =>
  check(
    found.dtype === expected.dtype,
    () => `Found dtype ${found.dtype.scalarName} but expected ${expected.dtype.scalarName}`,
  );

const floating =
  (kernel: string) =>
  (input: Tensor): void =>
    requireFloating(kernel, input);

/** The difference; a target of bools counts as one of numbers. */
const apart = (input: Tensor, target: Tensor): Tensor =>
  sub(input, target.dtype === bool ? cast(target, input.dtype) : target);

export const mseLoss = distanceLoss('mse_loss', '', {
  supports: floating('mse_cpu'),
  loss: (input, target) => {
    const difference = apart(input, target);
    return mul(difference, difference);
  },
  slope: (input, target) => mul(apart(input, target), asTensor(2)),
});

/** Quadratic below `beta`, linear above: ½ d²/β or |d| - ½ β. */
export const smoothL1Loss = distanceLoss('smooth_l1_loss', 'beta', {
  supports: floating('smooth_l1_cpu'),
  loss: (input, target, beta) => {
    const distance = abs(apart(input, target));
    const quadratic = mulScalar(mul(distance, distance), factor(0.5 / beta));
    return where(lt(distance, asTensor(beta)), quadratic, sub(distance, asTensor(0.5 * beta)));
  },
  slope: (input, target, beta) => {
    const difference = apart(input, target);
    return where(lt(abs(difference), asTensor(beta)), div(difference, asTensor(beta)), sgn(difference));
  },
});

/** ½ d² up to `delta`, δ (|d| - ½ δ) beyond. */
export const huberLoss = distanceLoss('huber_loss', 'delta', {
  sameType: true,
  supports: floating('huber_cpu'),
  loss: (input, target, delta) => {
    const distance = abs(apart(input, target));
    const quadratic = mulScalar(mul(distance, distance), factor(0.5));
    const linear = mulScalar(sub(distance, asTensor(delta / 2)), factor(delta));
    return where(lt(distance, asTensor(delta)), quadratic, linear);
  },
  slope: (input, target, delta) => {
    const difference = apart(input, target);
    return where(lt(abs(difference), asTensor(delta)), difference, mulScalar(sgn(difference), factor(delta)));
  },
});

/** log(1 + exp(-input · target)) */
export const softMarginLoss = distanceLoss('soft_margin_loss', '', {
  likeInput: true,
  supports: (input, target) => {
    check(
      !target.requiresGrad,
      () =>
        "The function 'soft_margin_loss' is not differentiable with respect to argument 'target'. This input cannot have requires_grad True.",
    );
    check(
      input.isFloating,
      () => `result type Float can't be cast to the desired output type ${input.dtype.scalarName}`,
    );
  },
  loss: (input, target) => mapUnary(mul(neg(input), target), input.dtype, (x) => Math.log1p(Math.exp(x))),
  slope: (input, target) => {
    const e = exp(mul(neg(input), target));
    return neg(div(mul(target, e), add(e, asTensor(1))));
  },
});
