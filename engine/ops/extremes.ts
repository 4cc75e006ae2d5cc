import { int64, notBool } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { positionOf, reduce } from '../kernels/reduce.ts';
import { type Shape, wrapDim, wrapDims } from '../shape.ts';
import { full, item, type Tensor } from '../tensor.ts';
import { levels } from '../transforms/levels.ts';
import { add, asTensor, div, mul } from './arithmetic.ts';
import { sum, sumDims } from './broadcast.ts';
import { maskedFillTensor, maximum, minimum, where } from './choose.ts';
import { eq, logicalAnd, logicalOr } from './compare.ts';
import { constantOp, multiOp, op, register } from './op.ts';
import { isnan } from './predicates.ts';
import { gather, scatter } from './scatter.ts';
import { zerosFor } from './unary.ts';
import { reshape, squeezePrivate, unsqueeze } from './view.ts';

// The largest and the smallest: as values, as places, of all elements or along dimensions.

const larger = (x: number, best: number): boolean => x > best;
const smaller = (x: number, best: number): boolean => x < best;

/** Refuses to look for an extreme among no elements; `dims` is null where all of them are meant. */
function requireElements(self: Tensor, name: string, dims: readonly number[] | null = null): void {
  if (self.numel > 0) return;
  if (name === 'aminmax' && dims === null) {
    fail('aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.');
  }
  if (dims === null) {
    const text = `${name}(): Expected reduction dim to be specified for input.numel() == 0.`;
    if (name.startsWith('arg')) fail(text, 'IndexError');
    fail(`${text} Specify the reduction dim with the 'dim' argument.`);
  }
  const emptied = dims.find((d) => self.shape[wrapDim(d, self.ndim)] === 0);
  check(
    emptied === undefined,
    () =>
      `${name === 'aminmax' ? name : `${name}()`}: Expected reduction dim ${emptied} to have non-zero size.`,
    'IndexError',
  );
}

/** The extreme of all elements; equal ones share the gradient. */
function extremeOfAll(name: string, beats: (x: number, best: number) => boolean): (self: Tensor) => Tensor {
  const position = positionOf(beats);
  return op(`fm ${name}(Tensor input) -> Tensor`, {
    node: `${name === 'max' ? 'Max' : 'Min'}Backward1`,
    forward: (self: Tensor) => {
      requireElements(self, name);
      return reduce(
        self,
        wrapDims(null, self.ndim),
        false,
        self.dtype,
        (data, start, steps) => data[start + steps[position(data, start, steps)]],
      );
    },
    save: ({ args: [self], result }) => ({ self, result }),
    backward: (grad, { self, result }) => spreadEvenly(grad, self, result),
    forwardMode: readEvenly,
    batch: (size, self) => (name === 'max' ? maxDim : minDim)(reshape(self, [size, -1]), 1)[0],
  });
}

/** The gradient of a value that was chosen among all: split evenly among the elements that are equal to it. */
export function spreadEvenly(grad: Tensor, self: Tensor, result: Tensor): Tensor {
  if (levels.top !== null) {
    const mask = logicalOr(eq(self, result), logicalAnd(isnan(self), isnan(result)));
    return mul(mask, div(grad, sum(mask)));
  }
  const mask = Number.isNaN(item(result)) ? isnan(self) : eq(self, result);
  return maskedFillTensor(zerosFor(self), mask, div(grad, sum(mask)));
}

/** The tangent of such a value: the mean of those of the elements that are equal to it. */
export function readEvenly(
  [tangent]: readonly (Tensor | null)[],
  { args: [self], result }: { args: [Tensor]; result: Tensor },
): Tensor {
  const mask = eq(self, result);
  return sum(mul(mask, div(tangent as Tensor, sum(mask))));
}

/** The gradient, along each run divided by the number of elements that `mask` marks there, and given to them. */
const sharedAmong = (grad: Tensor, mask: Tensor, dims: Shape): Tensor =>
  mul(div(grad, sumDims(mask, dims, true)), mask);

/** What was reduced over `dims`, with size 1 in their places. */
function withReducedDims(self: Tensor, dims: Shape, keepdim: boolean): Tensor {
  if (keepdim) return self;
  const ndim = self.ndim + dims.length;
  const gone = dims.map((d) => wrapDim(d, ndim));
  let next = 0;
  return reshape(
    self,
    Array.from({ length: ndim }, (_, d) => (gone.includes(d) ? 1 : self.shape[next++])),
  );
}

export const max = extremeOfAll('max', larger);
export const min = extremeOfAll('min', smaller);

/** amax, amin: the extreme along dimensions; equal ones share the gradient. */
function extremeAlong(name: string, beats: (x: number, best: number) => boolean) {
  const position = positionOf(beats);
  return op(`fm ${name}(Tensor input, int[1]? dim=(), bool keepdim=False) -> Tensor`, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, keepdim: boolean = false) => {
      const dims = wrapDims(dim, self.ndim);
      requireElements(self, name, dim?.length ? dim : null);
      return reduce(
        self,
        dims,
        keepdim,
        self.dtype,
        (data, start, steps) => data[start + steps[position(data, start, steps)]],
      );
    },
    save: ({ args: [self, dim, keepdim = false], result }) => ({ self, dim: dim ?? [], keepdim, result }),
    backward: (grad, { self, dim, keepdim, result }) =>
      sharedAmong(withReducedDims(grad, dim, keepdim), eq(withReducedDims(result, dim, keepdim), self), dim),
    forwardMode: ([tangent], { args: [self, dim, keepdim = false], result }) => {
      const mask = eq(self, withReducedDims(result, dim ?? [], keepdim));
      const moved = where(mask, tangent as Tensor, asTensor(0));
      return div(sumDims(moved, dim, keepdim), sumDims(mask, dim, keepdim));
    },
    batch: { along: 1 },
  });
}
export const amax = extremeAlong('amax', larger);
export const amin = extremeAlong('amin', smaller);

