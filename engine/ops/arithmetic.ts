import {
  type DType,
  FLOAT,
  int32,
  int64,
  requireKernel,
  rounding,
  type Scalar,
  scalar,
  wholeNumber,
} from '../dtype.ts';
import { check, fail } from '../errors.ts';
import {
  cast,
  floatingType,
  mapBinary,
  mapUnary,
  mapWithNumber,
  resultType,
  resultTypeWith,
} from '../kernels/elementwise.ts';
import { type Vectors, vectors } from '../kernels/simd.ts';
import { broadcastShapes } from '../shape.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { type Binary, define, op, register, type Unary, type UnaryWith } from './op.ts';

/** What formulas may write where an operation takes a tensor: `mul(grad, 2)`. */
export type TensorOrNumber = Tensor | number;

export const asTensor = (x: TensorOrNumber): Tensor =>
  typeof x === 'number' ? wrappedNumber(x, Number.isInteger(x) ? 2 : FLOAT) : x;

/** Both operands in their common dtype, then `f`; `vector` is the kernel that does the same. */
export function binaryMap(
  a: Tensor,
  b: Tensor,
  dtype: DType,
  f: (x: number, y: number) => number,
  vector?: Vectors,
): Tensor {
  const number = b.isWrappedNumber && b.wrapped === null ? scalar(b.storage.data[0], b.dtype.category) : null;
  const result =
    number === null
      ? mapBinary(cast(a, dtype), cast(b, dtype), dtype, f, vector)
      : mapWithNumber(cast(a, dtype), number, dtype, f, vector);
  return dtype === int64 ? exact(result) : result;
}

/**
 * The common dtype of operands, for a kernel that accepts some. PyTorch looks at the shapes first.
 *
 * @throws RuntimeError where the shapes don't broadcast, NotImplementedError for another dtype
 */
export function commonType(
  kernel: string,
  accepts: (type: DType) => boolean,
  ...operands: readonly Tensor[]
): DType {
  operands.map(({ shape }) => shape).reduce(broadcastShapes);
  const dtype = resultType(...operands);
  requireKernel(kernel, dtype, accepts);
  return dtype;
}

/** Refuses whole numbers that the engine's int64 doesn't hold, where PyTorch's would wrap round; and there is no -0. */
export function exact(self: Tensor): Tensor {
  if (self.wrapped !== null) {
    exact(self.wrapped.value);
    return self;
  }
  const { data } = self.storage;
  for (let i = 0; i < data.length; i++) data[i] = wholeNumber(data[i]);
  return self;
}

/** Multiplication that keeps the low bits of what doesn't fit. */
const product = (dtype: DType): ((x: number, y: number) => number) =>
  dtype === int32 ? Math.imul : (x, y) => x * y;

/** Refuses `alpha=0.5` where the tensors are integers, and `alpha=True` where they aren't. */
function checkAlpha(type: DType, alpha: Scalar): void {
  check(
    alpha.category !== 1 || type.category === 1,
    () => 'Boolean alpha only supported for Boolean results.',
  );
  check(
    alpha.category !== FLOAT || type.category === FLOAT,
    () => 'For integral input tensors, argument alpha must not be a floating point number.',
  );
}

const ONE = scalar(1, 2);
const [ADD, SUB, MUL, DIV] = [vectors('add'), vectors('sub'), vectors('mul'), vectors('div')];

/** a + scale · b; the scale is taken in the dtype of the result, the product is not rounded. */
function addScaled(a: Tensor, b: Tensor, dtype: DType, factor: number): Tensor {
  const scale = rounding(dtype)(factor);
  return binaryMap(a, b, dtype, (x, y) => x + scale * y, vectors('addScaled', scale));
}

export const add = op('fm add(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, alpha: Scalar = ONE) => {
    const dtype = resultType(self, other);
    checkAlpha(dtype, alpha);
    const scale = alpha.value;
    if (dtype.name === 'bool') return binaryMap(self, other, dtype, (x, y) => x | (y * scale));
    return scale === 1
      ? binaryMap(self, other, dtype, (x, y) => x + y, ADD)
      : addScaled(self, other, dtype, scale);
  },
  save: ({ args: [, , alpha = ONE] }) => ({ alpha }),
  backward: (grad, { alpha }, needs) => [needs[0] ? grad : null, needs[1] ? scaled(grad, alpha) : null],
  forwardMode: 'linear',
  batch: 'elementwise',
});

