import { withoutTangents } from '../autograd/modes.ts';
import { canCast, type DType, defaults, isFloating, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { floatingType, resultType } from '../kernels/elementwise.ts';
import { broadcastShapes, type Shape } from '../shape.ts';
import { Tensor, wrappedNumber } from '../tensor.ts';
import { refuseBoolSubtraction } from './arithmetic.ts';
import { checkCast, checkShapeFits, inplace } from './inplace.ts';
import { define, registry } from './op.ts';
import { ANY_MEMORY, ELEMENTWISE, type MemoryRule } from './overlap.ts';
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

/** What some of them ask of memory, or before they look at it. */
const MEMORY: Readonly<Record<string, MemoryRule>> = {
  ...Object.fromEntries(['tril', 'triu'].map((name) => [name, ANY_MEMORY])),
  ...Object.fromEntries(
    ['sub', 'subtract'].map((name) => [
      name,
      {
        check: (self: Tensor, args: readonly unknown[]) => {
          refuseBoolSubtraction(self, args[0] as Tensor);
          ELEMENTWISE.check(self, args);
        },
      },
    ]),
  ),
};

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
  define('NotImplemented', {
    forward: (...args: Parameters<Functional>) => withoutTangents(() => functional(...args)),
    ...withoutDerivative(`${name}_`),
  }) as Functional;

/** Of these the kernel depends on the dtype of the operands, which must be one that can be written here. */
const BY_COMMON_TYPE = new Set(
  words(`
  bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift clamp clamp_max clamp_min clip floor_divide fmod
  gcd hypot igamma igammac lcm nextafter pow remainder _remainder`),
);

/** Where PyTorch numbers the nodes of the forms apart. */
const NUMBERED = new Set(words('mvlgamma polygamma'));

/** What these say of a dtype, in words of their own. */
const REFUSALS: Record<string, (self: Tensor, common: DType) => void> = {
  ldexp: (self, common) =>
    check(
      canCast(floatingType(common), self.dtype),
      () => `ldexp can't be cast to the desired output type ${self.dtype.scalarName}`,
    ),
  mvlgamma: ({ dtype }) => {
    check(dtype.category !== 1, () => 'The input tensor may not be a boolean tensor.');
    check(
      isFloating(dtype),
      () =>
        `mvlgamma: result type ${dtype.scalarName} can't be cast to the desired output type ${defaults.float.scalarName}`,
    );
  },
};

/** How many parameters may be given by position. */
const positional = (signature: string): number =>
  signature.split('*')[0].split(',').length - (signature.includes('*') ? 1 : 0);

/** The operands among the arguments: tensors, and numbers in tensors' clothes. */
const operandsAmong = (args: readonly unknown[]): Tensor[] =>
  args.flatMap((arg) => {
    if (arg instanceof Tensor) return [arg];
    return isScalar(arg) ? [wrappedNumber(arg.value, arg.category)] : [];
  });
const isScalar = (arg: unknown): arg is Scalar =>
  typeof arg === 'object' && arg !== null && 'category' in arg;

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
      // PyTorch looks at shapes and dtypes before it looks for a kernel.
      checkShapeFits(self, broadcastAll(self.shape, args));
      if (BY_COMMON_TYPE.has(name)) {
        const byNumbers = /^cl[ai]m?p/.test(name) && !args.some((arg) => arg instanceof Tensor);
        const common = resultType(self, ...operandsAmong(args.slice(0, positional(signature) - 1)));
        checkCast(common, self.dtype, byNumbers ? self.dtype.cName : self.dtype.scalarName);
      }
      REFUSALS[name]?.(self, resultType(self, ...operandsAmong(args)));
      const result = functional(self, ...args);
      const node = result.recordedFn;
      if (node !== null && NUMBERED.has(name)) Object.assign(node, { name: node.name.replace('0', '1') });
      return result;
    },
    MEMORY[name] ?? ELEMENTWISE,
  );
}
