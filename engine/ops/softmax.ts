import { cast, floatingType, mapUnary } from '../kernels/elementwise.ts';
import { type Normalization, normalize } from '../kernels/softmax.ts';
import { reducedShape, wrapDim, wrapDims } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { amax } from './extremes.ts';
import { define, op, type UnaryWith } from './op.ts';
import { requireFloating } from './supported.ts';
import { exp } from './unary.ts';

/** `normalize`, refused for whole numbers in the words of PyTorch's kernel, which has two names. */
function softmaxValues(kernel: string, self: Tensor, dim: number, normalization: Normalization): Tensor {
  const dims = wrapDims([dim], self.ndim);
  if (self.numel === 0) return empty(self.shape, self.dtype);
  const place = isLast(dim, Math.max(self.ndim, 1)) ? 'lastdim_' : '';
  requireFloating(`${kernel}_${place}kernel_impl`, self);
  return normalize(self, dims, normalization);
}

const isLast = (dim: number, ndim: number): boolean => wrapDim(dim, ndim) === ndim - 1;

/** exp(x) / Σ exp(x): along the last dimension PyTorch multiplies by the reciprocal, along others it divides. */
const byReciprocal: Normalization = {
  common: (total) => 1 / total,
  value: (_, power, reciprocal) => power * reciprocal,
};
const byDivision: Normalization = {
  common: (total) => total,
  value: (_, power, total) => power / total,
};
const inLogarithms: Normalization = {
  common: Math.log,
  value: (shifted, _, logarithm) => shifted - logarithm,
};

/** y (g - Σ g y): the derivative of softmax as an operation of its own, as PyTorch names it in second derivatives. */
export const softmaxBackward: (grad: Tensor, output: Tensor, dim: number) => Tensor = define(
  'SoftmaxBackwardDataBackward0',
  {
    forward: (grad: Tensor, y: Tensor, dim: number) => mul(sub(grad, sumDims(mul(grad, y), [dim], true)), y),
    save: ({ args: [grad, output, dim] }) => ({ grad_output: grad, output, dim }),
    backward: (g, { grad_output, output, dim }) => {
      const along = (x: Tensor): Tensor => sumDims(mul(output, x), [dim], true);
      return [
        softmaxBackward(g, output, dim),
        sub(sub(mul(grad_output, g), mul(along(grad_output), g)), mul(grad_output, along(g))),
      ];
    },
    batch: { along: 2 },
  },
);

export const softmax: UnaryWith<[number]> = op('m _softmax(Tensor input, int dim) -> Tensor', {
  node: 'SoftmaxBackward0',
  forward: (self: Tensor, dim: number) =>
    softmaxValues('softmax', self, dim, isLast(dim, self.ndim) ? byReciprocal : byDivision),
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => softmaxBackward(grad, result, dim),
  forwardMode: ([tangent], { args: [, dim], result }) =>
    mul(result, sub(tangent as Tensor, sumDims(mul(result, tangent as Tensor), [dim], true))),
  batch: { along: 1 },
});

/** g - exp(y) Σ g, in the same way. */
const logSoftmaxBackward: (grad: Tensor, output: Tensor, dim: number) => Tensor = define(
  'LogSoftmaxBackwardDataBackward0',
  {
    forward: (grad: Tensor, y: Tensor, dim: number) => sub(grad, mul(exp(y), sumDims(grad, [dim], true))),
    save: ({ args: [grad, output, dim] }) => ({ grad_output: grad, output, dim }),
    backward: (g, { grad_output, output, dim }) => {
      const probabilities = exp(output);
      const weighted = mul(g, probabilities);
      const total = sumDims(weighted, [dim], true);
      return [sub(g, total), neg(mul(weighted, sumDims(grad_output, [dim], true)))];
    },
    batch: { along: 2 },
  },
);

export const logSoftmax: UnaryWith<[number]> = op('m _log_softmax(Tensor input, int dim) -> Tensor', {
  node: 'LogSoftmaxBackward0',
  forward: (self: Tensor, dim: number) => softmaxValues('log_softmax', self, dim, inLogarithms),
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => logSoftmaxBackward(grad, result, dim),
  batch: { along: 1 },
});

export const logsumexp = op('fm logsumexp(Tensor input, int[1] dim, bool keepdim=False) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dim: readonly number[], keepdim: boolean = false) => {
    const dims = wrapDims(dim, self.ndim);
    const x = cast(self, floatingType(self.dtype));
    if (x.numel === 0) return full(reducedShape(x.shape, dims, keepdim), Number.NEGATIVE_INFINITY, x.dtype);
    const largest = amax(x, dims, true);
    const finite = mapUnary(largest, largest.dtype, (v) =>
      Math.abs(v) === Number.POSITIVE_INFINITY ? 0 : v,
    );
    const total = sumDims(exp(sub(x, finite)), dims, keepdim);
    const shift = keepdim ? finite : sumDims(finite, dims, false);
    const out = mapUnary(total, total.dtype, Math.log);
    return add(out, shift);
  },
  save: ({ args: [self, dim, keepdim = false], result }) => ({ self, dim, keepdim, result }),
  backward: (grad, { self, dim, keepdim, result }) => {
    const back = (t: Tensor): Tensor => (keepdim ? t : unsqueezeDims(t, dim, self.ndim));
    return mul(back(grad), exp(sub(self, back(result))));
  },
  forwardMode: ([tangent], { args: [self, dim, keepdim = false], result }) => {
    if (self.numel === 0) return full(result.shape, Number.NaN, result.dtype);
    const weights = exp(sub(self, amax(self, dim, true)));
    return div(sumDims(mul(tangent as Tensor, weights), dim, keepdim), sumDims(weights, dim, keepdim));
  },
  batch: { along: 1 },
});
