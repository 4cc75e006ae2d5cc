import { bool, FLOAT, int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapBinary } from '../kernels/elementwise.ts';
import { broadcastShapes, broadcastStrides, elementOffsets, numelOf, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { sumToSize } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { contiguousData } from './copy.ts';
import { padded } from './index_batch.ts';
import { indexPut } from './indexing.ts';
import { inplace } from './inplace.ts';
import { op, type UnaryWith } from './op.ts';
import { reshape, view } from './view.ts';

// Reading and writing the elements where a mask holds; each is the other's derivative.

const BATCHED_MASK =
  'vmap: Attempted to vmap over `mask` in torch.masked_select(self, mask) We cannot support this because for each batch this would return a differently shaped Tensor. Please file an issue at https://github.com/pytorch/pytorch/issues if you need this feature.';

export const maskedSelect: UnaryWith<[Tensor]> = op('fm masked_select(Tensor input, Tensor mask) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, mask: Tensor) => {
    check(mask.dtype === bool, () => 'masked_select: expected BoolTensor for mask');
    const shape = broadcastShapes(self.shape, mask.shape);
    const reads = elementOffsets(shape, broadcastStrides(self.shape, self.strides, shape));
    const tests = elementOffsets(shape, broadcastStrides(mask.shape, mask.strides, shape));
    const chosen: number[] = [];
    reads.forEach((read, i) => {
      if (mask.storage.data[mask.offset + tests[i]] !== 0) chosen.push(self.storage.data[self.offset + read]);
    });
    const out = empty([chosen.length], self.dtype);
    out.storage.data.set(chosen);
    return out;
  },
  save: ({ args: [self, mask] }) => ({ self, mask }),
  backward: (grad, { self, mask }) => {
    const shape = broadcastShapes(self.shape, mask.shape);
    return sumToSize(maskedScatter(empty(shape, grad.dtype), mask, grad), self.shape);
  },
  batch: (size, self, mask) => {
    // A mask that all examples share has been repeated without being copied.
    check(mask.strides[0] === 0, () => BATCHED_MASK);
    const rank = Math.max(self.ndim, mask.ndim) - 1;
    return reshape(maskedSelect(padded(self, rank), padded(mask, rank)), [size, -1]);
  },
});

/** `self` with the elements of `source`, one after the other, where `mask` holds. */
export const maskedScatter: UnaryWith<[Tensor, Tensor]> = op(
  'fm masked_scatter(Tensor input, Tensor mask, Tensor source) -> Tensor',
  {
    inputs: (self, _, source) => [self, source],
    forward: (self: Tensor, mask: Tensor, source: Tensor) => {
      check(
        mask.dtype === bool,
        () => `masked_scatter_ only supports boolean masks, but got mask with dtype ${mask.dtype.cName}`,
      );
      check(
        self.dtype === source.dtype,
        () =>
          `masked_scatter: expected self and source to have same dtypes but got ${self.dtype.scalarName} and ${source.dtype.scalarName}`,
      );
      const values = contiguousData(source);
      let used = 0;
      const out = mapBinary(self, mask, self.dtype, (x, chosen) => (chosen === 0 ? x : values[used++]));
      check(
        used <= values.length,
        () => 'masked_scatter: expected the number of ones in mask to fit the source',
      );
      return out;
    },
    save: ({ args: [, mask, source] }) => ({ mask, source_sizes: source.shape }),
    backward: (grad, { mask, source_sizes }, needs) => [
      needs[0] ? maskedFill(grad, mask, { value: 0, category: FLOAT }) : null,
      needs[1] ? paddedTo(source_sizes, maskedSelect(grad, mask)) : null,
    ],
  },
);
inplace('m masked_scatter_(Tensor input, Tensor mask, Tensor source) -> Tensor(input)', maskedScatter);

/** A vector's elements in a tensor of `shape`, zeros after them. */
function paddedTo(shape: Shape, values: Tensor): Tensor {
  const places = empty(values.shape, int64);
  places.storage.data.forEach((_, i, data) => {
    data[i] = i;
  });
  return view(indexPut(empty([numelOf(shape)], values.dtype), [places], values, false), shape);
}
