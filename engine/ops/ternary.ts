import { type DType, fitted, isFloating, notBool, rounding, type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapBinary, mapTernary, resultType } from '../kernels/elementwise.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { asTensor, commonType, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { op } from './op.ts';

/** start + weight · (end - start), from the nearer end; rounded as PyTorch's fused multiplication and addition rounds. */
function interpolation(dtype: DType): (start: number, end: number, weight: number) => number {
  const round = rounding(dtype);
  return (start, end, weight) => {
    const w = round(weight);
    return Math.abs(w) < 0.5 ? start + w * round(end - start) : end + round(w - 1) * round(end - start);
  };
}

function requireDtype(name: string, self: Tensor, other: Tensor): void {
  check(
    self.dtype === other.dtype,
    () => `expected dtype ${self.dtype.cName} for \`${name}\` but got dtype ${other.dtype.cName}`,
  );
}

export const lerpTensor = op('fm lerp(Tensor input, Tensor end, Tensor weight) -> Tensor', {
  node: 'LerpBackward1',
  forward: (self: Tensor, end: Tensor, weight: Tensor) => {
    requireDtype('end', self, end);
    // A single weight counts as a number, which has no dtype of its own.
    if (weight.ndim > 0) requireDtype('weight', self, weight);
    commonType('lerp_kernel_tensor', isFloating, self, end, weight);
    return mapTernary(self, end, weight, self.dtype, interpolation(self.dtype));
  },
  save: ({ args: [self, end, weight] }) => ({ self, end, weight }),
  backward: (grad, { self, end, weight }, needs) => [
    mul(grad, sub(asTensor(1), weight)),
    mul(grad, weight),
    needs[2] ? mul(grad, sub(end, self)) : null,
  ],
  forwardMode: 'elementwise',
});

export const lerp = op('fm lerp(Tensor input, Tensor end, Scalar weight) -> Tensor', {
  inputs: (self, end) => [self, end],
  forward: (self: Tensor, end: Tensor, weight: Scalar) => {
    requireDtype('end', self, end);
    commonType('lerp_kernel_scalar', isFloating, self, end);
    const interpolate = interpolation(self.dtype);
    return mapBinary(self, end, self.dtype, (x, y) => interpolate(x, y, weight.value));
  },
  save: ({ args: [, , weight] }) => ({ weight }),
  backward: (grad, { weight }) => [mulScalar(grad, scalar(1 - weight.value)), mulScalar(grad, weight)],
  forwardMode: 'elementwise',
});

/** input + value · tensor1 · tensor2 */
export const addcmul = op(
  'fm addcmul(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor',
  {
    inputs: (self, a, b) => [self, a, b],
    forward: (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      const dtype = commonType('addcmul_cpu_out', notBool, self, a, b);
      const round = rounding(dtype);
      const scale = fitted(value, dtype);
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
      mul(neg(grad), div(mulScalar(tensor1, value), mul(tensor2, tensor2))),
    ],
    forwardMode: 'elementwise',
  },
);
