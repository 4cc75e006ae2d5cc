import { bool, type Data, type DType, isFloating, scalar, uint8 } from '../dtype.ts';
import { fail } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { sumAlong } from '../kernels/sum.ts';
import { type Shape, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { divScalar } from './arithmetic.ts';
import { expand, unsqueezeDims, wholeExamples } from './broadcast.ts';
import { constantOp, op } from './op.ts';

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
    divScalar(expand(grad, self_sym_sizes), scalar(self_sym_numel)),
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
  return divScalar(expand(back, shape), scalar(countOf(shape, wrapDims(dim, shape.length))));
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
