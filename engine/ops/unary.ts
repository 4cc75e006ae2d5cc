import { bool, INTEGER, isFloating, notBool, requireKernel, rounding, scalar } from '../dtype.ts';
import { fail } from '../errors.ts';
import { cast, floatingType, mapUnary } from '../kernels/elementwise.ts';
import { full, type Tensor } from '../tensor.ts';
import { addScalar, asTensor, div, mul, mulScalar, neg, sub, subScalar } from './arithmetic.ts';
import { digammaIn, lgammaOf, polygammaIn } from './gamma_functions.ts';
import { type Binary, op, register, type Unary } from './op.ts';
import { raise } from './scalar_power.ts';
import { erfcOf, erfInverseOf, erfOf } from './special_functions.ts';

type Formula = (grad: Tensor, saved: Tensor) => Tensor;

/** A function of one number with fractional results; `formula` gets the input. */
function ofInput(name: string, f: (x: number) => number, formula: Formula) {
  return op(`fm ${name}(Tensor input) -> Tensor`, {
    forward: (self: Tensor) => apply(self, f),
    save: ({ args: [self] }) => ({ self }),
    backward: (grad, { self }) => formula(grad, self),
    forwardMode: 'elementwise',
  });
}

/** The same, for a derivative that is cheaper to write with the result. */
function ofResult(name: string, f: (x: number) => number, formula: Formula) {
  return op(`fm ${name}(Tensor input) -> Tensor`, {
    forward: (self: Tensor) => apply(self, f),
    save: ({ result }) => ({ result }),
    backward: (grad, { result }) => formula(grad, result),
    forwardMode: 'elementwise',
  });
}

/** A step function: its derivative is zero wherever it exists. Integers are left as they are. */
function step(name: string, f: (x: number) => number) {
  return op(`fm ${name}(Tensor input) -> Tensor`, {
    forward: (self: Tensor) => {
      requireKernel(`${name}_vml_cpu`, self.dtype, notBool);
      return mapUnary(self, self.dtype, self.isFloating ? f : (x) => x);
    },
    backward: zerosFor,
    forwardMode: 'elementwise',
  });
}

/** A multiple of the input: the factor is a number, and so is the slope. */
function ofSlope(name: string, slope: number) {
  return op(`fm ${name}(Tensor input) -> Tensor`, {
    forward: (self: Tensor) => mulScalar(self, scalar(slope)),
    backward: (grad) => mulScalar(grad, scalar(slope)),
    forwardMode: 'elementwise',
  });
}

function apply(self: Tensor, f: (x: number) => number): Tensor {
  const dtype = floatingType(self.dtype);
  return mapUnary(cast(self, dtype), dtype, f);
}

/** The same for a function that rounds its steps. */
const applyCutting = (self: Tensor, f: (cut: (x: number) => number) => (x: number) => number): Tensor =>
  apply(self, f(rounding(floatingType(self.dtype))));

/** Zeros of the shape and dtype of `like`, outside every graph. */
export const zerosFor = (like: Tensor): Tensor => full(like.shape, 0, like.dtype);

const ONE = scalar(1, INTEGER);
const oneMinus = (x: Tensor): Tensor => sub(asTensor(1), x);

const oneMore = (x: Tensor): Tensor => addScalar(x, ONE);
const times = (x: Tensor, factor: number): Tensor => mulScalar(x, scalar(factor));

