import { bool, FLOAT, fitted, INTEGER, notBool, requireKernel, type Scalar, scalar } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { cast, copyInto, mapBinary, mapTernary, mapUnary, resultType } from '../kernels/elementwise.ts';
import { broadcastShapes, broadcastStrides, elementOffsets } from '../shape.ts';
import { empty, item, type Tensor, wrappedNumber } from '../tensor.ts';
import { wrappers } from '../transforms/levels.ts';
import { add, asTensor, binaryMap, div, mul, sub } from './arithmetic.ts';
import { eq, ge, gt, le, lt } from './compare.ts';
import { inplace } from './inplace.ts';
import { define, op, register, type UnaryWith } from './op.ts';
import { expandedWithWarning } from './overlap.ts';
import { logicalNot } from './predicates.ts';
import { zerosFor } from './unary.ts';

/** Elements of `self` where `condition` holds, else of `other`. */
export const where = op('fm where(Tensor condition, Tensor|Number input, Tensor|Number other) -> Tensor', {
  inputs: (_, self, other) => [self, other],
  forward: (condition: Tensor, self: Tensor, other: Tensor) => {
    const dtype = resultType(self, other);
    check(
      condition.dtype === bool || condition.dtype.name === 'uint8',
      () =>
        `where expected condition to be a boolean tensor, but got a tensor with dtype ${condition.dtype.scalarName}`,
    );
    if (condition.dtype !== bool) {
      warnings.emit(
        'where received a uint8 condition tensor. This behavior is deprecated and will be removed in a future version of PyTorch. Use a boolean condition instead.',
        'UserWarning',
      );
    }
    return mapTernary(condition, cast(self, dtype), cast(other, dtype), dtype, (c, x, y) =>
      c !== 0 ? x : y,
    );
  },
  save: ({ args: [condition] }) => ({ condition }),
  backward: (grad, { condition }, needs) => [
    needs[0] ? where(condition, grad, asTensor(0)) : null,
    needs[1] ? where(condition, asTensor(0), grad) : null,
  ],
  forwardMode: 'elementwise',
}) as (condition: Tensor, self: Tensor, other: Tensor) => Tensor;
register(
  'm where(Tensor input, Tensor condition, Tensor|Number other) -> Tensor',
  (self: Tensor, condition: Tensor, other: Tensor) => where(condition, self, other),
);

/** How a choice between two moves: with the second, and by `share` of the way with the first. */
function turned(own: Tensor | null, others: Tensor | null, share: Tensor): Tensor {
  const [first, second] = [own ?? zerosFor(others as Tensor), others ?? zerosFor(own as Tensor)];
  return add(second, mul(share, sub(first, second)));
}

/** The larger (or smaller) of two; where they are equal each gets half of the gradient. NaN wins. */
function extreme(names: readonly string[], pick: (x: number, y: number) => number, beats: typeof ge) {
  const run = op(`fm ${names[0]}(Tensor input, Tensor other) -> Tensor`, {
    forward: (self: Tensor, other: Tensor) => binaryMap(self, other, resultType(self, other), pick),
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }, needs) => {
      const shared = where(eq(self, other), div(grad, asTensor(2)), grad);
      return [
        needs[0] ? zeroWhere(shared, beats(other, self)) : null,
        needs[1] ? zeroWhere(shared, beats(self, other)) : null,
      ];
    },
    forwardMode: ([own, others], { args: [self, other], result }) =>
      turned(own, others, where(eq(self, other), asTensor(0.5), cast(beats(self, other), result.dtype))),
    batch: 'elementwise',
  });
  for (const name of names.slice(1)) register(`fm ${name}(Tensor input, Tensor other) -> Tensor`, run);
  return run;
}
/** Of equals, 0 and -0 for example, the first. */
const larger = (x: number, y: number): number => (Number.isNaN(x) || x >= y ? x : y);
const smaller = (x: number, y: number): number => (Number.isNaN(x) || x <= y ? x : y);
export const maximum = extreme(['maximum'], larger, gt);
export const minimum = extreme(['minimum'], smaller, lt);

const skippingNaN =
  (pick: (x: number, y: number) => number) =>
  (x: number, y: number): number =>
    Number.isNaN(x) ? y : Number.isNaN(y) ? x : pick(x, y);

/** maximum and minimum that ignore NaN; of equals the first gets the gradient. */
function extremeSkippingNaN(
  name: string,
  pick: (x: number, y: number) => number,
  wins: (x: number, y: number) => boolean,
  /** Which of equals moves the result. */
  moves: (x: number, y: number) => boolean = wins,
) {
  const comparing =
    (test: (x: number, y: number) => boolean) =>
    (self: Tensor, other: Tensor): Tensor =>
      mapBinary(self, other, bool, (x, y) => (Number.isNaN(y) || test(x, y) ? 1 : 0));
  const [first, leads] = [comparing(wins), comparing(moves)];
  return op(`fm ${name}(Tensor input, Tensor other) -> Tensor`, {
    forward: (self: Tensor, other: Tensor) =>
      binaryMap(self, other, resultType(self, other), skippingNaN(pick)),
    save: ({ args: [self, other] }) => ({ self, other }),
    backward: (grad, { self, other }) => {
      const chosen = first(self, other);
      const zero = { value: 0, category: INTEGER } as const;
      return [maskedFill(grad, logicalNot(chosen), zero), maskedFill(grad, chosen, zero)];
    },
    forwardMode: ([own, others], { args: [self, other], result }) =>
      turned(own, others, cast(leads(self, other), result.dtype)),
    batch: 'elementwise',
  });
}
export const fmax = extremeSkippingNaN(
  'fmax',
  larger,
  (x, y) => x >= y,
  (x, y) => x > y,
);
export const fmin = extremeSkippingNaN('fmin', smaller, (x, y) => x <= y);

