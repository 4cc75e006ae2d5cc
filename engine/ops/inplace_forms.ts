import { fitted, type Scalar } from '../dtype.ts';
import { full, type Tensor } from '../tensor.ts';
import { add, mul } from './arithmetic.ts';
import { inplace } from './inplace.ts';
import { define } from './op.ts';
import { zerosFor } from './unary.ts';

// The in-place operations that the engine itself uses; inplace_table.ts makes the others.

export const add_ = inplace(
  'm add_(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor(input)',
  add,
);
export const mul_ = inplace('m mul_(Tensor input, Tensor|Number other) -> Tensor(input)', mul);

const zeros = define('ZeroBackward0', { forward: zerosFor, backward: zerosFor });
export const zero_ = inplace('fm zero_(Tensor input) -> Tensor(input)', (self: Tensor) => zeros(self));

const filled = define('FillBackward1', {
  inputs: (self) => [self, null],
  forward: (self: Tensor, value: Scalar) => full(self.shape, fitted(value, self.dtype), self.dtype),
  backward: (grad) => [zerosFor(grad), null],
});
export const fill_ = inplace('fm fill_(Tensor input, Scalar value) -> Tensor(input)', filled);
