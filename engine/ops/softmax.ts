import { float32 } from '../dtype.ts';
import { cast, floatingType, mapUnary } from '../kernels/elementwise.ts';
import { runsOf } from '../kernels/reduce.ts';
import { reducedShape, wrapDim, wrapDims } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { amax } from './extremes.ts';
import { define, op, type UnaryWith } from './op.ts';
import { requireFloating } from './supported.ts';
import { exp } from './unary.ts';

/**
 * What `finish` makes of each x and of Σ exp(x) along `dim`, all shifted by the largest x so that nothing overflows.
 * Single precision is rounded after each step, as PyTorch does: how far probabilities are from adding up to 1 shows in
 * gradients that are nearly 0.
 */
function softmaxValues(
  kernel: string,
  self: Tensor,
  dim: number,
  finish: (shifted: number, total: number, round: (x: number) => number) => number,
): Tensor {
  const dims = wrapDims([dim], self.ndim);
  if (self.numel === 0) return empty(self.shape, self.dtype);
  requireFloating(
    `${kernel}_${wrapDim(dim, self.ndim) === Math.max(self.ndim, 1) - 1 ? 'lastdim_' : ''}kernel_impl`,
    self,
  );
  const round = self.dtype === float32 ? Math.fround : (x: number): number => x;
  const out = empty(self.shape, self.dtype);
  const reads = runsOf(self, dims);
  const writes = runsOf(out, dims);
  const x = self.storage.data;
  for (let i = 0; i < reads.starts.length; i++) {
    const start = self.offset + reads.starts[i];
    let largest = Number.NEGATIVE_INFINITY;
    for (const at of reads.steps) largest = Math.max(largest, x[start + at]);
    const shifted = Array.from(reads.steps, (at) => round(x[start + at] - largest));
    const total = shifted.reduce((sum, value) => round(sum + round(Math.exp(value))), 0);
    shifted.forEach((value, j) => {
      out.storage.data[writes.starts[i] + writes.steps[j]] = finish(value, total, round);
    });
  }
  return out;
}

/** y (g - Σ g y): the derivative of softmax as an operation of its own, as PyTorch names it in second derivatives. */
const softmaxBackward: (grad: Tensor, output: Tensor, dim: number) => Tensor = define(
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
    wrapDim(dim, self.ndim) === self.ndim - 1
      ? softmaxValues('softmax', self, dim, (x, total, round) => round(Math.exp(x)) * round(1 / total))
      : softmaxValues('softmax', self, dim, (x, total, round) => round(Math.exp(x)) / total),
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => softmaxBackward(grad, result, dim),
  // The Jacobian of softmax is symmetric, so it is its own transpose too.
  forwardMode: 'elementwise',
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
  forward: (self: Tensor, dim: number) =>
    softmaxValues('log_softmax', self, dim, (x, total, round) => x - round(Math.log(total))),
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
