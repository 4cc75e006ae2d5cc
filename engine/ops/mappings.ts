import { bool, int32, isFloating, rounding, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { cast, floatingType, mapBinary, mapUnary } from '../kernels/elementwise.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, sub } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { where } from './choose.ts';
import { eqScalar } from './compare.ts';
import { lgammaOf } from './gamma_functions.ts';
import { multiOp, op, register, type Unary } from './op.ts';
import { isfinite } from './predicates.ts';
import { cos, digamma, exp2, sin } from './unary.ts';
import { unsqueeze } from './view.ts';

// Functions of one number that take more than a formula to say.

const inFloats = (self: Tensor, f: (cut: (x: number) => number) => (x: number) => number): Tensor => {
  const dtype = floatingType(self.dtype);
  return mapUnary(cast(self, dtype), dtype, f(rounding(dtype)));
};

export const nanToNum = op(
  'fm nan_to_num(Tensor input, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, nan: number | null, posinf: number | null, neginf: number | null) => {
      const largest = self.dtype.name === 'float32' ? 3.4028234663852886e38 : Number.MAX_VALUE;
      return mapUnary(self, self.dtype, (x) => {
        if (Number.isNaN(x)) return nan ?? 0;
        if (x === Number.POSITIVE_INFINITY) return posinf ?? largest;
        return x === Number.NEGATIVE_INFINITY ? (neginf ?? -largest) : x;
      });
    },
    save: ({ args: [self] }) => ({ self }),
    backward: (grad, { self }) => mul(grad, isfinite(self)),
    forwardMode: 'elementwise',
  },
);

/** log(x / (1 - x)), with x kept `eps` away from 0 and 1 where that is given. */
export const logit = op('fm logit(Tensor input, float? eps=None) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, eps: number | null) =>
    inFloats(self, () => (x) => {
      const p = eps === null ? x : Math.min(Math.max(x, eps), 1 - eps);
      return Math.log(p / (1 - p));
    }),
  save: ({ args: [self, eps] }) => ({ self, eps }),
  backward: (grad, { self, eps }) => {
    const slope = div(grad, mul(self, sub(asTensor(1), self)));
    const [low, high] = eps === null ? [0, 1] : [eps, 1 - eps];
    // The gradient decides how the result lies in memory.
    const outside = mapBinary(grad, self, bool, (_, x) => (x >= low && x <= high ? 0 : 1));
    return where(outside, asTensor(eps === null ? Number.NaN : 0), slope);
  },
  forwardMode: 'elementwise',
});

/** sin(πx) / (πx), and 1 at 0. */
export const sinc = op('fm sinc(Tensor input) -> Tensor', {
  forward: (self: Tensor) =>
    inFloats(self, (cut) => (x) => {
      const angle = cut(cut(Math.PI) * x);
      return x === 0 ? 1 : cut(Math.sin(angle)) / angle;
    }),
  save: ({ args: [self] }) => ({ self }),
  backward: (grad, { self }) => {
    const angle = mulScalar(self, scalar(Math.PI));
    const square = mulScalar(mul(self, self), scalar(Math.PI));
    const slope = mul(grad, div(sub(mul(angle, cos(angle)), sin(angle)), square));
    return where(eqScalar(square, scalar(0)), full([], 0, grad.dtype), slope);
  },
  forwardMode: 'elementwise',
});

/** The angle of a real number in the plane of complex ones: 0, or π where it is negative. */
op('fm angle(Tensor input) -> Tensor', {
  forward: (self: Tensor) => inFloats(self, () => (x) => (Number.isNaN(x) ? x : x < 0 ? Math.PI : 0)),
  save: ({ args: [self] }) => ({ self }),
  backward: (_, { self }) => mapUnary(self, self.dtype, () => 0),
  forwardMode: 'elementwise',
});

/** x = mantissa · 2 ** exponent, the mantissa between 0.5 and 1. */
multiOp('fm frexp(Tensor input) -> frexp(Tensor mantissa, Tensor exponent)', {
  forward: (self: Tensor) => {
    check(isFloating(self.dtype), () => 'torch.frexp() only supports floating-point dtypes');
    const exponent = mapUnary(self, int32, exponentOf);
    return [mapUnary(self, self.dtype, (x) => mantissaOf(x)), exponent];
  },
  save: ({ result }) => ({ exponent: result[1] }),
  backward: ([grad], { exponent }) => (grad === null ? null : div(grad, exp2(exponent))),
});

function exponentOf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  let exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x)))) + 1;
  // The logarithm may have been rounded over a power of two.
  while (Math.abs(x) >= 2 ** exponent) exponent++;
  while (Math.abs(x) < 2 ** (exponent - 1)) exponent--;
  return exponent;
}

function mantissaOf(x: number): number {
  const exponent = exponentOf(x);
  // In two steps: 2 ** 1074 is no number.
  const half = Math.trunc(exponent / 2);
  return x / 2 ** half / 2 ** (exponent - half);
}

/** log Γₚ(x), the multivariate gamma function: Σᵢ log Γ(x - i/2) + p(p - 1)/4 · log π for i below p. */
op('fm mvlgamma(Tensor input, int p) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, p: number) => {
    check(p >= 1, () => 'p has to be greater than or equal to 1');
    const constant = ((p * (p - 1)) / 4) * Math.log(Math.PI);
    return inFloats(self, () => (x) => {
      let total = constant;
      for (let i = 0; i < p; i++) total += lgammaOf(x - i / 2);
      return total;
    });
  },
  save: ({ args: [self, p] }) => ({ self, p }),
  backward: (grad, { self, p }) => {
    const steps = empty([p], self.dtype);
    for (let i = 0; i < p; i++) steps.storage.data[i] = (i + 1 - p) / 2;
    return mul(grad, sumDims(digamma(add(steps, unsqueeze(self, -1))), [-1]));
  },
  forwardMode: 'elementwise',
});

// Real numbers are their own conjugates, and nothing here is kept conjugated or negated.
const itself: Unary = (self) => self;
for (const name of ['conj', 'conj_physical', 'resolve_conj', 'resolve_neg']) {
  register(`fm ${name}(Tensor input) -> Tensor`, itself);
}
register('m conj_physical_(Tensor input) -> Tensor', itself);
register('f real(Tensor input) -> Tensor', itself);
register('f imag(Tensor input) -> Tensor', () =>
  fail('imag is not implemented for tensors with non-complex dtypes.'),
);
