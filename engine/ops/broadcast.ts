import { modes } from '../autograd/modes.ts';
import { type DType, int64, isFloating } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { sumAlong } from '../kernels/sum.ts';
import {
  broadcastShapes,
  isExpandableTo,
  type Shape,
  sameShape,
  showShape,
  wrapDim,
  wrapDims,
} from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { op, register, type UnaryWith } from './op.ts';
import { unsqueeze, view } from './view.ts';
import { type Geometry, viewOp } from './view_op.ts';

// Expanding repeats a value, and the gradient of a value that is used often is a sum; summing adds values up, and the
// gradient of each summand is the sum's, repeated. Each of the two is the other's derivative, so they stand together.

const zeros: Shape[] = [];

/** Strides with which every step leads nowhere: a single number, seen as often as one likes. */
const standingStill = (ndim: number): Shape => {
  zeros[ndim] ??= new Array(ndim).fill(0);
  return zeros[ndim];
};

export const expand: UnaryWith<[Shape]> = viewOp(
  'm expand(Tensor input, int[] size, *, bool implicit=False) -> Tensor',
  {
    geometry: (self: Tensor, size: Shape): Geometry => {
      if (self.ndim === 0 && !size.includes(-1)) {
        return { shape: size, strides: standingStill(size.length), offset: self.offset };
      }
      const lead = size.length - self.ndim;
      check(
        lead >= 0,
        () =>
          `expand(${self.dtype.name === 'bool' ? 'CPUBoolType' : `torch.${self.dtype.scalarName}Tensor`}{${showShape(self.shape)}}, size=${showShape(size)}): the number of sizes provided (${size.length}) must be greater or equal to the number of dimensions in the tensor (${self.ndim})`,
      );
      check(self.ndim > 0 || !size.includes(-1), () => 'numel: integer multiplication overflow');
      const shape = [...size];
      for (let d = size.length - 1; d >= 0; d--) {
        const own = self.shape[d - lead];
        const target = size[d];
        if (target === -1) {
          check(
            d >= lead,
            () =>
              `The expanded size of the tensor (${target}) isn't allowed in a leading, non-existing dimension ${d}`,
          );
          shape[d] = own;
          continue;
        }
        check(
          d < lead || own === target || own === 1,
          () =>
            `The expanded size of the tensor (${target}) must match the existing size (${own}) at non-singleton dimension ${d}.  Target sizes: ${showShape(size)}.  Tensor sizes: ${showShape(self.shape)}`,
        );
      }
      const strides = new Array<number>(shape.length);
      for (let d = shape.length - 1; d >= 0; d--) {
        const own = d < lead ? 1 : self.shape[d - lead];
        const step = d >= lead ? self.strides[d - lead] : self.ndim === 0 ? 0 : shape[d + 1] * strides[d + 1];
        strides[d] = own === shape[d] ? step : 0;
      }
      return { shape, strides, offset: self.offset };
    },
    save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
    backward: (grad, { self_sym_sizes }) => sumToSize(grad, self_sym_sizes),
  },
);
register('m expand_as(Tensor input, Tensor other) -> Tensor', (self: Tensor, other: Tensor) =>
  expand(self, other.shape),
);
export const broadcastTo = register(
  'fm broadcast_to(Tensor input, int[] size) -> Tensor',
  (self: Tensor, size: Shape) => expand(self, size),
);

register('f _broadcast_tensors(Tensor[] tensors) -> Tensor[]', (tensors: Tensor[]) => {
  const shape = tensors.map((tensor) => tensor.shape).reduce(broadcastShapes, []);
  // A tensor that has the shape already is handed through as it is.
  return tensors.map((tensor) => (sameShape(tensor.shape, shape) ? tensor : expand(tensor, shape)));
});

/**
 * The dtype of a total: whole numbers and bools add up to int64.
 *
 * @throws RuntimeError where a gradient would have to come back through whole numbers.
 */
export function totalType(self: Tensor, dtype: DType | null | undefined): DType {
  const type = dtype ?? (self.isFloating ? self.dtype : int64);
  check(
    isFloating(type) || !(self.requiresGrad && modes.grad),
    () => `Autograd not support dtype: ${type.scalarName}`,
  );
  return type;
}

export const sum = op('fm sum(Tensor input, *, ScalarType? dtype=None) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dtype?: DType | null) => {
    const type = totalType(self, dtype);
    return sumAlong(cast(self, type), wrapDims(null, self.ndim), false, type);
  },
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => expand(grad, self_sym_sizes),
  forwardMode: 'linear',
  batch: (_, self: Tensor, dtype?: DType | null) => sumDims(...wholeExamples(self), false, dtype),
});

export const sumDims = op(
  'fm sum(Tensor input, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  {
    node: 'SumBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, keepdim: boolean = false, dtype?: DType | null) => {
      const type = totalType(self, dtype);
      return sumAlong(cast(self, type), wrapDims(dim, self.ndim), keepdim, type);
    },
    save: ({ args: [self, dim, keepdim = false] }) => ({ self_sym_sizes: self.shape, dim, keepdim }),
    backward: (grad, { self_sym_sizes, dim, keepdim }) =>
      expand(keepdim ? grad : unsqueezeDims(grad, dim, self_sym_sizes.length), self_sym_sizes),
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);

/** Of a batch, its first dimension first: the batch and the dimensions of its examples. An example of none gets one. */
export const wholeExamples = (batch: Tensor): [Tensor, Shape] =>
  batch.ndim === 1 ? [unsqueeze(batch, 1), [1]] : [batch, batch.shape.map((_, d) => d).slice(1)];

/** Puts back, with size 1, the dimensions that a reduction over `dim` took away. */
export function unsqueezeDims(grad: Tensor, dim: Shape | null, ndim: number): Tensor {
  if (grad.ndim === ndim) return grad;
  if (dim === null || dim.length === 0) return ndim === 0 ? grad : view(grad, new Array(ndim).fill(1));
  return [...dim]
    .map((d) => wrapDim(d, ndim))
    .sort((a, b) => a - b)
    .reduce((result, d) => unsqueeze(result, d), grad);
}

/** Sums `self` down to `shape`, undoing a broadcast. */
export function sumToSize(self: Tensor, shape: Shape): Tensor {
  if (sameShape(self.shape, shape)) return self;
  if (shape.length === 0) return sum(self);
  const lead = self.ndim - shape.length;
  const dims = self.shape
    .map((_, d) => d)
    .filter((d) => d < lead || (shape[d - lead] === 1 && self.shape[d] !== 1));
  const summed = dims.length > 0 ? sumDims(self, dims, true) : self;
  return lead > 0 ? view(summed, shape) : summed;
}

register('m sum_to_size(Tensor input, int[] size) -> Tensor', (self: Tensor, size: Shape) => {
  check(
    isExpandableTo(size, self.shape),
    () => `size {${showShape(size)}} is not expandable to size {${showShape(self.shape)}}.`,
  );
  return size.length === 0 ? sum(self) : sumToSize(self, size);
});
