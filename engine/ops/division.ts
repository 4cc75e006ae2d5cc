import { FLOAT, type Scalar } from '../dtype.ts';
import { fail } from '../errors.ts';
import { resultType } from '../kernels/elementwise.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { binaryMap, div, mul, neg } from './arithmetic.ts';
import { define, op, register } from './op.ts';
import { zerosFor } from './unary.ts';

type Round = (x: number) => number;

function divideRounded(self: Tensor, other: Tensor, round: Round): Tensor {
  const dtype = resultType(self, other);
  if (dtype.category === FLOAT) return binaryMap(self, other, dtype, (x, y) => round(x / y));
  return binaryMap(self, other, dtype, (x, y) => (y === 0 ? fail('ZeroDivisionError') : round(x / y)));
}

/** Division rounded towards -∞. PyTorch records it, but as a step that has no derivative. */
op('fm floor_divide(Tensor input, Tensor|Number other) -> Tensor', {
  node: 'NotImplemented',
  forward: (self: Tensor, other: Tensor) => divideRounded(self, other, Math.floor),
  backward: () => fail('derivative for aten::floor_divide is not implemented'),
});

const divRounded = define('DivBackward2', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, round: Round) => divideRounded(self, other, round),
  backward: (grad) => [zerosFor(grad), zerosFor(grad)],
  forwardMode: 'elementwise',
});

register(
  'fm div(Tensor input, Tensor|Number other, *, str? rounding_mode) -> Tensor',
  (self: Tensor, other: Tensor, mode: string | null) => {
    if (mode === null) return div(self, other);
    if (mode === 'floor') return divRounded(self, other, Math.floor);
    if (mode === 'trunc') return divRounded(self, other, Math.trunc);
    return fail(`div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`);
  },
);

const withSignOfDivisor = (x: number, y: number): number => {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
};

/** What a division leaves over; the gradient of the divisor counts how often it was taken away. */
function remainderOp(name: string, f: (x: number, y: number) => number, round: Round) {
  const leftOver = (self: Tensor, other: Tensor): Tensor =>
    binaryMap(self, other, resultType(self, other), f);
  op(`fm ${name}(Tensor input, Scalar other) -> Tensor`, {
    inputs: (self) => [self],
    forward: (self: Tensor, other: Scalar) => leftOver(self, wrappedNumber(other.value, other.category)),
    backward: (grad) => grad,
    forwardMode: 'elementwise',
  });
  op(`fm ${name}(Tensor input, Tensor other) -> Tensor`, {
    node: `${name === 'fmod' ? 'Fmod' : 'Remainder'}Backward1`,
    forward: leftOver,
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }, needs) => [
      grad,
      needs[1] ? mul(neg(grad), divRounded(self, other, round)) : null,
    ],
    forwardMode: 'elementwise',
  });
}

remainderOp('remainder', withSignOfDivisor, Math.floor);
remainderOp('fmod', (x, y) => x % y, Math.trunc);
