import type { Data, DType } from '../dtype.ts';
import { copyInto, emptyAs } from '../kernels/elementwise.ts';
import { empty, type Tensor } from '../tensor.ts';
import { op, register, type Unary, type UnaryWith } from './op.ts';

/** The numbers of `self` in memory of their own, in the same order where that is dense. Not recorded. */
export function cloned(self: Tensor): Tensor {
  const out = emptyAs(self);
  copyInto(out, self);
  return out;
}

/** A copy of `self` that keeps its memory order where that is dense. */
export const clone = op('fm clone(Tensor input) -> Tensor', {
  forward: cloned,
  backward: (grad) => grad,
  forwardMode: 'linear',
  batch: 'elementwise',
});

/** A row-major copy. */
export const cloneContiguous: Unary = op('m _clone_contiguous(Tensor input) -> Tensor', {
  node: 'CloneBackward0',
  forward: (self: Tensor) => {
    const out = empty(self.shape, self.dtype);
    copyInto(out, self);
    return out;
  },
  backward: (grad) => grad,
  forwardMode: 'linear',
  batch: (_, self) => cloneContiguous(self),
});

/** `self` itself where it is row-major, else a copy that is. */
export const contiguous = register('m contiguous(Tensor input) -> Tensor', (self: Tensor) =>
  self.isContiguous ? self : cloneContiguous(self),
);

/** The elements of `self`, row-major: its own memory where that is how it lies. Not for writing. */
export function contiguousData(self: Tensor): Data {
  if (self.isContiguous) {
    const { data } = self.storage;
    return self.offset === 0 && data.length === self.numel
      ? data
      : data.subarray(self.offset, self.offset + self.numel);
  }
  const copy = empty(self.shape, self.dtype);
  copyInto(copy, self);
  return copy.storage.data;
}

/** A copy in another dtype. */
const toCopy: UnaryWith<[DType]> = op('m _to_copy(Tensor input, ScalarType dtype) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dtype: DType) => {
    const out = emptyAs(self, dtype);
    copyInto(out, self);
    return out;
  },
  save: ({ args: [self] }) => ({ _dtype: self.dtype }),
  backward: (grad, { _dtype }) => to(grad, _dtype),
  forwardMode: 'linear',
  batch: 'elementwise',
});

/** `self` in `dtype`: itself where it has it already. */
export const to: UnaryWith<[DType]> = register(
  'm _to(Tensor input, ScalarType dtype) -> Tensor',
  (self: Tensor, dtype: DType) => (self.dtype === dtype ? self : toCopy(self, dtype)),
);
