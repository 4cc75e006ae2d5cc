import { bool, float32, scalar } from '../dtype.ts';
import { cast, floatingType, mapUnary } from '../kernels/elementwise.ts';
import { runsOf } from '../kernels/reduce.ts';
import { wrapDim, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { where } from './choose.ts';
import { inplace } from './inplace.ts';
import { type Binary, define, op, register, type UnaryWith } from './op.ts';
import { amax } from './reduce.ts';
import { erfOf } from './special_functions.ts';
import { erf, exp, log1p, sigmoid, tanh, zerosFor } from './unary.ts';

/** Where `f` holds, as a bool tensor outside the graph. */
const holds = (self: Tensor, f: (x: number) => boolean): Tensor =>
  mapUnary(self, bool, (x) => (f(x) ? 1 : 0));

const pass = (grad: Tensor, mask: Tensor): Tensor => where(mask, grad, asTensor(0));

/** Lets the gradient pass where the result is above zero; recorded under a name of its own in second derivatives. */
const reluBackward: Binary = define('ThresholdBackwardBackward0', {
  forward: (grad: Tensor, result: Tensor) =>
    pass(
      grad,
      holds(result, (y) => y > 0),
    ),
  save: ({ args: [, result] }) => ({ result }),
  // The threshold itself does not move with the result, except where it jumps.
  backward: (grad, { result }) => [reluBackward(grad, result), zerosFor(grad)],
  forwardMode: 'elementwise',
});

export const relu = op('fm relu(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, (x) => (x > 0 || Number.isNaN(x) ? x : 0)),
  save: ({ result }) => ({ result }),
  backward: (grad, { result }) => reluBackward(grad, result),
  forwardMode: 'elementwise',
});
inplace('fm relu_(Tensor input) -> Tensor(input)', relu);
register('f nn.functional._relu(Tensor input) -> Tensor', relu);

/** An activation that is one formula below zero and another above. */
interface Pieces {
  readonly f: (x: number, ...parameters: readonly number[]) => number;
  /** The derivative, as an expression in the input. */
  readonly slope: (x: Tensor, ...parameters: readonly number[]) => Tensor;
}

function activation(name: string, parameters: string, node: string, { f, slope }: Pieces) {
  return op(`f nn.functional._${name}(Tensor input${parameters}) -> Tensor`, {
    node,
    inputs: (self) => [self],
    forward: (self: Tensor, ...values: number[]) => {
      const dtype = floatingType(self.dtype);
      return mapUnary(cast(self, dtype), dtype, (x) => f(x, ...values));
    },
    save: ({ args: [self, ...values] }) => ({ self, values }),
    backward: (grad, { self, values }) => mul(grad, slope(self, ...values)),
    forwardMode: 'elementwise',
  });
}

const step = (x: Tensor, above: number, below: number): Tensor =>
  cast(
    mapUnary(x, x.dtype, (v) => (v > 0 ? above : below)),
    x.dtype,
  );

export const leakyRelu = activation('leaky_relu', ', float negative_slope', 'LeakyReluBackward0', {
  f: (x, slope) => (x > 0 ? x : x * slope),
  slope: (x, slope) => step(x, 1, slope),
});

// elu, celu and selu are one family: scale · (x above zero, alpha · (exp(x · rate) - 1) below).

const exponentialBelow = (x: number, alpha: number, scale: number, rate: number): number =>
  x > 0 ? x * scale : Math.expm1(x * rate) * alpha * scale;

const exponentialSlope = (x: Tensor, alpha: number, scale: number, rate: number): Tensor =>
  where(
    holds(x, (v) => v > 0),
    asTensor(scale),
    mulScalar(exp(mulScalar(x, scalar(rate))), scalar(alpha * scale * rate)),
  );

export const elu = activation('elu', ', float alpha, float scale, float input_scale', 'EluBackward0', {
  f: exponentialBelow,
  slope: exponentialSlope,
});

export const celu = activation('celu', ', float alpha', 'CeluBackward0', {
  f: (x, alpha) => exponentialBelow(x, alpha, 1, 1 / alpha),
  slope: (x, alpha) => exponentialSlope(x, alpha, 1, 1 / alpha),
});

export const silu = activation('silu', '', 'SiluBackward0', {
  f: (x) => x / (1 + Math.exp(-x)),
  slope: (x) => {
    const s = sigmoid(x);
    return mul(s, add(asTensor(1), mul(x, sub(asTensor(1), s))));
  },
});

export const softplus = activation('softplus', ', float beta, float threshold', 'SoftplusBackward0', {
  f: (x, beta, threshold) => (x * beta > threshold ? x : Math.log1p(Math.exp(x * beta)) / beta),
  slope: (x, beta, threshold) =>
    where(
      holds(x, (v) => v * beta > threshold),
      asTensor(1),
      sigmoid(mulScalar(x, scalar(beta))),
    ),
});

export const logSigmoid = activation('logsigmoid', '', 'LogSigmoidBackward0', {
  f: (x) => Math.min(0, x) - Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x) => sigmoid(neg(x)),
});

export const mish = activation('mish', '', 'MishBackward0', {
  f: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  slope: (x) => {
    const t = tanh(log1p(exp(x)));
    return add(t, mul(mul(x, sigmoid(x)), sub(asTensor(1), mul(t, t))));
  },
});

