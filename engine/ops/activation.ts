import { bool, type Scalar, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { mapBinary, mapUnary } from '../kernels/elementwise.ts';
import type { Generator } from '../random/generator.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { where } from './choose.ts';
import { contiguous, contiguousData } from './copy.ts';
import { oneNode } from './fused.ts';
import { inplace } from './inplace.ts';
import { define, nodeName, op, register } from './op.ts';
import { erfOf } from './special_functions.ts';
import { refuseBool, requireFloating } from './supported.ts';
import { erf, exp, log1p, sigmoid, tanh } from './unary.ts';

/** Where `f` holds, as a bool tensor outside the graph. */
const holds = (self: Tensor, f: (x: number) => boolean): Tensor =>
  mapUnary(self, bool, (x) => (f(x) ? 1 : 0));

/** A constant factor, one above a limit (say) and another below. */
const constants = (self: Tensor, f: (x: number) => number): Tensor => mapUnary(self, self.dtype, f);

/** An activation: one number made of each number. Its derivative is a formula of its own, recorded as one node. */
interface Activation {
  /** Its node, where the name doesn't say it. */
  readonly node?: string;
  /** The node of its derivative, where gradients are differentiated again; null where PyTorch records a formula. */
  readonly slopeNode?: string | null;
  /** Made of straight pieces: differentiated again there is nothing to save the gradient for. */
  readonly straight?: true;
  /** A parameter that no derivative depends on. */
  readonly unsaved?: string;
  /** Refuses the dtypes that it doesn't have. */
  readonly supports: (self: Tensor, ...parameters: readonly number[]) => void;
  readonly f: (x: number, ...parameters: readonly number[]) => number;
  /** The derivative, as an expression in the input; a test where it is 1 or 0: then the gradient passes, or not. */
  readonly slope: ((x: Tensor, ...parameters: readonly number[]) => Tensor) | { readonly passes: Passes };
  /** The gradient lies in memory as the input does, and not as the gradient that arrives. */
  readonly likeInput?: boolean;
  /** The result is row-major, however the input lies in memory. */
  readonly rowMajor?: boolean;
  /** The derivative in the result, which alone is left after an in-place change. */
  readonly slopeFromResult?: (y: Tensor, ...parameters: readonly number[]) => Tensor;
}

type Passes = (x: number, ...parameters: readonly number[]) => boolean;

const floating =
  (kernel: string) =>
  (self: Tensor): void =>
    requireFloating(kernel, self);

type Derivative = (grad: Tensor, x: Tensor, ...parameters: number[]) => Tensor;

/** grad · slope as one node, or, where PyTorch has none for it, as the formula it is. */
const derivative = (
  node: string | null,
  names: readonly string[],
  slope: Activation['slope'],
  likeInput = false,
  straight = typeof slope !== 'function',
): Derivative => {
  const compose = (grad: Tensor, x: Tensor, ...values: number[]): Tensor => {
    if (typeof slope === 'function') {
      return likeInput ? mul(slope(x, ...values), grad) : mul(grad, slope(x, ...values));
    }
    const passing = (v: number): number => (slope.passes(v, ...values) ? 1 : 0);
    const mask = likeInput ? mapUnary(x, bool, passing) : mapBinary(grad, x, bool, (_, v) => passing(v));
    return where(mask, grad, asTensor(0));
  };
  return node === null
    ? compose
    : oneNode(node, [straight ? '_grad_output' : 'grad_output', 'self', ...names], compose);
};

/**
 * Declares an activation under `signature`, whose further parameters are numbers, and its form that changes the input,
 * which is called the same with an underscore.
 */
function activation(signature: string, given: Activation) {
  const { f, slope, slopeFromResult, supports, likeInput, rowMajor } = given;
  const node = given.node ?? nodeName(signature);
  const slopeNode =
    given.slopeNode === undefined ? node.replace('Backward', 'BackwardBackward') : given.slopeNode;
  const names = Array.from(signature.matchAll(/Scalar (\w+)/g), ([, parameter]) =>
    parameter === given.unsaved ? `_${parameter}` : parameter,
  );
  const saved = (values: readonly number[]) => Object.fromEntries(names.map((key, i) => [key, values[i]]));
  const backward = derivative(slopeNode, names, slope, likeInput, given.straight);
  const forward = (input: Tensor, ...values: number[]): Tensor => {
    supports(input, ...values);
    const self = rowMajor ? contiguous(input) : input;
    return mapUnary(self, self.dtype, (x) => f(x, ...values));
  };
  const run = define(node, {
    inputs: (self: Tensor, ..._: number[]): readonly Tensor[] => [self],
    forward,
    save: ({ args: [self, ...values] }): Record<string, unknown> => ({ self, ...saved(values) }),
    backward: (grad, kept) => backward(grad, kept.self as Tensor, ...names.map((key) => kept[key] as number)),
    forwardMode: 'elementwise',
  });
  const withNumbers =
    (call: typeof run) =>
    (self: Tensor, ...values: Scalar[]): Tensor =>
      call(self, ...values.map(({ value }) => value));
  register(signature, withNumbers(run));
  const changing = `${signature.replace('(', '_(')}(input)`.replace(/^fm/, 'f');
  if (!slopeFromResult) {
    inplace(changing, withNumbers(run));
    return [run, run];
  }
  const fromResult = derivative(slopeNode, names, slopeFromResult, likeInput, given.straight);
  const replacing = define(node.replace('0', '1'), {
    inputs: (self: Tensor, ..._: number[]): readonly Tensor[] => [self],
    forward,
    save: ({ args: [, ...values], result }): Record<string, unknown> => ({ result, ...saved(values) }),
    backward: (grad, kept) =>
      fromResult(grad, kept.result as Tensor, ...names.map((key) => kept[key] as number)),
    forwardMode: 'elementwise',
  });
  inplace(changing, withNumbers(replacing));
  return [run, replacing];
}

const reluBackward = oneNode(
  'ThresholdBackwardBackward0',
  ['_grad_output', 'self', 'threshold'],
  (grad: Tensor, self: Tensor, limit: number) =>
    where(
      holds(self, (x) => x <= limit),
      asTensor(0),
      grad,
    ),
);

export const relu = op('fm relu(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    check(self.dtype !== bool, () => 'Boolean inputs not supported for relu');
    return mapUnary(self, self.dtype, (x) => (x > 0 || Number.isNaN(x) ? x : 0));
  },
  save: ({ result }) => ({ result }),
  backward: (grad, { result }) => reluBackward(grad, result, 0),
  forwardMode: 'elementwise',
});
inplace('fm relu_(Tensor input) -> Tensor(input)', relu);
register('f nn.functional._relu(Tensor input) -> Tensor', relu);

