import type { Tensor } from '../tensor.ts';
import { inplace } from './inplace.ts';
import { registry } from './op.ts';

// The in-place form of an elementwise operation is the same formula, the result written into the first argument. This
// file is loaded after all families.

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The operations whose in-place form is a function too: `torch.exp_(x)`. */
const FUNCTIONS_TOO = new Set(
  words(`
  abs acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh ceil clamp clamp_max clamp_min clip
  cos cosh deg2rad erf erfc exp exp2 expm1 fix floor frac gcd i0 lcm ldexp log log10 log1p log2 logit nan_to_num neg
  negative rad2deg reciprocal round rsqrt sigmoid sin sinc sinh sqrt square tan tanh trunc xlogy`),
);
const METHODS = new Set(
  words(`
  absolute addcdiv addcmul arctan2 atan2 bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift
  bitwise_xor copysign cumprod cumsum digamma div divide erfinv float_power floor_divide fmod heaviside hypot igamma
  igammac lerp lgamma logical_and logical_not logical_or logical_xor multiply mvlgamma nextafter polygamma pow remainder
  sgn sign sub subtract true_divide`),
);

for (const { name, where, signature, returns, call } of [...registry]) {
  if (returns !== 'Tensor' || !where.includes('m')) continue;
  const isFunction = FUNCTIONS_TOO.has(name);
  if (!isFunction && !METHODS.has(name)) continue;
  inplace(
    `${isFunction ? 'fm' : 'm'} ${signature.replace('(', '_(')} -> Tensor(input)`,
    call as (self: Tensor, ...args: unknown[]) => Tensor,
  );
}
