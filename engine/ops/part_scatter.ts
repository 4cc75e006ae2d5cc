import { withGrad } from '../autograd/modes.ts';
import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { sameShape, showShape } from '../shape.ts';
import { full, Storage, Tensor } from '../tensor.ts';
import { cloned } from './copy.ts';
import { asStrided } from './inplace.ts';
import { op } from './op.ts';
import { diagonal, select, slice } from './parts.ts';
import { zerosFor } from './unary.ts';

// A copy of a tensor with one of its parts replaced: what assigning to a view would do, without the change in place.

type Part<A extends unknown[]> = (self: Tensor, ...at: A) => Tensor;

/** @param keeps where the gradient passes to `self`: PyTorch has that the wrong way round for as_strided */
function partScatter<A extends unknown[]>(
  signature: string,
  node: string,
  part: Part<A>,
  keeps: 'outside' | 'inside' = 'outside',
): void {
  type Scatter = (self: Tensor, src: Tensor, ...at: A) => Tensor;
  const scatter: Scatter = op(signature, {
    node,
    inputs: (self: Tensor, src: Tensor, ..._at: A) => [self, src],
    forward: (self: Tensor, src: Tensor, ...at: A) => {
      const out = sameLayout(self);
      const target = withGrad(false, () => part(out, ...at));
      check(
        sameShape(target.shape, src.shape),
        () =>
          `expected src to have a size equal to the slice of self. src size = ${showShape(src.shape)}, slice size = ${showShape(target.shape)}`,
      );
      copyInto(target, src);
      return out;
    },
    save: ({ args: [, src, ...at] }) => ({ shape: src.shape, dtype: src.dtype, at }),
    backward: (grad, { shape, dtype, at }, needs) => {
      const place = at as unknown as A;
      const inside = needs[1] || keeps === 'inside' ? part(grad, ...place) : null;
      const outside = (): Tensor =>
        inside !== null && keeps === 'inside'
          ? scatter(zerosFor(grad), inside, ...place)
          : scatter(grad, full(shape, 0, dtype), ...place);
      return [needs[0] ? outside() : null, needs[1] ? inside : null];
    },
    forwardMode: 'linear',
  });
}

/** A copy of `self` that lies in memory exactly as `self` does, gaps included. */
function sameLayout(self: Tensor): Tensor {
  const { shape, strides, offset, dtype } = self;
  if (self.wrapped !== null || strides.some((stride, d) => stride === 0 && shape[d] > 1)) return cloned(self);
  return new Tensor(new Storage(self.storage.data.slice()), shape, strides, offset, dtype);
}

partScatter(
  'fm select_scatter(Tensor input, Tensor src, int dim, int index) -> Tensor',
  'SelectScatterBackward0',
  select,
);
partScatter<[number?, (number | null)?, (number | null)?, number?]>(
  'fm slice_scatter(Tensor input, Tensor src, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor',
  'SliceScatterBackward0',
  (self, dim = 0, start = null, end = null, step = 1) =>
    slice(self, dim, start ?? 0, end ?? Number.MAX_SAFE_INTEGER, step),
);
partScatter(
  'fm diagonal_scatter(Tensor input, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor',
  'DiagonalScatterBackward0',
  diagonal,
);
partScatter<[readonly number[], readonly number[], (number | null)?]>(
  'fm as_strided_scatter(Tensor input, Tensor src, int[] size, int[] stride, int? storage_offset=None) -> Tensor',
  'AsStridedScatterBackward0',
  asStrided,
  'inside',
);
