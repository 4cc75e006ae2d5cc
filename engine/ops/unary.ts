import { bool, type DType } from '../dtype.ts';
import { fail } from '../errors.ts';
import { cast, floatingType, mapUnary } from '../kernels/elementwise.ts';
import { full, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, neg, sub } from './arithmetic.ts';
import { type Binary, op, register } from './op.ts';
import { digammaOf, erfcOf, erfInverseOf, erfOf, lgammaOf, polygammaOf } from './special_functions.ts';

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
    forward: (self: Tensor) => mapUnary(self, self.dtype, self.isFloating ? f : (x) => x),
    backward: zerosFor,
    forwardMode: 'elementwise',
  });
}

function apply(self: Tensor, f: (x: number) => number): Tensor {
  const dtype = floatingType(self.dtype);
  return mapUnary(cast(self, dtype), dtype, f);
}

/** Zeros of the shape and dtype of `like`, outside every graph. */
export const zerosFor = (like: Tensor): Tensor => full(like.shape, 0, like.dtype);

const square = (x: Tensor): Tensor => mul(x, x);
const oneMinus = (x: Tensor): Tensor => sub(asTensor(1), x);
const onePlus = (x: Tensor): Tensor => add(x, asTensor(1));

export const exp = ofResult('exp', Math.exp, (g, y) => mul(g, y));
export const exp2 = ofResult(
  'exp2',
  (x) => 2 ** x,
  (g, y) => mul(mul(g, y), asTensor(Math.LN2)),
);
export const expm1 = ofResult('expm1', Math.expm1, (g, y) => mul(g, onePlus(y)));
export const log = ofInput('log', Math.log, (g, x) => div(g, x));
export const log2 = ofInput('log2', Math.log2, (g, x) => div(g, mul(x, asTensor(Math.LN2))));
export const log10 = ofInput('log10', Math.log10, (g, x) => div(g, mul(x, asTensor(Math.LN10))));
export const log1p = ofInput('log1p', Math.log1p, (g, x) => div(g, onePlus(x)));
export const sin = ofInput('sin', Math.sin, (g, x) => mul(g, cos(x)));
export const cos = ofInput('cos', Math.cos, (g, x) => mul(g, neg(sin(x))));
export const tan = ofResult('tan', Math.tan, (g, y) => mul(g, onePlus(square(y))));
export const sinh = ofInput('sinh', Math.sinh, (g, x) => mul(g, cosh(x)));
export const cosh = ofInput('cosh', Math.cosh, (g, x) => mul(g, sinh(x)));
export const asin = ofInput('asin', Math.asin, (g, x) => mul(g, rsqrt(oneMinus(square(x)))));
export const acos = ofInput('acos', Math.acos, (g, x) => mul(g, neg(rsqrt(oneMinus(square(x))))));
export const atan = ofInput('atan', Math.atan, (g, x) => div(g, onePlus(square(x))));
export const asinh = ofInput('asinh', Math.asinh, (g, x) => mul(g, rsqrt(onePlus(square(x)))));
export const acosh = ofInput('acosh', Math.acosh, (g, x) => mul(g, rsqrt(sub(square(x), asTensor(1)))));
export const atanh = ofInput('atanh', Math.atanh, (g, x) => mul(g, reciprocal(oneMinus(square(x)))));
export const sqrt = ofResult('sqrt', Math.sqrt, (g, y) => div(g, mul(y, asTensor(2))));
export const rsqrt = ofResult(
  'rsqrt',
  (x) => 1 / Math.sqrt(x),
  (g, y) => mul(mul(asTensor(-0.5), g), mul(square(y), y)),
);
export const reciprocal = ofResult(
  'reciprocal',
  (x) => 1 / x,
  (g, y) => mul(neg(g), square(y)),
);
export const erf = ofInput('erf', erfOf, (g, x) =>
  mul(mul(asTensor(2 / Math.sqrt(Math.PI)), exp(neg(square(x)))), g),
);
export const erfc = ofInput('erfc', erfcOf, (g, x) =>
  mul(mul(asTensor(-2 / Math.sqrt(Math.PI)), exp(neg(square(x)))), g),
);
export const erfinv = ofResult('erfinv', erfInverseOf, (g, y) =>
  mul(mul(asTensor(Math.sqrt(Math.PI) / 2), exp(square(y))), g),
);
export const lgamma = ofInput('lgamma', lgammaOf, (g, x) => mul(g, digamma(x)));
export const digamma = ofInput('digamma', digammaOf, (g, x) => mul(g, polygamma(1, x)));

/** The n-th derivative of digamma. */
const polygamma: (n: number, self: Tensor) => Tensor = op('f polygamma(int n, Tensor input) -> Tensor', {
  forward: (n: number, self: Tensor) => apply(self, (x) => polygammaOf(n, x)),
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
  forward: (grad: Tensor, y: Tensor) => mul(grad, oneMinus(square(y))),
  save: ({ args: [grad, output] }) => ({ grad_output: grad, output }),
  backward: (g, { grad_output, output }) => [
    tanhBackward(g, output),
    mul(mul(mul(g, grad_output), output), asTensor(-2)),
  ],
});
export const tanh = ofResult('tanh', Math.tanh, tanhBackward);

const signOf = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x);

export const sign = op('fm sign(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, signOf),
  backward: zerosFor,
  forwardMode: 'elementwise',
});
export const sgn = op('fm sgn(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, signOf),
  backward: zerosFor,
  forwardMode: 'elementwise',
});

export const abs = op('fm abs(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, Math.abs),
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
    if (!self.isFloating) return mapUnary(self, self.dtype, (x) => x);
    const scale = 10 ** Math.abs(decimals);
    const scaled =
      decimals > 0
        ? (x: number) => roundHalfEven(x * scale) / scale
        : (x: number) => roundHalfEven(x / scale) * scale;
    return mapUnary(self, self.dtype, scaled);
  },
  backward: zerosFor,
  forwardMode: 'elementwise',
});
export const frac = op('fm frac(Tensor input) -> Tensor', {
  forward: (self: Tensor) => mapUnary(self, self.dtype, (x) => x - Math.trunc(x)),
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

/** A test of each number, answering with a bool tensor. */
const predicate = (name: string, f: (x: number, dtype: DType) => boolean) =>
  register(`fm ${name}(Tensor input) -> Tensor`, (self: Tensor) => testEach(self, (x) => f(x, self.dtype)));

const testEach = (self: Tensor, f: (x: number) => boolean): Tensor =>
  mapUnary(self, bool, (x) => (f(x) ? 1 : 0));

predicate('isnan', Number.isNaN);
predicate('isinf', (x) => Math.abs(x) === Number.POSITIVE_INFINITY);
predicate('isfinite', Number.isFinite);
predicate('signbit', (x) => x < 0 || Object.is(x, -0));
predicate('logical_not', (x) => x === 0);