const clampScalar = (x: number, low: number | undefined, high: number | undefined): number => {
  if (Number.isNaN(x)) return x;
  const raised = low !== undefined && x < low ? low : x;
  return high !== undefined && raised > high ? high : raised;
};

function clampRaw(self: Tensor, min: Scalar | null, max: Scalar | null): Tensor {
  const limits = [min, max].filter((limit) => limit !== null);
  const dtype = resultType(self, ...limits.map((limit) => wrappedNumber(limit.value, limit.category)));
  requireKernel(
    min === null ? 'clamp_max_scalar_cpu' : max === null ? 'clamp_min_scalar_cpu' : 'clamp_scalar_cpu',
    dtype,
    notBool,
  );
  const [low, high] = [min, max].map((limit) => (limit === null ? undefined : fitted(limit, dtype)));
  return mapUnary(cast(self, dtype), dtype, (x) => clampScalar(x, low, high));
}

export const clampTensors = op('fm clamp(Tensor input, Tensor? min=None, Tensor? max=None) -> Tensor', {
  inputs: (self, min, max = null) => [self, min, max],
  forward: (self: Tensor, min: Tensor | null, max: Tensor | null = null) => {
    if (min === null && max === null) fail("torch.clamp: At least one of 'min' or 'max' must not be None");
    const dtype = resultType(self, ...[min, max].filter((limit) => limit !== null));
    if (min !== null && max !== null) requireKernel('clamp_cpu', dtype, notBool);
    const raised = min === null ? cast(self, dtype) : binaryMap(self, min, dtype, Math.max);
    return max === null ? raised : binaryMap(raised, max, dtype, Math.min);
  },
  save: ({ args: [self, min, max] }) => ({ self, min, max: max ?? null }),
  backward: (grad, { self, min, max }) => {
    const above = min === null ? null : ge(self, min);
    const below = max === null ? null : le(self, max);
    const passes = above === null || below === null ? ((above ?? below) as Tensor) : mul(above, below);
    const raisedBy = (limit: Tensor | null, hit: Tensor | null): Tensor | null =>
      limit === null || hit === null ? null : where(hit, grad, asTensor(0));
    return [
      where(passes, grad, asTensor(0)),
      raisedBy(min, min && lowHit(self, min, max)),
      raisedBy(max, max && highHit(self, min, max)),
    ];
  },
  forwardMode: 'elementwise',
});
/** Limits every element; inside the limits, ends included, the gradient passes. */
export const clamp = op('fm clamp(Tensor input, Scalar? min=None, Scalar? max=None) -> Tensor', {
  node: 'ClampBackward1',
  inputs: (self) => [self],
  forward: (self: Tensor, min: Scalar | null, max: Scalar | null = null) => {
    if (min === null && max === null) fail("torch.clamp: At least one of 'min' or 'max' must not be None");
    return clampRaw(self, min, max);
  },
  save: ({ args: [self, min, max] }) => ({ self, min, max: max ?? null }),
  backward: (grad, { self, min, max }) => where(withinScalars(self, min, max), grad, asTensor(0)),
  forwardMode: 'elementwise',
});
const withinScalars = (self: Tensor, min: Scalar | null, max: Scalar | null): Tensor =>
  mapUnary(self, bool, (x) => ((min === null || x >= min.value) && (max === null || x <= max.value) ? 1 : 0));

/** Where the result is `min`: below it, and `min` itself not above `max`. */
const lowHit = (self: Tensor, min: Tensor, max: Tensor | null): Tensor =>
  max === null ? lt(self, min) : mul(lt(self, min), lt(min, max));
const highHit = (self: Tensor, min: Tensor | null, max: Tensor): Tensor =>
  min === null ? gt(self, max) : add(gt(self, max), lt(max, min));

