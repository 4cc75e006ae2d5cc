import { broadcastShapes, type Shape } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { checkShapeFits, inplace } from './inplace.ts';
import { define, registry } from './op.ts';
import { ANY_MEMORY, ELEMENTWISE } from './overlap.ts';
import { derivativeMissing, withoutDerivative } from './supported.ts';

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
  bitwise_xor copysign digamma div divide erfinv floor_divide fmod heaviside hypot igamma
  igammac lerp lgamma logical_and logical_not logical_or logical_xor multiply mvlgamma nextafter polygamma pow remainder _remainder
  sgn sign sub subtract tril triu true_divide`),
);

/** These PyTorch records in place, but as steps that have no derivative. */
const UNDIFFERENTIABLE = new Set(words('acosh asinh atanh arccosh arcsinh arctanh'));

type Functional = (self: Tensor, ...args: unknown[]) => Tensor;

const undifferentiable = (name: string, functional: Functional): Functional => {
  const root = name.replace('arc', 'a');
  return define(`${root[0].toUpperCase()}${root.slice(1)}Backward1`, {
    forward: (self: Tensor) => functional(self),
    ...derivativeMissing(`${root}_`, `inplace version of ${root}`),
  }) as Functional;
};

/** These have no derivative in any form, and the message says of which form. */
const UNRECORDED = new Set(words('floor_divide heaviside'));

const unrecorded = (name: string, functional: Functional): Functional =>
  define('NotImplemented', { forward: functional, ...withoutDerivative(`${name}_`) }) as Functional;

const broadcastAll = (shape: Shape, args: readonly unknown[]): Shape =>
  args.reduce<Shape>((all, arg) => (arg instanceof Tensor ? broadcastShapes(all, arg.shape) : all), shape);

for (const { name, where, signature, returns, call } of [...registry]) {
  if (returns !== 'Tensor' || !where.includes('m')) continue;
  const isFunction = FUNCTIONS_TOO.has(name);
  if (!isFunction && !METHODS.has(name)) continue;
  const outOfPlace = call as Functional;
  const functional = UNDIFFERENTIABLE.has(name)
    ? undifferentiable(name, outOfPlace)
    : UNRECORDED.has(name)
      ? unrecorded(name, outOfPlace)
      : outOfPlace;
  inplace(
    `${isFunction ? 'fm' : 'm'} ${signature.replace('(', '_(')} -> Tensor(input)`,
    (self: Tensor, ...args: unknown[]) => {
      // PyTorch looks at the shapes before it computes anything.
      checkShapeFits(self, broadcastAll(self.shape, args));
      return functional(self, ...args);
    },
    name === 'tril' || name === 'triu' ? ANY_MEMORY : ELEMENTWISE,
  );
}
