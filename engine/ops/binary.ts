import { bool, type DType, isFloating, rounding, type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, floatingType, mapBinary, mapTernary, mapUnary, resultType } from '../kernels/elementwise.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { add, asTensor, binaryMap, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { maskedFill, where } from './choose.ts';
import { eqScalar } from './compare.ts';
import { op, register } from './op.ts';
import { cos, exp, log, sin, zerosFor } from './unary.ts';

const ZERO = scalar(0);

/** Both operands in a floating dtype. */
const fractional = (self: Tensor, other: Tensor, f: (x: number, y: number) => number): Tensor =>
  binaryMap(self, other, floatingType(resultType(self, other)), f);

export const atan2 = op('fm atan2(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => fractional(self, other, Math.atan2),
  save: ({ args: [self, other] }) => ({ self, other }),
  backward: (grad, { self, other }) => {
    const share = maskedDiv(grad, add(mul(self, self), mul(other, other)));
    return [mul(share, other), mul(share, neg(self))];
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
    const dtype = resultType(self, other);
    return binaryMap(self, other, dtype, (x, y) => nextAfter(x, y, dtype.name === 'float32'));
  },
  backward: (grad) => [zerosFor(grad), zerosFor(grad)],
});

/** grad / x, and 0 where x is 0. */
function maskedDiv(grad: Tensor, x: Tensor): Tensor {
  return maskedFill(div(grad, x), eqScalar(x, ZERO), ZERO);
}

export const hypot = op('fm hypot(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => binaryMap(self, other, resultType(self, other), Math.hypot),
  save: ({ args: [self, other], result }) => ({ self, other, result }),
  backward: (grad, { self, other, result }) => [mul(grad, div(self, result)), mul(grad, div(other, result))],
  forwardMode: 'elementwise',
});

/** log(eˣ + eʸ), computed from the larger of the two. */
export const logaddexp = op('fm logaddexp(Tensor input, Tensor other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) =>
    fractional(self, other, (x, y) =>
      x === y && !Number.isFinite(x) ? x : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))),
    ),
  save: ({ args: [self, other], result }) => ({ self, other, result }),
  backward: (grad, { self, other, result }) => [
    mul(grad, exp(sub(self, result))),
    mul(grad, exp(sub(other, result))),
  ],
  forwardMode: 'elementwise',
});

/** x log y, and 0 where x is 0. */
export const xlogy = op('fm xlogy(Tensor input, Tensor|Number other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) =>
    fractional(self, other, (x, y) => (Number.isNaN(y) ? y : x === 0 ? 0 : x * Math.log(y))),
  save: ({ args: [self, other] }) => ({ self, other }),
  backward: (grad, { self, other }, needs) => [
    needs[0]
      ? maskedFill(
          mul(grad, log(other)),
          mapBinary(self, other, bool, (x, y) => (x === 0 && y <= 0 ? 1 : 0)),
          ZERO,
        )
      : null,
    needs[1] ? div(mul(grad, self), other) : null,
  ],
  forwardMode: 'elementwise',
});