const [leakyRelu] = activation(
  'f nn.functional._leaky_relu(Tensor input, Scalar negative_slope=0.01) -> Tensor',
  {
    straight: true,
    supports: floating('leaky_relu_cpu'),
    f: (x, slope) => (x > 0 ? x : x * slope),
    likeInput: true,
    slope: (x, slope) => constants(x, (v) => (v > 0 ? 1 : slope)),
    slopeFromResult: (y, slope) => {
      check(slope >= 0, () => negativeInPlace('leakyReLu', 'slope'));
      return constants(y, (v) => (v > 0 ? 1 : slope));
    },
  },
);

function negativeInPlace(name: string, what: string): string {
  return `In-place ${name} backward calculation is triggered with a negative slope which is not supported. This is caused by calling in-place forward function with a negative ${what}, please call out-of-place version instead. File an issue at https://github.com/pytorch/pytorch if you do require supporting in-place ${name} backward calculation with negative slope`;
}

// elu, celu and selu are one family: scale · (x above zero, alpha · (exp(x · rate) - 1) below).

const exponentialBelow = (x: number, alpha: number, scale: number, rate: number): number =>
  x > 0 ? x * scale : Math.expm1(x * rate) * alpha * scale;

/** At 0 it is what it is below, but its own slope there is 0. */
const exponentialSlope = (x: Tensor, alpha: number, scale: number, rate: number): Tensor => {
  const below = holds(x, (v) => v < 0);
  const power = exp(mulScalar(where(below, x, asTensor(0)), scalar(rate)));
  return where(
    below,
    mulScalar(power, scalar(alpha * scale * rate)),
    constants(x, (v) => (v === 0 ? alpha * scale * rate : scale)),
  );
};

const exponentialSlopeFromResult = (y: Tensor, alpha: number, scale: number, rate: number): Tensor => {
  check(alpha >= 0, () => negativeInPlace('elu', 'slope'));
  return where(
    holds(y, (v) => v > 0),
    asTensor(scale),
    mulScalar(add(y, asTensor(alpha * scale)), scalar(rate)),
  );
};

const [elu, eluInPlace] = activation(
  'f nn.functional._elu(Tensor input, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor',
  {
    supports: floating('elu_cpu'),
    f: exponentialBelow,
    slope: exponentialSlope,
    slopeFromResult: exponentialSlopeFromResult,
  },
);

