import { bool, type Data, type DType, int64, isFloating, notBool, uint8 } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { positionOf, reduce, runsOf } from '../kernels/reduce.ts';
import { sumAlong } from '../kernels/sum.ts';
import { reducedShape, type Shape, wrapDim, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, div, mul } from './arithmetic.ts';
import { expand, sumDims, unsqueezeDims, wholeExamples } from './broadcast.ts';
import { maximum, minimum } from './choose.ts';
import { eq } from './compare.ts';
import { constantOp, multiOp, op, register } from './op.ts';
import { reshape } from './view.ts';

/** How many elements are reduced to one. */
export const countOf = (shape: Shape, dims: readonly number[]): number =>
  dims.reduce((n, d) => n * shape[d], 1);

export const foldMean = (data: Data, start: number, steps: Int32Array): number => {
  let total = 0;
  for (let i = 0; i < steps.length; i++) total += data[start + steps[i]];
  return total / steps.length;
};

function meanAlong(self: Tensor, dims: readonly number[], keepdim: boolean, dtype: DType): Tensor {
  const total = sumAlong(self, dims, keepdim, dtype);
  const { data } = total.storage;
  const count = countOf(self.shape, dims);
  for (let i = 0; i < data.length; i++) data[i] /= count;
  return total;
}

/** @throws RuntimeError for a dtype that has no mean. */
function meanType(self: Tensor, dtype: DType | null | undefined): DType {
  const type = dtype ?? self.dtype;
  if (isFloating(type)) return type;
  return fail(
    dtype
      ? `mean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. Got: ${type.scalarName}`
      : `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${type.scalarName}`,
  );
}

export const mean = op('fm mean(Tensor input, *, ScalarType? dtype=None) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dtype?: DType | null) => {
    const type = meanType(self, dtype);
    return meanAlong(cast(self, type), wrapDims(null, self.ndim), false, type);
  },
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape, self_sym_numel: self.numel }),
  backward: (grad, { self_sym_sizes, self_sym_numel }) =>
    div(expand(grad, self_sym_sizes), asTensor(self_sym_numel)),
  forwardMode: 'linear',
  batch: (_, self: Tensor, dtype?: DType | null) => meanDims(...wholeExamples(self), false, dtype),
});

export const meanDims = op(
  'fm mean(Tensor input, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  {
    node: 'MeanBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, keepdim: boolean = false, dtype?: DType | null) => {
      const type = meanType(self, dtype);
      return meanAlong(cast(self, type), wrapDims(dim, self.ndim), keepdim, type);
    },
    save: ({ args: [self, dim, keepdim = false] }) => ({
      self_sym_sizes: self.shape,
      self_sym_numel: self.numel,
      dim,
      keepdim,
    }),
    backward: (grad, { self_sym_sizes, dim, keepdim }) => meanGradient(grad, self_sym_sizes, dim, keepdim),
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);

/** The gradient of a mean of elements of `shape`: each gets an equal part. */
export function meanGradient(grad: Tensor, shape: Shape, dim: Shape | null, keepdim: boolean): Tensor {
  const back = keepdim ? grad : unsqueezeDims(grad, dim, shape.length);
  return div(expand(back, shape), asTensor(countOf(shape, wrapDims(dim, shape.length))));
}

const larger = (x: number, best: number): boolean => x > best;
const smaller = (x: number, best: number): boolean => x < best;

/** Refuses to look for an extreme among no elements; `dims` is null where all of them are meant. */
export function requireElements(self: Tensor, name: string, dims: readonly number[] | null = null): void {
  if (self.numel > 0) return;
  if (name === 'aminmax') {
    fail('aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.');
  }
  if (dims === null) {
    const text = `${name}(): Expected reduction dim to be specified for input.numel() == 0.`;
    if (name.startsWith('arg')) fail(text, 'IndexError');
    fail(`${text} Specify the reduction dim with the 'dim' argument.`);
  }
  const emptied = dims.find((d) => self.shape[d] === 0);
  check(
    emptied === undefined,
    () => `${name}(): Expected reduction dim ${emptied} to have non-zero size.`,
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
    backward: (grad, { self, result }) => shareAmongEqual(grad, self, result, wrapDims(null, self.ndim)),
    batch: (size, self) => (name === 'max' ? maxDim : minDim)(reshape(self, [size, -1]), 1)[0],
  });
}

/** The gradient, split evenly among the elements that are equal to the result. */
export function shareAmongEqual(grad: Tensor, self: Tensor, result: Tensor, dims: readonly number[]): Tensor {
  const mask = eq(self, result);
  const count = sumDims(mask, dims, true);
  return mul(
    mask,
    div(grad, self.ndim === 0 ? asTensor(1) : grad.ndim === self.ndim ? count : sumDims(mask, dims)),
  );
}

export const max = extremeOfAll('max', larger);
export const min = extremeOfAll('min', smaller);

