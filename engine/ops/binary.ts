import { INTEGER, isFloating, type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { floatingType, resultType } from '../kernels/elementwise.ts';
import { full, type Tensor, wrappedNumber } from '../tensor.ts';
import {
  add,
  addScalar,
  asTensor,
  binaryMap,
  commonType,
  div,
  mul,
  mulScalar,
  neg,
  sub,
} from './arithmetic.ts';
import { where, zeroWhere } from './choose.ts';
import { eqScalar, ne } from './compare.ts';
import { type Binary, op, register } from './op.ts';
import { scalarPower } from './power.ts';
import { withoutDerivative } from './supported.ts';
import { exp, reciprocal, zerosFor } from './unary.ts';

const ZERO = scalar(0);
const ONE = scalar(1, INTEGER);

/** Both operands in a floating dtype. */
const fractional = (self: Tensor, other: Tensor, f: (x: number, y: number) => number): Tensor =>
  binaryMap(self, other, floatingType(resultType(self, other)), f);

/** Both operands in their common dtype, which must be a floating one: whole numbers are refused. */
function ofFloats(kernel: string, self: Tensor, other: Tensor, f: (x: number, y: number) => number): Tensor {
  return binaryMap(self, other, commonType(kernel, isFloating, self, other), f);
}

export const atan2 = op('fm atan2(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => fractional(self, other, Math.atan2),
  save: ({ args: [self, other] }) => ({ self, other }),
  backward: (grad, { self, other }) => {
    const square = add(mul(self, self), mul(other, other));
    const share = zeroWhere(reciprocal(square), eqScalar(square, ZERO));
    return [mul(mul(grad, other), share), mul(mul(grad, neg(self)), share)];
  },
  forwardMode: 'elementwise',
});
register('fm arctan2(Tensor input, Tensor other) -> Tensor', atan2);

const number = new DataView(new ArrayBuffer(8));

/** The next number that a dtype can hold after x, on the way to y. */
function nextAfter(x: number, y: number, single: boolean): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return Math.sign(y) * (single ? 2 ** -149 : Number.MIN_VALUE);
  // The bits of a positive number, read as an integer, count the numbers from zero.
  const step = y > x === x > 0 ? 1 : -1;
  if (single) {
    number.setFloat32(0, x);
    number.setInt32(0, number.getInt32(0) + step);
    return number.getFloat32(0);
  }
  number.setFloat64(0, x);
  number.setBigInt64(0, number.getBigInt64(0) + BigInt(step));
  return number.getFloat64(0);
}

export const nextafter = op('fm nextafter(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => {
    const single = resultType(self, other).name === 'float32';
    return ofFloats('nextafter_cpu', self, other, (x, y) => nextAfter(x, y, single));
  },
  save: ({ args: [self, other] }) => ({ self, other }),
  backward: (grad, { self, other }) => [where(ne(self, other), grad, asTensor(0)), zerosFor(other)],
  // How the second operand moves is left out.
  forwardMode: ([tangent], { args: [self, other] }) =>
    tangent && where(ne(self, other), tangent, asTensor(0)),
  batch: 'elementwise',
});

/** grad / x, and 0 where x is 0. */
function maskedDiv(grad: Tensor, x: Tensor): Tensor {
  return zeroWhere(div(grad, x), eqScalar(x, ZERO));
}

export const hypot = op('fm hypot(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => ofFloats('hypot_cpu', self, other, Math.hypot),
  save: ({ args: [self, other], result }) => ({ self, other, result }),
  backward: (grad, { self, other, result }, needs) => [
    needs[0] ? div(mul(grad, self), result) : null,
    needs[1] ? div(mul(grad, other), result) : null,
  ],
  forwardMode: 'elementwise',
});

/** log(bˣ + bʸ), computed from the larger of the two. */
function logOfSum(
  name: string,
  logOfOnePlusPower: (x: number) => number,
  power: (exponent: Tensor) => Tensor,
): Binary {
  return op(`fm ${name}(Tensor input, Tensor other) -> Tensor`, {
    forward: (self: Tensor, other: Tensor) =>
      ofFloats(`${name}_cpu`, self, other, (x, y) =>
        x === y && !Number.isFinite(x) ? x : Math.max(x, y) + logOfOnePlusPower(-Math.abs(x - y)),
      ),
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }, needs) => [
      needs[0] ? div(grad, addScalar(power(sub(other, self)), ONE)) : null,
      needs[1] ? div(grad, addScalar(power(sub(self, other)), ONE)) : null,
    ],
    forwardMode: 'elementwise',
  });
}
export const logaddexp = logOfSum('logaddexp', (x) => Math.log1p(Math.exp(x)), exp);
logOfSum(
  'logaddexp2',
  (x) => Math.log1p(2 ** x) / Math.LN2,
  (exponent) => scalarPower(scalar(2, INTEGER), exponent),
);

const withSign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));

export const copysign = op('fm copysign(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => fractional(self, other, withSign),
  save: ({ args: [self, { shape, dtype }], result }) => ({ self, result, _other: { shape, dtype } }),
  backward: (grad, { self, result, _other }) => [
    mul(grad, maskedDiv(result, self)),
    full(_other.shape, 0, _other.dtype),
  ],
  forwardMode: ([tangent], { args: [self], result }) => tangent && mul(tangent, maskedDiv(result, self)),
  batch: 'elementwise',
});
op('fm copysign(Tensor input, Scalar other) -> Tensor', {
  node: 'CopysignBackward1',
  inputs: (self) => [self],
  forward: (self: Tensor, other: Scalar) =>
    fractional(self, wrappedNumber(other.value, other.category), withSign),
  save: ({ args: [self], result }) => ({ self, result }),
  backward: (grad, { self, result }) => mul(grad, maskedDiv(result, self)),
  forwardMode: 'elementwise',
});

/** 0 below 0, 1 above it, and `values` at 0. */
op('fm heaviside(Tensor input, Tensor values) -> Tensor', {
  ...withoutDerivative('heaviside'),
  forward: (self: Tensor, values: Tensor) => {
    check(
      self.dtype === values.dtype,
      () => 'heaviside is not yet implemented for tensors with different dtypes.',
    );
    return binaryMap(self, values, self.dtype, (x, value) => (x === 0 ? value : x > 0 ? 1 : 0));
  },
});

/** input · 2 ** other */
op('fm ldexp(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => fractional(self, other, (x, y) => x * 2 ** y),
  save: ({ args: [, other], result }) => ({ other, result }),
  backward: (grad, { other, result }, needs) => [
    needs[0] ? mul(grad, scalarPower(scalar(2, INTEGER), other)) : null,
    needs[1] ? mulScalar(mul(grad, result), scalar(Math.LN2)) : null,
  ],
  forwardMode: 'elementwise',
});
