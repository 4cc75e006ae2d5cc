import { modes } from '../autograd/modes.ts';
import {
  type DType,
  FLOAT,
  INTEGER,
  int64,
  isFloating,
  notBool,
  requireKernel,
  rounding,
  type Scalar,
} from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapUnary, resultTypeWith } from '../kernels/elementwise.ts';
import { full, type Tensor } from '../tensor.ts';
import { exact, mul, mulScalar } from './arithmetic.ts';
import { define, type UnaryWith } from './op.ts';

/** x raised to a fixed exponent, the common ones by the multiplications that PyTorch uses. */
function powerFunction(exponent: number, dtype: DType): (x: number) => number {
  const round = rounding(dtype);
  const whole = powerIn(dtype);
  if (!isFloating(dtype)) return (x) => whole(x, exponent);
  if (exponent === 0.5) return Math.sqrt;
  if (exponent === 1) return (x) => x;
  if (exponent === 2) return (x) => x * x;
  if (exponent === 3) return (x) => round(x * x) * x;
  if (exponent === -0.5) return (x) => 1 / round(Math.sqrt(x));
  if (exponent === -1) return (x) => 1 / x;
  if (exponent === -2) return (x) => 1 / round(x * x);
  return (x) => power(x, exponent);
}

/** C's pow, which gives 1 where JavaScript gives NaN. */
const power = (x: number, y: number): number =>
  x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y;

/** Of whole numbers: a negative power is a fraction, of which nothing is left but for 1 and -1. */
const wholePower =
  (multiply: (x: number, y: number) => number) =>
  (x: number, y: number): number => {
    if (y < 0) return x === 1 ? 1 : x === -1 ? 1 - 2 * (Math.abs(y) % 2) : 0;
    let result = 1;
    for (let [base, rest] = [x, y]; rest > 0; rest = Math.floor(rest / 2), base = multiply(base, base)) {
      if (rest % 2 === 1) result = multiply(result, base);
    }
    return result;
  };

/** x ** y in a dtype; what doesn't fit keeps its low bits. */
export function powerIn(dtype: DType): (x: number, y: number) => number {
  if (isFloating(dtype)) return power;
  requireKernel('pow', dtype, notBool);
  return wholePower(dtype === int64 ? (x, y) => x * y : Math.imul);
}

export const powScalar: UnaryWith<[Scalar]> = define('PowBackward0', {
  inputs: (self) => [self],
  forward: (self: Tensor, exponent: Scalar) => {
    const dtype = resultTypeWith(self, exponent);
    check(
      dtype.category === FLOAT || exponent.value >= 0,
      () => 'Integers to negative integer powers are not allowed.',
    );
    const base = cast(self, dtype);
    // True and False are numbers, too.
    const power = Number(exponent.value);
    if (power === 0) return mapUnary(base, dtype, () => 1);
    if (power === 1) return mapUnary(base, dtype, (x) => x);
    const result = mapUnary(base, dtype, powerFunction(power, dtype));
    return dtype === int64 ? exact(result) : result;
  },
  save: ({ args: [self, exponent] }) => ({ self, exponent }),
  backward: (grad, { self, exponent }) => {
    if (exponent.value === 0) return full(grad.shape, 0, grad.dtype);
    // x¹ is x, but where the derivative is recorded it is seen to have been computed.
    const lower =
      exponent.value === 2 && !modes.grad
        ? self
        : powScalar(self, { value: exponent.value - 1, category: exponent.category });
    return mul(grad, mulScalar(lower, exponent));
  },
  forwardMode: 'elementwise',
});

/** A power with a whole number, as formulas write it. */
export const raise = (self: Tensor, exponent: number): Tensor =>
  powScalar(self, { value: exponent, category: INTEGER });