/** A limit on one side, given as a number or as a tensor; where the limit took effect it gets the gradient. */
function oneSided(
  name: 'clamp_min' | 'clamp_max',
  node: string,
  limit: (x: number, bound: number) => number,
  within: typeof ge,
  beyond: typeof ge,
) {
  const side = name.slice(-3);
  op(`fm ${name}(Tensor input, Tensor ${side}) -> Tensor`, {
    node: `${node}Backward1`,
    forward: (self: Tensor, bound: Tensor) => binaryMap(self, bound, resultType(self, bound), limit),
    save: ({ args: [self, bound] }): Record<string, Tensor> => ({ self, [side]: bound }),
    backward: (grad, saved) => [
      where(within(saved.self, saved[side]), grad, asTensor(0)),
      where(beyond(saved.self, saved[side]), grad, asTensor(0)),
    ],
    forwardMode: 'elementwise',
  });
  const byNumber = op(`fm ${name}(Tensor input, Scalar ${side}) -> Tensor`, {
    node: `${node}Backward0`,
    inputs: (self) => [self],
    forward: (self: Tensor, bound: Scalar) => {
      const other = wrappedNumber(bound.value, bound.category);
      const dtype = resultType(self, other);
      requireKernel(`${name}_scalar_cpu`, dtype, notBool);
      return binaryMap(self, other, dtype, limit);
    },
    save: ({ args: [self, bound] }): Record<string, unknown> => ({ self, [side]: bound }),
    backward: (grad, saved) => {
      const { value, category } = saved[side] as Scalar;
      return where(within(saved.self as Tensor, wrappedNumber(value, category)), grad, asTensor(0));
    },
    forwardMode: 'elementwise',
  });
  return byNumber;
}
export const clampMin = oneSided('clamp_min', 'ClampMin', Math.max, ge, lt);
oneSided('clamp_max', 'ClampMax', Math.min, le, gt);

register('fm clip(Tensor input, Tensor? min=None, Tensor? max=None) -> Tensor', clampTensors);
register('fm clip(Tensor input, Scalar? min=None, Scalar? max=None) -> Tensor', clamp);

/** Writes `value` into `out` where `mask`, broadcast, holds. */
export function fillWhere(out: Tensor, mask: Tensor, value: Scalar): Tensor {
  check(
    mask.dtype === bool,
    () => `masked_fill_ only supports boolean masks, but got mask with dtype ${mask.dtype.cName}`,
  );
  const fill = fitted(value, out.dtype);
  const tests = elementOffsets(out.shape, broadcastStrides(mask.shape, mask.strides, out.shape));
  const places = elementOffsets(out.shape, out.strides);
  for (let i = 0; i < places.length; i++)
    if (mask.storage.data[mask.offset + tests[i]] !== 0) out.storage.data[out.offset + places[i]] = fill;
  return out;
}

/** A row-major copy of `self`, broadcast with `mask`, filled where that holds. */
function filledCopy(self: Tensor, mask: Tensor, value: Scalar): Tensor {
  if (self.wrapped !== null || mask.wrapped !== null) {
    return wrappers.through([self, mask], (x, m) => filledCopy(x, m, value));
  }
  const out = empty(broadcastShapes(mask.shape, self.shape), self.dtype);
  copyInto(out, self);
  return fillWhere(out, mask, value);
}

export const maskedFillTensor: UnaryWith<[Tensor, Tensor]> = op(
  'fm masked_fill(Tensor input, Tensor mask, Tensor value) -> Tensor',
  {
    node: 'MaskedFillBackward1',
    unbatched: 'masked_fill.Tensor',
    inputs: (self, _, value) => [self, value],
    forward: (self: Tensor, mask: Tensor, value: Tensor) => {
      check(
        value.ndim === 0,
        () =>
          `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
      );
      return filledCopy(self, mask, scalar(item(value), value.dtype.category));
    },
    save: ({ args: [, mask] }) => ({ mask }),
    backward: (grad, { mask }, needs) => [
      needs[0] ? maskedFill(grad, mask, ZERO) : null,
      needs[1] ? where(mask, grad, asTensor(0)) : null,
    ],
  },
);
const ZERO = scalar(0);
export const FILLED = expandedWithWarning('masked_fill_', 'tensor[mask] = scalar', () => {});
inplace('m masked_fill_(Tensor input, Tensor mask, Tensor value) -> Tensor(input)', maskedFillTensor, FILLED);

/** `value` where `mask` holds, else `self`. */
export const maskedFill: UnaryWith<[Tensor, Scalar]> = op(
  'fm masked_fill(Tensor input, Tensor mask, Scalar value) -> Tensor',
  {
    inputs: (self) => [self],
    forward: filledCopy,
    save: ({ args: [, mask] }) => ({ mask }),
    backward: (grad, { mask }) => maskedFill(grad, mask, ZERO),
    forwardMode: 'elementwise',
  },
);
inplace('m masked_fill_(Tensor input, Tensor mask, Scalar value) -> Tensor(input)', maskedFill, FILLED);

/** 0 where `mask` holds, as PyTorch's formulas do it in place: the result lies in memory as `self` does. */
export const zeroWhere: (self: Tensor, mask: Tensor) => Tensor = define('MaskedFillBackward0', {
  inputs: (self) => [self],
  forward: (self: Tensor, mask: Tensor) => mapBinary(self, mask, self.dtype, (x, m) => (m !== 0 ? 0 : x)),
  save: ({ args: [, mask] }) => ({ mask }),
  backward: (grad, { mask }) => maskedFill(grad, mask, { value: 0, category: FLOAT }),
  forwardMode: 'elementwise',
});