/** Inside the limits, ends excluded, the gradient passes. */
export const hardtanh = activation('hardtanh', ', float min_val, float max_val', 'HardtanhBackward0', {
  f: (x, low, high) => Math.min(Math.max(x, low), high),
  slope: (x, low, high) => mapUnary(x, x.dtype, (v) => (v > low && v < high ? 1 : 0)),
});

export const hardsigmoid = activation('hardsigmoid', '', 'HardsigmoidBackward0', {
  f: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
  slope: (x) => mapUnary(x, x.dtype, (v) => (v > -3 && v < 3 ? 1 / 6 : 0)),
});

export const hardswish = activation('hardswish', '', 'HardswishBackward0', {
  f: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  slope: (x) =>
    where(
      holds(x, (v) => v > -3 && v < 3),
      add(div(x, asTensor(3)), asTensor(0.5)),
      mapUnary(x, x.dtype, (v) => (v >= 3 ? 1 : 0)),
    ),
});

export const threshold = activation('threshold', ', float threshold, float value', 'ThresholdBackward0', {
  f: (x, limit, value) => (x <= limit ? value : x),
  slope: (x, limit) => mapUnary(x, x.dtype, (v) => (v <= limit ? 0 : 1)),
});

/**
 * What `finish` makes of each x and of Σ exp(x) along `dim`, all shifted by the largest x so that nothing overflows.
 * Single precision is rounded after each step, as PyTorch does: how far probabilities are from adding up to 1 shows in
 * gradients that are nearly 0.
 */
function softmaxValues(
  self: Tensor,
  dim: number,
  finish: (shifted: number, total: number, round: (x: number) => number) => number,
): Tensor {
  const dtype = floatingType(self.dtype);
  const round = dtype === float32 ? Math.fround : (x: number): number => x;
  const from = cast(self, dtype);
  const out = empty(self.shape, dtype);
  const dims = wrapDims([dim], self.ndim);
  const reads = runsOf(from, dims);
  const writes = runsOf(out, dims);
  const x = from.storage.data;
  for (let i = 0; i < reads.starts.length; i++) {
    const start = from.offset + reads.starts[i];
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
  },
);

export const softmax: UnaryWith<[number]> = op('m _softmax(Tensor input, int dim) -> Tensor', {
  node: 'SoftmaxBackward0',
  forward: (self: Tensor, dim: number) =>
    wrapDim(dim, self.ndim) === self.ndim - 1
      ? softmaxValues(self, dim, (x, total, round) => round(Math.exp(x)) * round(1 / total))
      : softmaxValues(self, dim, (x, total, round) => round(Math.exp(x)) / total),
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => softmaxBackward(grad, result, dim),
  // The Jacobian of softmax is symmetric, so it is its own transpose too.
  forwardMode: 'elementwise',
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
  },
);

export const logSoftmax: UnaryWith<[number]> = op('m _log_softmax(Tensor input, int dim) -> Tensor', {
  node: 'LogSoftmaxBackward0',
  forward: (self: Tensor, dim: number) =>
    softmaxValues(self, dim, (x, total, round) => x - round(Math.log(total))),
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => logSoftmaxBackward(grad, result, dim),
});

export const logsumexp = op('fm logsumexp(Tensor input, int[1] dim, bool keepdim=False) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dim: readonly number[], keepdim: boolean = false) => {
    const dims = wrapDims(dim, self.ndim);
    const x = cast(self, floatingType(self.dtype));
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
});

/** The Gaussian error linear unit: x Φ(x), or its tanh approximation. */
export const gelu: UnaryWith<[string]> = op(
  'f nn.functional._gelu(Tensor input, str approximate) -> Tensor',
  {
    node: 'GeluBackward0',
    inputs: (self) => [self],
    forward: (self: Tensor, approximate: string) =>
      mapUnary(
        self,
        self.dtype,
        approximate === 'tanh'
          ? (x) => 0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x)))
          : (x) => 0.5 * x * (1 + erfOf(x * Math.SQRT1_2)),
      ),
    save: ({ args: [self, approximate] }) => ({ self, approximate }),
    backward: (grad, { self, approximate }) =>
      mul(grad, approximate === 'tanh' ? tanhGeluSlope(self) : geluSlope(self)),
    forwardMode: 'elementwise',
  },
);

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** Φ(x) + x φ(x) */
function geluSlope(x: Tensor): Tensor {
  const cumulative = mulScalar(add(erf(mulScalar(x, scalar(Math.SQRT1_2))), asTensor(1)), scalar(0.5));
  const density = mulScalar(exp(mulScalar(mul(x, x), scalar(-0.5))), scalar(1 / Math.sqrt(2 * Math.PI)));
  return add(cumulative, mul(x, density));
}

function tanhGeluSlope(x: Tensor): Tensor {
  const inner = mulScalar(add(x, mulScalar(mul(mul(x, x), x), scalar(GELU_CUBIC))), scalar(GELU_SCALE));
  const t = tanh(inner);
  const innerSlope = mulScalar(
    add(mulScalar(mul(x, x), scalar(3 * GELU_CUBIC)), asTensor(1)),
    scalar(GELU_SCALE),
  );
  const left = mulScalar(add(t, asTensor(1)), scalar(0.5));
  return add(left, mul(mulScalar(x, scalar(0.5)), mul(sub(asTensor(1), mul(t, t)), innerSlope)));
}
