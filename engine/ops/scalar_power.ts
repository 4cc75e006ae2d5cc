import { FLOAT, INTEGER, rounding, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapUnary, resultTypeWith } from '../kernels/elementwise.ts';
import { full, type Tensor } from '../tensor.ts';
import { mul, mulScalar } from './arithmetic.ts';
import { define, type UnaryWith } from './op.ts';

/** x raised to a fixed exponent, the common ones by the multiplications that PyTorch uses. */
function powerFunction(exponent: number, round: (x: number) => number): (x: number) => number {
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
export const power = (x: number, y: number): number =>
  x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;

export const powScalar: UnaryWith<[Scalar]> = define('PowBackward0', {
  inputs: (self) => [self],
  forward: (self: Tensor, exponent: Scalar) => {
    const dtype = resultTypeWith(self, exponent);
    check(
      dtype.category === FLOAT || exponent.value >= 0,
      () => 'Integers to negative integer powers are not allowed.',
    );
    return mapUnary(cast(self, dtype), dtype, powerFunction(exponent.value, rounding(dtype)));
  },
  save: ({ args: [self, exponent] }) => ({ self, exponent }),
  backward: (grad, { self, exponent }) => {
    if (exponent.value === 0) return full(grad.shape, 0, grad.dtype);
    const lower = powScalar(self, { value: exponent.value - 1, category: exponent.category });
    return mul(grad, mulScalar(lower, exponent));
  },
  forwardMode: 'elementwise',
});

/** A power with a whole number, as formulas write it. */
export const raise = (self: Tensor, exponent: number): Tensor =>
  powScalar(self, { value: exponent, category: INTEGER });