export const sub = op('fm sub(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, alpha: Scalar = ONE) => {
    refuseBoolSubtraction(self, other);
    const dtype = resultType(self, other);
    checkAlpha(dtype, alpha);
    const scale = alpha.value;
    return scale === 1
      ? binaryMap(self, other, dtype, (x, y) => x - y, SUB)
      : addScaled(self, other, dtype, -scale);
  },
  save: ({ args: [, , alpha = ONE] }) => ({ alpha }),
  backward: (grad, { alpha }, needs) => [needs[0] ? grad : null, needs[1] ? scaled(neg(grad), alpha) : null],
  forwardMode: 'linear',
  batch: 'elementwise',
});

export function refuseBoolSubtraction(self: Tensor, other: Tensor): void {
  const bools = [self, other].filter((t) => t.dtype.name === 'bool').length;
  if (bools === 2) {
    fail(
      'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.',
    );
  }
  if (bools === 1) {
    fail(
      'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
    );
  }
}

export const rsub = op('f rsub(Tensor input, Tensor other, *, Scalar alpha=1) -> Tensor', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, alpha: Scalar = ONE) => {
    refuseBoolSubtraction(other, self);
    return addScaled(other, self, resultType(self, other), -alpha.value);
  },
  save: ({ args: [, , alpha = ONE] }) => ({ alpha }),
  backward: (grad, { alpha }) => [scaled(neg(grad), alpha), grad],
  forwardMode: 'linear',
  batch: 'elementwise',
});

/** `other - alpha * input`, with a number for `other`: how `1 - x` is recorded. */
export const rsubScalar = op('f rsub(Tensor input, Scalar other, Scalar alpha=1) -> Tensor', {
  node: 'RsubBackward1',
  forward: (self: Tensor, other: Scalar, alpha: Scalar = ONE) => {
    const number = wrappedNumber(other.value, other.category);
    refuseBoolSubtraction(number, self);
    return addScaled(number, self, resultType(number, self), -alpha.value);
  },
  inputs: (self) => [self],
  save: ({ args: [, , alpha = ONE] }) => ({ alpha }),
  backward: (grad, { alpha }) => scaled(neg(grad), alpha),
  forwardMode: 'elementwise',
});

/** What two tangents come to. PyTorch adds zeros where one isn't there, which shows in the tangent's own graph. */
export const together = (a: Tensor | null, b: Tensor | null): Tensor =>
  add(a ?? zerosLike(b as Tensor), b ?? zerosLike(a as Tensor));
const zerosLike = (x: Tensor): Tensor => mapUnary(x, x.dtype, () => 0);

/** The tangent that isn't there times `x`: zeros, whatever `x` is, that remember it. */
const nothingTimes: Unary = define('MulBackward0', {
  inputs: (x: Tensor) => [null, x],
  forward: zerosLike,
  backward: (grad) => [null, zerosLike(grad)],
});

export const mul: Binary = op('fm mul(Tensor input, Tensor|Number other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) => {
    const dtype = resultType(self, other);
    return binaryMap(self, other, dtype, product(dtype), MUL);
  },
  save: ({ args: [self, other], needs }) => ({
    self: needs[1] ? self : null,
    other: needs[0] ? other : null,
  }),
  backward: (grad, { self, other }) => [other && mul(grad, other), self && mul(grad, self)],
  forwardMode: ([own, others], { args: [self, other] }) =>
    add(others ? mul(others, self) : nothingTimes(self), own ? mul(own, other) : nothingTimes(other)),
  batch: 'elementwise',
});

// Arithmetic with a number as PyTorch's own formulas make it: a node with one input, called `…Backward1`.