// The formulas are written in PyTorch's order of operations: it shows in the graph of a second derivative.
export const exp = ofResult('exp', Math.exp, (g, y) => mul(g, y));
export const exp2 = ofResult(
  'exp2',
  (x) => 2 ** x,
  (g, y) => times(mul(g, y), Math.LN2),
);
export const expm1 = ofResult('expm1', Math.expm1, (g, y) => mul(g, oneMore(y)));
export const log = ofInput('log', Math.log, (g, x) => div(g, x));
export const log2 = ofInput('log2', Math.log2, (g, x) => div(g, times(x, Math.LN2)));
export const log10 = ofInput('log10', Math.log10, (g, x) => div(g, times(x, Math.LN10)));
export const log1p = ofInput('log1p', Math.log1p, (g, x) => div(g, oneMore(x)));
export const sin = ofInput('sin', Math.sin, (g, x) => mul(g, cos(x)));
export const cos = ofInput('cos', Math.cos, (g, x) => mul(g, neg(sin(x))));
export const tan = ofResult('tan', Math.tan, (g, y) => mul(g, oneMore(raise(y, 2))));
export const sinh = ofInput('sinh', Math.sinh, (g, x) => mul(g, cosh(x)));
export const cosh = ofInput('cosh', Math.cosh, (g, x) => mul(g, sinh(x)));
export const asin = ofInput('asin', Math.asin, (g, x) => mul(g, rsqrt(oneMore(mul(neg(x), x)))));
export const acos = ofInput('acos', Math.acos, (g, x) => mul(g, neg(rsqrt(oneMore(mul(neg(x), x))))));
export const atan = ofInput('atan', Math.atan, (g, x) => div(g, oneMore(mul(x, x))));
export const asinh = ofInput('asinh', Math.asinh, (g, x) => mul(g, rsqrt(oneMore(raise(x, 2)))));
export const acosh = ofInput('acosh', Math.acosh, (g, x) => mul(g, rsqrt(subScalar(mul(x, x), ONE))));
export const atanh = ofInput('atanh', Math.atanh, (g, x) => div(mulScalar(g, ONE), oneMinus(raise(x, 2))));
export const sqrt = ofResult('sqrt', Math.sqrt, (g, y) => div(g, times(y, 2)));
export const rsqrt = ofResult(
  'rsqrt',
  (x) => 1 / Math.sqrt(x),
  (g, y) => mul(times(g, -0.5), raise(y, 3)),
);
export const reciprocal = ofResult(
  'reciprocal',
  (x) => 1 / x,
  (g, y) => mul(neg(g), mul(y, y)),
);
const bellCurve = (x: Tensor): Tensor => exp(neg(raise(x, 2)));
export const erf = ofInput('erf', erfOf, (g, x) => mul(times(bellCurve(x), 2 / Math.sqrt(Math.PI)), g));
export const erfc = ofInput('erfc', erfcOf, (g, x) => mul(times(bellCurve(x), -2 / Math.sqrt(Math.PI)), g));
export const erfinv: Unary = ofInput('erfinv', erfInverseOf, (g, x) =>
  mul(times(exp(raise(erfinv(x), 2)), Math.sqrt(Math.PI) / 2), g),
);
export const deg2rad = ofSlope('deg2rad', Math.PI / 180);
export const rad2deg = ofSlope('rad2deg', 180 / Math.PI);
export const lgamma = ofInput('lgamma', lgammaOf, (g, x) => mul(g, digamma(x)));
export const digamma = op('fm digamma(Tensor input) -> Tensor', {
  forward: (self: Tensor) => applyCutting(self, digammaIn),
  save: ({ args: [self] }) => ({ self }),
  backward: (grad, { self }) => mul(grad, polygamma(1, self)),
  forwardMode: 'elementwise',
});

/** The n-th derivative of digamma. */
const polygamma: (n: number, self: Tensor) => Tensor = op('f polygamma(int n, Tensor input) -> Tensor', {
  forward: (n: number, self: Tensor) => applyCutting(self, (cut) => polygammaIn(cut, n)),
  save: ({ args: [n, self] }) => ({ n, self }),
  backward: (grad, { n, self }) => mul(grad, polygamma(n + 1, self)),
  forwardMode: 'elementwise',
});
register('m polygamma(Tensor input, int n) -> Tensor', (self: Tensor, n: number) => polygamma(n, self));

