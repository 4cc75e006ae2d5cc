import { isFloating, notBool, rounding, type Scalar } from '../dtype.ts';
import { fail } from '../errors.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { binaryMap, commonType, div, mul, neg, sub } from './arithmetic.ts';
import { define, op, register } from './op.ts';
import { withoutDerivative } from './supported.ts';
import { zerosFor } from './unary.ts';

type Pairing = (x: number, y: number) => number;

/** How a quotient is rounded: of floats, in steps that `cut` rounds to their dtype, and of whole numbers. */
interface Rounding {
  readonly kernel: string;
  readonly floats: (cut: (x: number) => number) => Pairing;
  readonly integers: Pairing;
}

/** Towards -∞, as Python's `//`: from what `fmod` leaves over, so that the quotient and it belong together. */
const FLOOR: Rounding = {
  kernel: 'div_floor_cpu',
  floats: (cut) => (x, y) => {
    if (y === 0) return x / y;
    const rest = x % y;
    let quotient = cut(cut(x - rest) / y);
    if (rest !== 0 && y < 0 !== rest < 0) quotient -= 1;
    if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
    const floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  },
  integers: (x, y) => Math.floor(x / y),
};

/** Towards 0. */
const TRUNC: Rounding = {
  kernel: 'div_trunc_cpu',
  floats: (cut) => (x, y) => Math.trunc(cut(x / y)),
  integers: (x, y) => Math.trunc(x / y),
};

const dividing =
  (f: Pairing): Pairing =>
  (x, y) =>
    y === 0 ? fail('ZeroDivisionError') : f(x, y);

function divideRounded(self: Tensor, other: Tensor, { kernel, floats, integers }: Rounding): Tensor {
  const dtype = commonType(kernel, notBool, self, other);
  return binaryMap(self, other, dtype, isFloating(dtype) ? floats(rounding(dtype)) : dividing(integers));
}

/** Division rounded towards -∞. PyTorch records it, but as a step that has no derivative. */
const floorDivide = op('fm floor_divide(Tensor input, Tensor|Number other) -> Tensor', {
  ...withoutDerivative('floor_divide'),
  forward: (self: Tensor, other: Tensor) => divideRounded(self, other, FLOOR),
});

register('f floor_divide(Scalar self, Tensor|Number other) -> Tensor', (self: Scalar, other: Tensor) =>
  floorDivide(wrappedNumber(self.value, self.category), other),
);

const divRounded = define('DivBackward2', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, way: Rounding) => divideRounded(self, other, way),
  save: ({ args: [self, other, way], needs }) => ({
    self: needs[1] ? self : null,
    other,
    rounding_mode: way === FLOOR ? 'floor' : 'trunc',
  }),
  backward: (grad) => [zerosFor(grad), zerosFor(grad)],
  forwardMode: 'elementwise',
});

for (const name of ['div', 'divide']) {
  register(
    `fm ${name}(Tensor input, Tensor|Number other, *, str? rounding_mode) -> Tensor`,
    (self: Tensor, other: Tensor, mode: string | null) => {
      if (mode === null) return div(self, other);
      if (mode === 'floor') return divRounded(self, other, FLOOR);
      if (mode === 'trunc') return divRounded(self, other, TRUNC);
      return fail(`div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`);
    },
  );
}

const withSignOfDivisor: Pairing = (x, y) => {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
};

/** What a division leaves over; the gradient of the divisor counts how often it was taken away. */
function remainderOp(name: 'remainder' | 'fmod', f: Pairing, way: Rounding) {
  const leftOver = (self: Tensor, other: Tensor): Tensor => {
    const dtype = commonType(`${name}_cpu`, notBool, self, other);
    return binaryMap(self, other, dtype, isFloating(dtype) ? f : dividing(f));
  };
  const byTensor = op(`fm ${name}(Tensor input, Tensor other) -> Tensor`, {
    node: `${name === 'fmod' ? 'Fmod' : 'Remainder'}Backward1`,
    forward: leftOver,
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }, needs) => [
      grad,
      needs[1] ? mul(neg(grad), divRounded(self, other, way)) : null,
    ],
    forwardMode: ([own, others], { args: [self, other] }) => {
      const moved = others && mul(others, divRounded(self, other, way));
      return sub(own ?? zerosFor(moved as Tensor), moved ?? zerosFor(own as Tensor));
    },
    batch: 'elementwise',
  });
  const byNumber = op(`fm ${name}(Tensor input, Scalar other) -> Tensor`, {
    inputs: (self) => [self],
    forward: (self: Tensor, other: Scalar) => leftOver(self, wrappedNumber(other.value, other.category)),
    backward: (grad) => grad,
    forwardMode: 'elementwise',
  });
  if (name === 'remainder') {
    op('f remainder(Scalar self, Tensor other) -> Tensor', {
      ...withoutDerivative('remainder'),
      forward: (self: Scalar, other: Tensor) => leftOver(wrappedNumber(self.value, self.category), other),
    });
  }
  // What Python's `%` calls.
  register(`m _${name}(Tensor input, Tensor|Number other) -> Tensor`, (self: Tensor, other: Tensor) =>
    other.isWrappedNumber
      ? byNumber(self, { value: other.storage.data[0], category: other.dtype.category })
      : byTensor(self, other),
  );
}

remainderOp('remainder', withSignOfDivisor, FLOOR);
remainderOp('fmod', (x, y) => x % y, TRUNC);
