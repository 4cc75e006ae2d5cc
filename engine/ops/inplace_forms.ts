import type { Scalar } from '../dtype.ts';
import { full, type Tensor } from '../tensor.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { inplace } from './inplace.ts';
import { define } from './op.ts';
import {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  ceil,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  erfinv,
  exp,
  exp2,
  expm1,
  floor,
  frac,
  lgamma,
  log,
  log1p,
  log2,
  log10,
  reciprocal,
  round,
  roundDecimals,
  rsqrt,
  sgn,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
  zerosFor,
} from './unary.ts';

export const add_ = inplace(
  'm add_(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor(input)',
  add,
);
export const sub_ = inplace(
  'm sub_(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor(input)',
  sub,
);
export const mul_ = inplace('m mul_(Tensor input, Tensor|Number other) -> Tensor(input)', mul);
export const div_ = inplace('m div_(Tensor input, Tensor|Number other) -> Tensor(input)', div);
inplace('fm neg_(Tensor input) -> Tensor(input)', neg);

for (const [name, functional] of Object.entries({
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  ceil,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  erfinv,
  exp,
  exp2,
  expm1,
  floor,
  frac,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  reciprocal,
  rsqrt,
  sgn,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
})) {
  inplace(`fm ${name}_(Tensor input) -> Tensor(input)`, functional);
}
inplace('fm round_(Tensor input) -> Tensor(input)', round);
inplace('fm round_(Tensor input, *, int decimals) -> Tensor(input)', roundDecimals);

const zeros = define('ZeroBackward0', { forward: zerosFor, backward: zerosFor });
export const zero_ = inplace('fm zero_(Tensor input) -> Tensor(input)', (self: Tensor) => zeros(self));

const filled = define('FillBackward1', {
  inputs: (self) => [self, null],
  forward: (self: Tensor, value: Scalar) => full(self.shape, value.value, self.dtype),
  backward: (grad) => [zerosFor(grad), null],
});
export const fill_ = inplace('fm fill_(Tensor input, Scalar value) -> Tensor(input)', filled);
