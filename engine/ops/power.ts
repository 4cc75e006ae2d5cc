import { FLOAT, float64, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { resultType } from '../kernels/elementwise.ts';
import { broadcastShapes } from '../shape.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { binaryMap, mul, mulScalar, subScalar } from './arithmetic.ts';
import { where } from './choose.ts';
import { eqScalar } from './compare.ts';
import { contiguous, to } from './copy.ts';
import { inplace } from './inplace.ts';
import { type Binary, op, register } from './op.ts';
import { powerIn, powScalar, raise } from './scalar_power.ts';
import { log, zerosFor } from './unary.ts';

export const powTensor: Binary = op('fm pow(Tensor input, Tensor exponent) -> Tensor', {
  node: 'PowBackward1',
  forward: (self: Tensor, exponent: Tensor) => {
    broadcastShapes(self.shape, exponent.shape);
    const dtype = resultType(self, exponent);
    return binaryMap(self, exponent, dtype, powerIn(dtype));
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
      const dtype = resultType(number, exponent);
      // However the exponents lie in memory.
      return binaryMap(number, contiguous(exponent), dtype, powerIn(dtype));
    },
    save: ({ args: [self, exponent], result }) => ({ self, exponent, result }),
    backward: (grad, { self, exponent, result }) => {
      const slope = mulScalar(result, { value: Math.log(self.value), category: FLOAT });
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

// Powers computed in double precision whatever the operands are.
const double = (self: Tensor): Tensor => to(self, float64);
const floatPower = register(
  'fm float_power(Tensor input, Tensor exponent) -> Tensor',
  (self: Tensor, exponent: Tensor) => powTensor(double(self), double(exponent)),
);
register('f float_power(Scalar self, Tensor exponent) -> Tensor', (self: Scalar, exponent: Tensor) =>
  scalarPower({ value: self.value, category: FLOAT }, double(exponent)),
);
const floatPowerScalar = register(
  'fm float_power(Tensor input, Scalar exponent) -> Tensor',
  (self: Tensor, exponent: Scalar) => powScalar(double(self), { value: exponent.value, category: FLOAT }),
);

const inDouble = <E>(run: (self: Tensor, exponent: E) => Tensor) => {
  return (self: Tensor, exponent: E): Tensor => {
    check(
      self.dtype === float64,
      () =>
        `the base given to float_power_ has dtype ${self.dtype.scalarName} but the operation's result requires dtype Double`,
    );
    return run(self, exponent);
  };
};
inplace('m float_power_(Tensor input, Tensor exponent) -> Tensor(input)', inDouble(floatPower));
inplace('m float_power_(Tensor input, Scalar exponent) -> Tensor(input)', inDouble(floatPowerScalar));