const SELU = [1.6732632423543772, 1.0507009873554805, 1] as const;
register('f selu(Tensor input) -> Tensor', (self: Tensor) => elu(self, ...SELU));
inplace('f selu_(Tensor input) -> Tensor(input)', (self: Tensor) => eluInPlace(self, ...SELU));

activation('f celu(Tensor input, Scalar alpha=1.0) -> Tensor', {
  slopeNode: 'EluBackwardBackward0',
  supports: floating('elu_cpu'),
  f: (x, alpha) => exponentialBelow(x, alpha, 1, 1 / alpha),
  slope: (x, alpha) => exponentialSlope(x, alpha, 1, 1 / alpha),
  slopeFromResult: (y, alpha) => exponentialSlopeFromResult(y, alpha, 1, 1 / alpha),
});

activation('f nn.functional._softplus(Tensor input, Scalar beta=1, Scalar threshold=20) -> Tensor', {
  supports: floating('softplus_cpu'),
  f: (x, beta, threshold) => (x * beta > threshold ? x : Math.log1p(Math.exp(x * beta)) / beta),
  slope: (x, beta, threshold) =>
    where(
      holds(x, (v) => v * beta > threshold),
      asTensor(1),
      sigmoid(mulScalar(x, scalar(beta))),
    ),
});

export const [logSigmoid] = activation('f nn.functional._log_sigmoid(Tensor input) -> Tensor', {
  supports: floating('log_sigmoid_cpu'),
  rowMajor: true,
  f: (x) => Math.min(0, x) - Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x) => sigmoid(neg(x)),
});

/** Inside the limits, ends excluded, the gradient passes. */
activation('f nn.functional._hardtanh(Tensor input, Scalar min_val=-1, Scalar max_val=1) -> Tensor', {
  supports: (self, low, high) => {
    check(self.dtype !== bool, () => 'Bool inputs not supported for hardtanh');
    check(
      self.dtype.name !== 'uint8' || (Math.trunc(low) >= 0 && Math.trunc(high) >= 0),
      () => 'cannot do hardtanh on an unsigned type with negative limits',
    );
  },
  f: (x, low, high) => Math.min(Math.max(x, low), high),
  slope: { passes: (v, low, high) => !(v <= low || v >= high) },
});

/** A formula that PyTorch has no derivative for: it is recorded, and fails where it is asked for one. */
const underived = (name: string, f: (grad: Tensor, x: Tensor) => Tensor): Derivative =>
  define('NotImplemented', {
    inputs: (grad: Tensor, x: Tensor) => [grad, x],
    forward: f,
    backward: () => fail(`derivative for aten::${name} is not implemented`),
  });

const hardsigmoidBackward = underived('hardsigmoid_backward', (grad, x) =>
  mul(
    grad,
    constants(x, (v) => (v > -3 && v < 3 ? 1 / 6 : 0)),
  ),
);

export const hardsigmoid = op('f nn.functional._hardsigmoid(Tensor input) -> Tensor', {
  node: 'HardsigmoidBackward0',
  forward: (self: Tensor) => {
    requireFloating('hardsigmoid_cpu', self);
    return mapUnary(self, self.dtype, (x) => Math.min(Math.max(x + 3, 0), 6) / 6);
  },
  save: ({ args: [self] }) => ({ self }),
  backward: (grad, { self }) => hardsigmoidBackward(grad, self),
  forwardMode: 'elementwise',
});
inplace('f nn.functional._hardsigmoid_(Tensor input) -> Tensor(input)', hardsigmoid);

activation('f nn.functional._hardswish(Tensor input) -> Tensor', {
  supports: floating('hardswish_cpu'),
  f: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  slope: (x) =>
    where(
      holds(x, (v) => v > -3 && v < 3),
      add(div(x, asTensor(3)), asTensor(0.5)),
      constants(x, (v) => (v <= -3 ? 0 : 1)),
    ),
});

activation('f threshold(Tensor input, Scalar threshold, Scalar value) -> Tensor', {
  unsaved: 'value',
  supports: (self) => refuseBool('threshold_cpu', self),
  f: (x, limit, value) => (x <= limit ? value : x),
  likeInput: true,
  slope: { passes: (v, limit) => !(v <= limit) },
});

activation('fm hardshrink(Tensor input, Scalar lambd=0.5) -> Tensor', {
  supports: floating('hardshrink_cpu'),
  f: (x, limit) => (x >= -limit && x <= limit ? 0 : x),
  slope: { passes: (v, limit) => !(v >= -limit && v <= limit) },
});