/** An operation with a number whose slope is `slope` everywhere. */
const withNumber = (
  name: 'Add' | 'Sub' | 'Mul' | 'Div',
  f: (x: number, y: number) => number,
  slope: (grad: Tensor, other: Scalar) => Tensor = (grad) => grad,
): UnaryWith<[Scalar]> => {
  const scales = name === 'Mul' || name === 'Div';
  const vector = vectors(name.toLowerCase() as 'add' | 'sub' | 'mul' | 'div');
  return op(`f _${name.toLowerCase()}_scalar(Tensor input, Scalar other) -> Tensor`, {
    node: `${name}Backward1`,
    inputs: (self) => [self],
    forward: (self: Tensor, other: Scalar) => {
      const common = resultTypeWith(self, other);
      const dtype = name === 'Div' ? floatingType(common) : common;
      return mapWithNumber(cast(self, dtype), other, dtype, f, vector);
    },
    save: ({ args: [, other] }): { other?: Scalar } => (scales ? { other } : {}),
    backward: (grad, { other }) => (other === undefined ? grad : slope(grad, other)),
    forwardMode: 'elementwise',
  });
};

export const addScalar = withNumber('Add', (x, y) => x + y);
export const subScalar = withNumber('Sub', (x, y) => x - y);
export const mulScalar: UnaryWith<[Scalar]> = withNumber(
  'Mul',
  (x, y) => x * y,
  (grad, other) => mulScalar(grad, other),
);
export const divScalar: UnaryWith<[Scalar]> = withNumber(
  'Div',
  (x, y) => x / y,
  (grad, other) => divScalar(grad, other),
);

const scaled = (grad: Tensor, alpha: Scalar): Tensor => (alpha.value === 1 ? grad : mulScalar(grad, alpha));

export const div: Binary = op('fm div(Tensor input, Tensor|Number other) -> Tensor', {
  forward: (self: Tensor, other: Tensor) =>
    binaryMap(self, other, floatingType(resultType(self, other)), (x, y) => x / y, DIV),
  save: ({ args: [self, other], needs }) => ({ self: needs[1] ? self : null, other }),
  backward: (grad, { self, other }, needs) => [
    needs[0] ? div(grad, other) : null,
    // d(a/b)/db = -(a/b)/b, in PyTorch's order of operations.
    self && mul(neg(grad), div(div(self, other), other)),
  ],
  forwardMode: ([own, others], { args: [, other], result }) => {
    const moved = others ? mul(others, result) : nothingTimes(result);
    return div(sub(own ?? zerosLike(moved), moved), other);
  },
  batch: 'elementwise',
});

export const neg: Unary = op('fm neg(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    if (self.dtype.name === 'bool') {
      fail(
        'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
      );
    }
    return binaryMap(self, wrappedNumber(-1, 2), self.dtype, (x, y) => x * y, MUL);
  },
  backward: (grad) => neg(grad),
  forwardMode: 'linear',
  batch: 'elementwise',
});

for (const [alias, target] of [
  ['multiply', mul],
  ['true_divide', div],
  ['divide', div],
] as const) {
  register(`fm ${alias}(Tensor input, Tensor|Number other) -> Tensor`, target);
}
register('fm subtract(Tensor input, Tensor|Number other, *, Scalar alpha=1) -> Tensor', sub);
register('fm negative(Tensor input) -> Tensor', neg);

// `torch.add(1, x)`: as functions these take a number on either side.
const asNumber = (x: Scalar): Tensor => wrappedNumber(x.value, x.category);
for (const [name, target] of [
  ['add', add],
  ['sub', sub],
  ['subtract', sub],
] as [string, (self: Tensor, other: Tensor, alpha: Scalar) => Tensor][]) {
  register(
    `f ${name}(Scalar self, Tensor|Number other, *, Scalar alpha=1) -> Tensor`,
    (self: Scalar, other: Tensor, alpha: Scalar) => target(asNumber(self), other, alpha),
  );
}
for (const [name, target] of [
  ['mul', mul],
  ['multiply', mul],
  ['div', div],
  ['divide', div],
  ['true_divide', div],
] as const) {
  register(`f ${name}(Scalar self, Tensor|Number other) -> Tensor`, (self: Scalar, other: Tensor) =>
    target(asNumber(self), other),
  );
}