/** The derivative of sigmoid as an operation of its own, as PyTorch names it in second derivatives. */
const sigmoidBackward: Binary = op('f _sigmoid_backward(Tensor grad, Tensor output) -> Tensor', {
  node: 'SigmoidBackwardBackward0',
  forward: (grad: Tensor, y: Tensor) => mul(grad, mul(oneMinus(y), y)),
  save: ({ args: [grad, output] }) => ({ grad_output: grad, output }),
  backward: (g, { grad_output, output }) => [
    sigmoidBackward(g, output),
    mul(mul(g, grad_output), sub(asTensor(1), mul(asTensor(2), output))),
  ],
});
export const sigmoid = ofResult('sigmoid', (x) => 1 / (1 + Math.exp(-x)), sigmoidBackward);

const tanhBackward: Binary = op('f _tanh_backward(Tensor grad, Tensor output) -> Tensor', {
  node: 'TanhBackwardBackward0',
  forward: (grad: Tensor, y: Tensor) => mul(grad, oneMinus(mul(y, y))),
  save: ({ args: [grad, output] }) => ({ grad_output: grad, output }),
  backward: (g, { grad_output, output }) => [
    tanhBackward(g, output),
    mul(mul(mul(g, grad_output), output), asTensor(-2)),
  ],
});
export const tanh = ofResult('tanh', Math.tanh, tanhBackward);

/** 0 for NaN, as in PyTorch. */
const signOf = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : 0);

export const sign = op('fm sign(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, signOf),
  backward: zerosFor,
  forwardMode: 'elementwise',
});
export const sgn = op('fm sgn(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, signOf),
  save: ({ args: [self], result }) => ({ self, result }),
  backward: zerosFor,
  forwardMode: 'elementwise',
});

export const abs = op('fm abs(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    requireKernel('abs_cpu', self.dtype, notBool);
    return mapUnary(self, self.dtype, Math.abs);
  },
  save: ({ args: [self] }) => ({ self }),
  backward: (grad, { self }) => mul(grad, sgn(self)),
  forwardMode: 'elementwise',
});

export const floor = step('floor', Math.floor);
export const ceil = step('ceil', Math.ceil);
export const trunc = step('trunc', Math.trunc);

/** To the nearest whole number, halves to the even one. */
const roundHalfEven = (x: number): number => {
  const nearest = Math.round(x);
  const rounded = nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
  return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded;
};
export const round = step('round', roundHalfEven);
export const roundDecimals = op('fm round(Tensor input, *, int decimals) -> Tensor', {
  node: 'RoundBackward1',
  forward: (self: Tensor, decimals: number) => {
    requireKernel(decimals === 0 ? 'round_vml_cpu' : 'round_cpu', self.dtype, isFloating);
    if (decimals === 0) return mapUnary(self, self.dtype, roundHalfEven);
    const cut = rounding(self.dtype);
    const scale = cut(10 ** Math.abs(decimals));
    const scaled =
      decimals > 0
        ? (x: number) => roundHalfEven(cut(x * scale)) / scale
        : (x: number) => roundHalfEven(cut(x / scale)) * scale;
    return mapUnary(self, self.dtype, scaled);
  },
  backward: zerosFor,
  forwardMode: 'elementwise',
});
export const frac = op('fm frac(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    requireKernel('frac_cpu', self.dtype, isFloating);
    return mapUnary(self, self.dtype, (x) => x - Math.trunc(x));
  },
  backward: (grad) => grad,
  forwardMode: 'elementwise',
});

export const positive = register('fm positive(Tensor input) -> Tensor', (self: Tensor) => {
  if (self.dtype === bool) fail('The `+` operator, on a bool tensor is not supported.');
  return self;
});

for (const [alias, target] of Object.entries({
  absolute: abs,
  arcsin: asin,
  arccos: acos,
  arctan: atan,
  arcsinh: asinh,
  arccosh: acosh,
  arctanh: atanh,
  fix: trunc,
})) {
  register(`fm ${alias}(Tensor input) -> Tensor`, target);
}