/** amax, amin: the extreme along dimensions; equal ones share the gradient. */
function extremeAlong(name: string, beats: (x: number, best: number) => boolean) {
  const position = positionOf(beats);
  return op(`fm ${name}(Tensor input, int[1] dim=(), bool keepdim=False) -> Tensor`, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape, keepdim: boolean = false) => {
      const dims = wrapDims(dim, self.ndim);
      requireElements(self, name, dim.length === 0 ? null : dims);
      return reduce(
        self,
        dims,
        keepdim,
        self.dtype,
        (data, start, steps) => data[start + steps[position(data, start, steps)]],
      );
    },
    save: ({ args: [self, dim, keepdim = false], result }) => ({ self, dim, keepdim, result }),
    backward: (grad, { self, dim, keepdim, result }) => {
      const back = (t: Tensor): Tensor => (keepdim ? t : unsqueezeDims(t, dim, self.ndim));
      return shareAmongEqual(back(grad), self, back(result), wrapDims(dim, self.ndim));
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
      batch: { along: 1 },
    },
  );
}
// Before those along a dimension: a 0-d tensor of a whole number could be one.
register('fm max(Tensor input, Tensor other) -> Tensor', maximum);
register('fm min(Tensor input, Tensor other) -> Tensor', minimum);
export const maxDim = extremeWithIndex('max', larger);
export const minDim = extremeWithIndex('min', smaller);

/** Zeros of `shape` with `grad` at the given positions along `dim` (value_selecting_reduction_backward). */
export const putBack: (grad: Tensor, shape: Shape, dim: number, keepdim: boolean, indices: Tensor) => Tensor =
  op('f _put_back(Tensor grad, int[] shape, int dim, bool keepdim, Tensor indices) -> Tensor', {
    node: 'ValueSelectingReductionBackwardBackward0',
    inputs: (grad) => [grad],
    forward: (grad: Tensor, shape: Shape, dim: number, _keepdim: boolean, indices: Tensor) => {
      const out = empty(shape, grad.dtype);
      const dims = wrapDims([dim], shape.length);
      const { starts, steps } = runsOf(out, dims);
      const flatGrad = reduce(grad, [], false, grad.dtype, (data, start) => data[start]).storage.data;
      const flatIndices = reduce(indices, [], false, int64, (data, start) => data[start]).storage.data;
      for (let i = 0; i < starts.length; i++)
        out.storage.data[starts[i] + steps[flatIndices[i]]] = flatGrad[i];
      return out;
    },
    save: ({ args: [, , dim, keepdim, indices] }) => ({ dim, keepdim, indices }),
    backward: (grad, { dim, keepdim, indices }) => takeAlong(grad, dim, keepdim, indices),
    batch: (size, grad, shape, dim, keepdim, indices) =>
      shape.length === 0
        ? expand(grad, [size])
        : putBack(grad, [size, ...shape], wrapDim(dim, shape.length) + 1, keepdim, indices),
  });

/** The elements of `self` at one position along `dim` for each run: the adjoint of `putBack`. */
const takeAlong: (self: Tensor, dim: number, keepdim: boolean, indices: Tensor) => Tensor = op(
  'f _take_along(Tensor self, int dim, bool keepdim, Tensor indices) -> Tensor',
  {
    node: 'GatherBackward0',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, keepdim: boolean, indices: Tensor) => {
      const dims = wrapDims([dim], self.ndim);
      const out = empty(reducedShape(self.shape, dims, keepdim), self.dtype);
      const { starts, steps } = runsOf(self, dims);
      const flat = reduce(indices, [], false, int64, (data, start) => data[start]).storage.data;
      for (let i = 0; i < starts.length; i++)
        out.storage.data[i] = self.storage.data[self.offset + starts[i] + steps[flat[i]]];
      return out;
    },
    save: ({ args: [self, dim, keepdim, indices] }) => ({ shape: self.shape, dim, keepdim, indices }),
    backward: (grad, { shape, dim, keepdim, indices }) => putBack(grad, shape, dim, keepdim, indices),
    batch: { along: 1 },
  },
);

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

/** any, all: logical reductions, answering with a bool; with a byte where the input are bytes. */
function logical(name: string, stopAt: boolean): void {
  const fold = (data: Data, start: number, steps: Int32Array): number => {
    for (let i = 0; i < steps.length; i++)
      if ((data[start + steps[i]] !== 0) === stopAt) return Number(stopAt);
    return Number(!stopAt);
  };
  const along = (self: Tensor, dims: readonly number[], keepdim: boolean): Tensor =>
    reduce(self, dims, keepdim, self.dtype === uint8 ? uint8 : bool, fold);
  constantOp(`fm ${name}(Tensor input) -> Tensor`, {
    forward: (self: Tensor) => along(self, wrapDims(null, self.ndim), false),
  });
  constantOp(`fm ${name}(Tensor input, int[]? dim=None, bool keepdim=False) -> Tensor`, {
    // An empty list means no dimension at all here.
    forward: (self: Tensor, dim: Shape | null, keepdim: boolean) =>
      along(self, dim?.length === 0 ? [] : wrapDims(dim, self.ndim), keepdim),
    batch: { along: 1 },
  });
  constantOp(`fm ${name}(Tensor input, int dim, bool keepdim=False) -> Tensor`, {
    forward: (self: Tensor, dim: number, keepdim: boolean) =>
      along(self, wrapDims([dim], self.ndim), keepdim),
    batch: { along: 1 },
  });
}
logical('any', true);
logical('all', false);

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
    const dims = wrapDims(dim === null ? null : [dim], self.ndim);
    const back = (t: Tensor): Tensor =>
      keepdim ? t : unsqueezeDims(t, dim === null ? null : [dim], self.ndim);
    const parts = [
      low && shareAmongEqual(back(low), self, back(least), dims),
      high && shareAmongEqual(back(high), self, back(most), dims),
    ].filter((part) => part !== null);
    return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
  },
});