activation('f nn.functional._softshrink(Tensor input, Scalar lambd=0.5) -> Tensor', {
  supports: (self, limit) => {
    requireFloating('softshrink_check', self);
    check(
      limit >= 0,
      () =>
        `lambda must be in range [0, ${self.dtype.name === 'float32' ? '3.40282e+38' : '1.79769e+308'}] for input dtype ${self.dtype.scalarName}, but found ${limit}`,
    );
  },
  f: (x, limit) => (x > limit ? x - limit : x < -limit ? x + limit : x * 0),
  slope: { passes: (v, limit) => !(v >= -limit && v <= limit) },
});

activation('f nn.functional._silu(Tensor input) -> Tensor', {
  slopeNode: null,
  supports: floating('silu_cpu'),
  f: (x) => x / (1 + Math.exp(-x)),
  slope: (x) => {
    const s = sigmoid(x);
    return mul(s, add(asTensor(1), mul(x, sub(asTensor(1), s))));
  },
});

activation('f nn.functional._mish(Tensor input) -> Tensor', {
  slopeNode: null,
  supports: floating('mish_cpu'),
  f: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  slope: (x) => {
    const t = tanh(log1p(exp(x)));
    return add(t, mul(mul(x, sigmoid(x)), sub(asTensor(1), mul(t, t))));
  },
});

const rreluBackward = oneNode(
  'RreluWithNoiseBackwardBackward0',
  ['grad_output', 'self', 'noise'],
  (grad: Tensor, _: Tensor, noise: Tensor) => mul(grad, noise),
  2,
);

/** A leaky relu whose slope below zero was drawn for each element. */
const rreluWithNoise = (node: string) =>
  define(node, {
    inputs: (self: Tensor, _: Tensor) => [self],
    forward: (self: Tensor, slopes: Tensor) => mul(self, slopes),
    save: ({ args: [self, noise] }) => ({ self, noise }),
    backward: (grad, { self, noise }) => rreluBackward(grad, self, noise),
  });

/** Not in training: a leaky relu under another name. */
const evenRrelu = (node: string) =>
  define(node, {
    inputs: (self: Tensor) => [self],
    forward: (self: Tensor, slope: number) => contiguous(leakyRelu(self, slope)),
    save: ({ args: [self, slope] }) => ({ self, slope }),
    backward: (grad, { self, slope }) =>
      mul(
        grad,
        constants(self, (v) => (v > 0 ? 1 : slope)),
      ),
  });

function rrelu(name: string, returns: string, node: string, make: typeof inplace): void {
  const [withNoise, withoutNoise] = [rreluWithNoise(node), evenRrelu(node)];
  make(
    `f ${name}(Tensor input, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> ${returns}`,
    (self: Tensor, lower: Scalar, upper: Scalar, training: boolean, generator: Generator) => {
      requireFloating('rrelu_with_noise_out_cpu', self);
      const [low, high] = [lower.value, upper.value];
      check(low <= high, () => 'Lower bound should be less than or equal to the upper bound');
      if (!training) return withoutNoise(self, (low + high) / 2);
      const slopes = empty(self.shape, self.dtype);
      contiguousData(self).forEach((x, i) => {
        slopes.storage.data[i] = x <= 0 ? generator.uniform53() * (high - low) + low : 1;
      });
      return withNoise(self, slopes);
    },
  );
}
rrelu('rrelu', 'Tensor', 'RreluWithNoiseBackward0', register);
rrelu('rrelu_', 'Tensor(input)', 'RreluWithNoiseBackward1', inplace);

/** The Gaussian error linear unit: x Φ(x), or its tanh approximation. */
export const gelu = op('f nn.functional._gelu(Tensor input, *, str approximate="none") -> Tensor', {
  node: 'GeluBackward0',
  inputs: (self) => [self],
  forward: (self: Tensor, approximate: string) => {
    check(
      approximate === 'none' || approximate === 'tanh',
      () => 'approximate argument must be either none or tanh.',
    );
    requireFloating('GeluKernelImpl', self);
    return mapUnary(self, self.dtype, approximate === 'tanh' ? tanhGeluOf : geluOf);
  },
  save: ({ args: [self, approximate] }) => ({ self, approximate }),
  backward: (grad, { self, approximate }) => geluBackward(grad, self, approximate),
  forwardMode: 'elementwise',
});

const geluBackward = oneNode(
  'GeluBackwardBackward0',
  ['grad_output', 'self', 'approximate'],
  (grad: Tensor, self: Tensor, approximate: string) =>
    mul(grad, approximate === 'tanh' ? tanhGeluSlope(self) : geluSlope(self)),
);

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

const geluOf = (x: number): number => 0.5 * x * (1 + erfOf(x * Math.SQRT1_2));
const tanhGeluOf = (x: number): number =>
  0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x)));

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