/** Values and positions of the extremes along `dim`; only the element at the position gets the gradient. */
function extremeWithIndex(name: 'max' | 'min', beats: (x: number, best: number) => boolean) {
  const position = positionOf(beats);
  return multiOp(
    `fm ${name}(Tensor input, int dim, bool keepdim=False) -> ${name}(Tensor values, Tensor indices)`,
    {
      inputs: (self) => [self],
      forward: (self: Tensor, dim: number, keepdim: boolean = false) => {
        const dims = wrapDims([dim], self.ndim);
        requireElements(self, name, dims);
        const indices = reduce(self, dims, keepdim, int64, position);
        const values = reduce(
          self,
          dims,
          keepdim,
          self.dtype,
          (data, start, steps) => data[start + steps[position(data, start, steps)]],
        );
        return [values, indices];
      },
      save: ({ args: [self, dim, keepdim = false], result }) => ({
        self_sym_sizes: self.shape,
        dim,
        keepdim,
        indices: result[1],
      }),
      backward: ([grad], { self_sym_sizes, dim, keepdim, indices }) =>
        grad === null ? null : putBack(grad, self_sym_sizes, dim, keepdim, indices),
      forwardMode: ([tangent], { args: [, dim, keepdim = false], result: [, indices] }) => [
        readAlong(tangent as Tensor, dim, keepdim, indices),
        indices,
      ],
      batch: { along: 1 },
    },
  );
}
// Before those along a dimension: a 0-d tensor of a whole number could be one.
register('fm max(Tensor input, Tensor other) -> Tensor', maximum);
register('fm min(Tensor input, Tensor other) -> Tensor', minimum);
export const maxDim = extremeWithIndex('max', larger);
export const minDim = extremeWithIndex('min', smaller);

/** Zeros of `shape` with `grad` at the given positions along `dim`: the gradient of choosing by position. */
export function putBack(grad: Tensor, shape: Shape, dim: number, keepdim: boolean, indices: Tensor): Tensor {
  const back = (t: Tensor): Tensor => (keepdim || shape.length === 0 ? t : unsqueeze(t, dim));
  return scatter(full(shape, 0, grad.dtype), dim, back(indices), back(grad));
}

/** The tangent of choosing by position: what stands there. */
export function readAlong(tangent: Tensor, dim: number, keepdim: boolean, indices: Tensor): Tensor {
  if (keepdim || tangent.ndim === 0) return gather(tangent, dim, indices);
  return squeezePrivate(gather(tangent, dim, unsqueeze(indices, dim)), dim);
}

for (const [name, beats] of [
  ['argmax', larger],
  ['argmin', smaller],
] as const) {
  constantOp(`fm ${name}(Tensor input, int? dim=None, bool keepdim=False) -> Tensor`, {
    forward: (self: Tensor, dim: number | null, keepdim: boolean) => {
      check(notBool(self.dtype), () => `${name}(): does not support bool input`);
      const dims = wrapDims(dim === null ? null : [dim], self.ndim);
      requireElements(self, name, dim === null ? null : dims);
      return reduce(self, dims, keepdim, int64, positionOf(beats));
    },
    batch: { along: 1 },
  });
}

/** Both extremes, of all elements or along one dimension; equal ones share the gradient. */
multiOp('fm aminmax(Tensor input, *, int? dim=None, bool keepdim=False) -> aminmax(Tensor min, Tensor max)', {
  inputs: (self) => [self],
  forward: (self: Tensor, dim: number | null, keepdim: boolean) => {
    const dims = wrapDims(dim === null ? null : [dim], self.ndim);
    requireElements(self, 'aminmax', dim === null ? null : dims);
    return [smaller, larger].map((beats) => {
      const position = positionOf(beats);
      return reduce(
        self,
        dims,
        keepdim,
        self.dtype,
        (data, start, steps) => data[start + steps[position(data, start, steps)]],
      );
    });
  },
  save: ({ args: [self, dim, keepdim], result }) => ({ self, dim, keepdim, min: result[0], max: result[1] }),
  backward: ([low, high], { self, dim, keepdim, min: least, max: most }) => {
    const dims = dim === null ? [] : [dim];
    const back = (t: Tensor): Tensor => withReducedDims(t, dims, keepdim);
    const parts = [
      low && sharedAmong(back(low), eq(back(least), self), dims),
      high && sharedAmong(back(high), eq(back(most), self), dims),
    ].filter((part) => part !== null);
    return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
  },
  forwardMode: ([tangent], { args: [self, dim, keepdim], result }) =>
    result.map((extreme) => {
      const dims = dim === null ? [] : [dim];
      const mask = eq(self, withReducedDims(extreme, dims, keepdim));
      const moved = where(mask, tangent as Tensor, asTensor(0));
      return div(sumDims(moved, dims, keepdim), sumDims(mask, dims, keepdim));
    }),
  batch: { along: 1 },
});
