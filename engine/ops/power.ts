import { FLOAT, float64, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { resultType } from '../kernels/elementwise.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { asTensor, binaryMap, mul, subScalar } from './arithmetic.ts';
import { where } from './choose.ts';
import { eqScalar } from './compare.ts';
import { to } from './copy.ts';
import { type Binary, op, register } from './op.ts';
import { power, powScalar, raise } from './scalar_power.ts';
import { log, zerosFor } from './unary.ts';

export const powTensor: Binary = op('fm pow(Tensor input, Tensor exponent) -> Tensor', {
  node: 'PowBackward1',
  forward: (self: Tensor, exponent: Tensor) => {
    const dtype = resultType(self, exponent);
    if (dtype.category < FLOAT) checkIntegerExponent(exponent);
    return binaryMap(self, exponent, dtype, power);
  },
  save: ({ args: [self, exponent], result }) => ({ self, exponent, result }),
  backward: (grad, { self, exponent, result }, needs) => [
    needs[0]
      ? where(
          eqScalar(exponent, { value: 0, category: FLOAT }),
          zerosFor(grad),
          mul(grad, mul(exponent, powTensor(self, subScalar(exponent, { value: 1, category: 2 })))),
        )
      : null,
    needs[1] ? exponentGradient(grad, self, exponent, result) : null,
  ],
  forwardMode: 'elementwise',
});

function checkIntegerExponent(exponent: Tensor): void {
  check(
    !Array.from(exponent.storage.data).some((x) => x < 0),
    () => 'Integers to negative integer powers are not allowed.',
  );
}

/** d(a^b)/db = a^b log a, and 0 where a is 0 and b is not negative. */
function exponentGradient(grad: Tensor, self: Tensor, exponent: Tensor, result: Tensor): Tensor {
  const atZero = binaryMap(self, exponent, self.dtype, (x, y) => (x === 0 && y >= 0 ? 1 : 0));
  return mul(grad, where(toMask(atZero), zerosFor(result), mul(result, log(self))));
}

const toMask = (self: Tensor): Tensor => eqScalar(self, { value: 1, category: FLOAT });

export const scalarPower: (base: Scalar, exponent: Tensor) => Tensor = op(
  'f pow(Scalar self, Tensor exponent) -> Tensor',
  {
    node: 'PowBackward2',
    inputs: (_, exponent) => [exponent],
    forward: (base: Scalar, exponent: Tensor) => {
      const number = wrappedNumber(base.value, base.category);
      return binaryMap(number, exponent, resultType(number, exponent), power);
    },
    save: ({ args: [self, exponent], result }) => ({ self, exponent, result }),
    backward: (grad, { self, exponent, result }) => {
      const logBase = Math.log(self.value);
      const slope = mul(result, asTensor(logBase));
      if (self.value !== 0) return mul(grad, slope);
      return mul(
        grad,
        where(
          toMask(binaryMap(exponent, exponent, exponent.dtype, (y) => (y >= 0 ? 1 : 0))),
          zerosFor(result),
          slope,
        ),
      );
    },
    forwardMode: 'elementwise',
  },
);

register('fm pow(Tensor input, Scalar exponent) -> Tensor', powScalar);

export const square = register('fm square(Tensor input) -> Tensor', (self: Tensor) => raise(self, 2));

register('fm float_power(Tensor input, Tensor exponent) -> Tensor', (self: Tensor, exponent: Tensor) =>
  powTensor(to(self, float64), to(exponent, float64)),
);
register('fm float_power(Tensor input, Scalar exponent) -> Tensor', (self: Tensor, exponent: Scalar) =>
  powScalar(to(self, float64), { value: exponent.value, category: FLOAT }),
);
