import { bool, type DType, FLOAT, int64, uint8 } from '../dtype.ts';
import { check, warnings } from '../errors.ts';
import { copyInto, emptyFor } from '../kernels/elementwise.ts';
import { broadcastShapes, broadcastStrides, elementOffsets, numelOf, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { sumToSize } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { contiguousData } from './copy.ts';
import { padded } from './index_batch.ts';
import { indexPut } from './indexing.ts';
import { inplace } from './inplace.ts';
import { define, op, type UnaryWith } from './op.ts';
import { reshape, view } from './view.ts';

// Reading and writing the elements where a mask holds; each is the other's derivative.

const BATCHED_MASK =
  'vmap: Attempted to vmap over `mask` in torch.masked_select(self, mask) We cannot support this because for each batch this would return a differently shaped Tensor. Please file an issue at https://github.com/pytorch/pytorch/issues if you need this feature.';

export const maskedSelect: UnaryWith<[Tensor]> = op('fm masked_select(Tensor input, Tensor mask) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, mask: Tensor) => {
    check(mask.dtype === bool, () => 'masked_select: expected BoolTensor for mask');
    const shape = broadcastShapes(mask.shape, self.shape);
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
    const shape = broadcastShapes(mask.shape, self.shape);
    const zeros = emptyFor(shape, grad.dtype, [self]);
    return sumToSize(scatteredLike(zeros, mask, grad), self.shape);
  },
  forwardMode: 'linear',
  batch: (size, self, mask) => {
    // A mask that all examples share has been repeated without being copied.
    check(mask.strides[0] === 0, () => BATCHED_MASK);
    const rank = Math.max(self.ndim, mask.ndim) - 1;
    return reshape(maskedSelect(padded(self, rank), padded(mask, rank)), [size, -1]);
  },
});

type MaskedScatter = (self: Tensor, mask: Tensor, source: Tensor) => Tensor;

/** `self` with the elements of `source`, one after the other, where `mask` holds; `empties` says how it lies. */
const scattering = (empties: (shape: Shape, dtype: DType, operands: readonly Tensor[]) => Tensor) => ({
  inputs: (self: Tensor, _mask: Tensor, source: Tensor) => [self, source],
  forward: (self: Tensor, mask: Tensor, source: Tensor) => {
    const shape = broadcastShapes(mask.shape, self.shape);
    check(
      self.dtype === source.dtype,
      () =>
        `masked_scatter: expected self and source to have same dtypes but got${self.dtype.scalarName} and ${source.dtype.scalarName}`,
    );
    if (mask.dtype === uint8) {
      warnings.emit(
        'masked_scatter_ received a mask with dtype torch.uint8, this behavior is now deprecated,please use a mask with dtype torch.bool instead.',
        'UserWarning',
      );
    }
    check(
      mask.dtype === bool,
      () => `masked_scatter_ only supports boolean masks, but got mask with dtype ${mask.dtype.scalarName}`,
    );
    const out = empties(shape, self.dtype, [self]);
    copyInto(out, self);
    const values = contiguousData(source);
    const tests = elementOffsets(shape, broadcastStrides(mask.shape, mask.strides, shape));
    const places = elementOffsets(shape, out.strides);
    let used = 0;
    tests.forEach((at, i) => {
      if (mask.storage.data[mask.offset + at] !== 0) out.storage.data[places[i]] = values[used++];
    });
    check(used <= values.length, () => 'Number of elements of source < number of ones in mask');
    return out;
  },
  save: ({ args: [, mask, source] }: { args: [Tensor, Tensor, Tensor] }) => ({
    mask,
    source_sym_sizes: source.shape,
  }),
  backward: (
    grad: Tensor,
    { mask, source_sym_sizes }: { mask: Tensor; source_sym_sizes: Shape },
    needs: readonly boolean[],
  ) => [
    needs[0] ? maskedFill(grad, mask, { value: 0, category: FLOAT }) : null,
    needs[1] ? paddedTo(source_sym_sizes, maskedSelect(grad, mask)) : null,
  ],
  forwardMode: 'linear' as const,
});
export const maskedScatter: MaskedScatter = op(
  'fm masked_scatter(Tensor input, Tensor mask, Tensor source) -> Tensor',
  { ...scattering((shape, dtype) => empty(shape, dtype)), unbatched: 'masked_scatter' },
);
/** The same in the memory order of `self`: the derivative of selecting. */
const scatteredLike: MaskedScatter = define('MaskedScatterBackward0', scattering(emptyFor));
inplace('m masked_scatter_(Tensor input, Tensor mask, Tensor source) -> Tensor(input)', maskedScatter);

/** A vector's elements in a tensor of `shape`, zeros after them. */
function paddedTo(shape: Shape, values: Tensor): Tensor {
  const places = empty(values.shape, int64);
  places.storage.data.forEach((_, i, data) => {
    data[i] = i;
  });
  return view(indexPut(empty([numelOf(shape)], values.dtype), [places], values, false), shape);
}
