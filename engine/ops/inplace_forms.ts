import { fitted, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { full, item, type Tensor } from '../tensor.ts';
import { add, mul } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { inplace } from './inplace.ts';
import { define, register } from './op.ts';
import { ANY_MEMORY, NOT_EXPANDED } from './overlap.ts';
import { zerosFor } from './unary.ts';

// The in-place operations that the engine itself uses; inplace_table.ts makes the others.

export const add_ = inplace(
  'm add_(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor(input)',
  add,
);
export const mul_ = inplace('m mul_(Tensor input, Tensor|Number other) -> Tensor(input)', mul);

const zeros = define('ZeroBackward0', { forward: zerosFor, backward: zerosFor });
export const zero_ = inplace(
  'fm zero_(Tensor input) -> Tensor(input)',
  (self: Tensor) => zeros(self),
  ANY_MEMORY,
);

/** Everywhere the same number; its node is called after the form in which it was asked for. */
const filled = (node: string, unbatched?: string) =>
  define(node, {
    unbatched,
    inputs: (self) => [self],
    forward: (self: Tensor, value: Scalar) => full(self.shape, fitted(value, self.dtype), self.dtype),
    backward: zerosFor,
  });
const filledBy = (node: string) =>
  define(node, {
    forward: (self: Tensor, value: Tensor) => {
      check(
        value.ndim === 0,
        () => `fill_ only supports 0-dimension value tensor but got tensor with ${value.ndim} dimensions.`,
      );
      return full(self.shape, item(cast(value, self.dtype)), self.dtype);
    },
    backward: (grad) => [zerosFor(grad), sum(grad)],
  });
export const fillBy_ = inplace(
  'fm fill_(Tensor input, Tensor value) -> Tensor(input)',
  filledBy('FillBackward3'),
  NOT_EXPANDED,
);
inplace('fm fill_(Tensor input, Scalar value) -> Tensor(input)', filled('FillBackward2'), ANY_MEMORY);
register('f fill(Tensor input, Tensor value) -> Tensor', filledBy('FillBackward1'));
register('f fill(Tensor input, Scalar value) -> Tensor', filled('FillBackward0', 'fill.Scalar'));
