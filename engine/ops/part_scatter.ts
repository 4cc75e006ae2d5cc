import { withGrad } from '../autograd/modes.ts';
import { check } from '../errors.ts';
import { copyInto, emptyFor } from '../kernels/elementwise.ts';
import { sameShape, showShape } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { op } from './op.ts';
import { diagonal, select, slice } from './parts.ts';

// A copy of a tensor with one of its parts replaced: what assigning to a view would do, without the change in place.

type Part<A extends unknown[]> = (self: Tensor, ...at: A) => Tensor;

function partScatter<A extends unknown[]>(signature: string, node: string, part: Part<A>): void {
  type Scatter = (self: Tensor, src: Tensor, ...at: A) => Tensor;
  const scatter: Scatter = op(signature, {
    node,
    inputs: (self: Tensor, src: Tensor, ..._at: A) => [self, src],
    forward: (self: Tensor, src: Tensor, ...at: A) => {
      const out = emptyFor(self.shape, self.dtype, [self]);
      copyInto(out, self);
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
    backward: (grad, { shape, dtype, at }, needs) => [
      needs[0] ? scatter(grad, full(shape, 0, dtype), ...(at as unknown as A)) : null,
      needs[1] ? part(grad, ...(at as unknown as A)) : null,
    ],
    forwardMode: 'linear',
  });
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