export const copysign = op('fm copysign(Tensor input, Tensor|Number other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) =>
    fractional(self, other, (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  save: ({ args: [self], result }) => ({ self, result }),
  backward: (grad, { self, result }) => [mul(grad, maskedDiv(result, self)), zerosFor(grad)],
  forwardMode: 'elementwise',
});

/** start + weight · (end - start), from the nearer end; rounded as PyTorch's fused multiplication and addition rounds. */
function interpolation(dtype: DType): (start: number, end: number, weight: number) => number {
  const round = rounding(dtype);
  return (start, end, weight) => {
    const w = round(weight);
    return Math.abs(w) < 0.5 ? start + w * round(end - start) : end + round(w - 1) * round(end - start);
  };
}

export const lerp = op('fm lerp(Tensor input, Tensor end, Scalar weight) -> Tensor', {
  inputs: (self, end) => [self, end],
  forward: (self: Tensor, end: Tensor, weight: Scalar) => {
    const interpolate = interpolation(self.dtype);
    return mapBinary(self, end, self.dtype, (x, y) => interpolate(x, y, weight.value));
  },
  save: ({ args: [, , weight] }) => ({ weight }),
  backward: (grad, { weight }) => [mulScalar(grad, scalar(1 - weight.value)), mulScalar(grad, weight)],
  forwardMode: 'elementwise',
});

export const lerpTensor = op('fm lerp(Tensor input, Tensor end, Tensor weight) -> Tensor', {
  node: 'LerpBackward1',
  forward: (self: Tensor, end: Tensor, weight: Tensor) =>
    mapTernary(self, end, weight, self.dtype, interpolation(self.dtype)),
  save: ({ args: [self, end, weight] }) => ({ self, end, weight }),
  backward: (grad, { self, end, weight }, needs) => [
    mul(grad, sub(asTensor(1), weight)),
    mul(grad, weight),
    needs[2] ? mul(grad, sub(end, self)) : null,
  ],
  forwardMode: 'elementwise',
});

/** input + value · tensor1 · tensor2 */
export const addcmul = op(
  'fm addcmul(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor',
  {
    inputs: (self, a, b) => [self, a, b],
    forward: (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      const dtype = resultType(self, a, b);
      const round = rounding(dtype);
      const scale = round(value.value);
      return mapTernary(
        cast(self, dtype),
        cast(a, dtype),
        cast(b, dtype),
        dtype,
        (x, y, z) => x + round(scale * y) * z,
      );
    },
    save: ({ args: [, tensor1, tensor2, value] }) => ({ tensor1, tensor2, value }),
    backward: (grad, { tensor1, tensor2, value }) => [
      grad,
      mul(grad, mulScalar(tensor2, value)),
      mul(grad, mulScalar(tensor1, value)),
    ],
    forwardMode: 'elementwise',
  },
);

/** input + value · tensor1 / tensor2 */
export const addcdiv = op(
  'fm addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor',
  {
    inputs: (self, a, b) => [self, a, b],
    forward: (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      check(
        isFloating(a.dtype) || isFloating(b.dtype),
        () =>
          'Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.',
      );
      const dtype = resultType(self, a, b);
      const round = rounding(dtype);
      const scale = round(value.value);
      return mapTernary(
        cast(self, dtype),
        cast(a, dtype),
        cast(b, dtype),
        dtype,
        (x, y, z) => x + round(round(scale * y) / z),
      );
    },
    save: ({ args: [, tensor1, tensor2, value] }) => ({ tensor1, tensor2, value }),
    backward: (grad, { tensor1, tensor2, value }) => [
      grad,
      mul(grad, div(wrappedNumber(value.value, value.category), tensor2)),
      mul(neg(grad), mulScalar(div(div(tensor1, tensor2), tensor2), value)),
    ],
    forwardMode: 'elementwise',
  },
);

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
    backward: (grad, { self }) =>
      mul(
        grad,
        mapUnary(self, bool, (x) => (Number.isFinite(x) ? 1 : 0)),
      ),
    forwardMode: 'elementwise',
  },
);

/** log(x / (1 - x)), with x kept `eps` away from 0 and 1 where that is given. */
export const logit = op('fm logit(Tensor input, float? eps=None) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, eps: number | null) => {
    const dtype = floatingType(self.dtype);
    return mapUnary(cast(self, dtype), dtype, (x) => {
      const p = eps === null ? x : Math.min(Math.max(x, eps), 1 - eps);
      return Math.log(p / (1 - p));
    });
  },
  save: ({ args: [self, eps] }) => ({ self, eps }),
  backward: (grad, { self, eps }) => {
    const slope = div(grad, mul(self, sub(asTensor(1), self)));
    if (eps === null) {
      return where(
        mapUnary(self, bool, (x) => (x >= 0 && x <= 1 ? 1 : 0)),
        slope,
        asTensor(Number.NaN),
      );
    }
    return where(
      mapUnary(self, bool, (x) => (x >= eps && x <= 1 - eps ? 1 : 0)),
      slope,
      asTensor(0),
    );
  },
  forwardMode: 'elementwise',
});

/** sin(πx) / (πx), and 1 at 0. */
export const sinc = op('fm sinc(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    const dtype = floatingType(self.dtype);
    return mapUnary(cast(self, dtype), dtype, (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)));
  },
  save: ({ args: [self] }) => ({ self }),
  backward: (grad, { self }) => {
    const t = mulScalar(self, scalar(Math.PI));
    const slope = div(sub(mul(t, cos(t)), sin(t)), mul(t, self));
    return mul(grad, maskedFill(slope, eqScalar(self, ZERO), ZERO));
  },
  forwardMode: 'elementwise',
});
