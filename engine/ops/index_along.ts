import { FLOAT, type Scalar, scalar } from '../dtype.ts';
import { check, type ErrorClass } from '../errors.ts';
import { showShape, wrapDim } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { mulScalar } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { selectionOf } from './indexing.ts';
import { inplace } from './inplace.ts';
import { op, type UnaryWith } from './op.ts';
import { APART, checkApart, expandedWithWarning } from './overlap.ts';
import { asVector, copyOf } from './scatter.ts';

// These operations read and write whole slices along one dimension, named by a vector of indices. Writing is the
// derivative of reading, and the other way round.

const ZERO = scalar(0);
const FILLED = expandedWithWarning('index_fill_', 'tensor[mask] = scalar', (self, [, at]) =>
  checkApart(self, [at as Tensor]),
);

/** What an operation says of indices it can't take. */
export interface Refusals {
  readonly name: string;
  readonly type: string;
  readonly range: (index: number, dim: number, size: number) => string;
  readonly rangeClass: ErrorClass;
}

export const outOfBounds = (index: number, dim: number, size: number): string =>
  `index ${index} is out of bounds for dimension ${dim} with size ${size}`;

const SELECT: Refusals = {
  name: 'index_select',
  type: 'index_select(): Expected dtype int32 or int64 for index',
  range: () => 'index out of range in self',
  rangeClass: 'IndexError',
};
/** The same along the second dimension, which PyTorch has a faster way for. */
const SELECT_SECOND: Refusals = {
  ...SELECT,
  range: (index, _, size) => `INDICES element is out of DATA bounds, id=${index} axis_dim=${size}`,
  rangeClass: 'RuntimeError',
};
const ADD: Refusals = {
  name: 'index_add_',
  type: 'index_add_(): Expected dtype int32/int64 for index but got: ',
  range: outOfBounds,
  rangeClass: 'RuntimeError',
};
const COPY: Refusals = {
  name: 'index_copy_',
  type: 'index_copy_(): Expected a long tensor for index, but got ',
  range: (...place) => `index_copy_(): ${outOfBounds(...place)}`,
  rangeClass: 'IndexError',
};
const FILL: Refusals = {
  name: 'index_fill_',
  type: 'index_fill_(): Expected dtype int64 for index.',
  range: outOfBounds,
  rangeClass: 'IndexError',
};

/** The shape and the places of the slices of `self` that `at` names. */
export function slicesOf(self: Tensor, dim: number, at: Tensor, says: Refusals) {
  const along = wrapDim(dim, self.ndim);
  check(at.ndim <= 1, () => `${says.name}(): Index is supposed to be a vector`, 'IndexError');
  check(at.dtype.name === 'int64' || (at.dtype.name === 'int32' && says !== COPY && says !== FILL), () =>
    says.type.endsWith(' ') ? says.type + at.dtype.scalarName : says.type,
  );
  const vector = asVector(self);
  const size = vector.shape[along];
  const least = says === FILL ? -size : 0;
  for (const index of contiguousData(at)) {
    check(index >= least && index < size, () => says.range(index, along, size), says.rangeClass);
  }
  return selectionOf(vector, [...new Array<null>(along).fill(null), asVector(at)]);
}

export const indexSelect: UnaryWith<[number, Tensor]> = op(
  'fm index_select(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      check(
        self.ndim > 0 || at.numel === 1,
        () => `index_select(): Index to scalar can have only 1 value, got ${at.numel} value(s)`,
      );
      check(
        self.ndim <= 1 || at.numel === 0 || self.shape[wrapDim(dim, self.ndim)] > 0,
        () => 'index_select(): self indexing axis dim should be positive',
      );
      const { shape, offsets } = slicesOf(
        self,
        dim,
        at,
        wrapDim(dim, self.ndim) === 1 ? SELECT_SECOND : SELECT,
      );
      const out = empty(self.ndim === 0 ? [] : shape, self.dtype);
      offsets.forEach((place, i) => {
        out.storage.data[i] = self.storage.data[self.offset + place];
      });
      return out;
    },
    save: ({ args: [self, dim, at] }) => ({ self_sym_sizes: self.shape, dim, index: at }),
    backward: (grad, saved) =>
      indexAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.index, grad),
  },
);

/** A copy of `self` in which `f` of the old value and the i-th new one stands at the i-th place of the slices. */
function withSlices(
  self: Tensor,
  dim: number,
  at: Tensor,
  says: Refusals,
  f: (old: number, i: number) => number,
): Tensor {
  const out = copyOf(self);
  const { data } = out.storage;
  slicesOf(out, dim, at, says).offsets.forEach((place, i) => {
    data[place] = f(data[place], i);
  });
  return out;
}

export function checkSource(self: Tensor, dim: number, at: Tensor, source: Tensor): void {
  check(
    self.ndim === 0 ||
      source.ndim === 0 ||
      (self.ndim === source.ndim && self.shape.every((size, d) => d === dim || source.shape[d] === size)),
    () =>
      `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ${showShape(self.shape)} source.shape = ${showShape(source.shape)}`,
  );
  const count = asVector(source).shape[dim];
  check(
    at.numel === count,
    () =>
      `index_add_(): Number of indices (${at.numel}) should be equal to source.size(dim): (${count}), for dim: ${dim}`,
  );
}

function checkCopy(self: Tensor, dim: number, at: Tensor, source: Tensor): void {
  check(
    self.dtype === source.dtype,
    () =>
      `index_copy_(): self and source expected to have the same dtype, but got (self) ${self.dtype.scalarName} and (source) ${source.dtype.scalarName}`,
  );
  const without = (t: Tensor): number[] => t.shape.filter((_, d) => d !== dim);
  check(
    source.ndim === 0 || self.ndim === 0 || showShape(without(self)) === showShape(without(source)),
    () =>
      `index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: ${showShape(without(self))} at dimension ${dim} and source slice shape: ${showShape(without(source))} at dimension 0.`,
  );
  const count = source.ndim === 0 ? 1 : source.shape[dim];
  check(
    at.numel === count,
    () => `index_copy_(): Number of indices (${at.numel}) should be equal to source.size(dim) (${count})`,
    'IndexError',
  );
}

export const indexAdd: UnaryWith<[number, Tensor, Tensor, Scalar?]> = op(
  'fm index_add(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor, alpha: Scalar = ONE) => {
      check(
        source.dtype === self.dtype,
        () =>
          `index_add_(): self (${self.dtype.scalarName}) and source (${source.dtype.scalarName}) must have the same scalar type`,
      );
      checkSource(self, wrapDim(dim, self.ndim), at, source);
      const values = contiguousData(source);
      return withSlices(self, dim, at, ADD, (old, i) => old + alpha.value * values[i]);
    },
    save: ({ args: [, dim, at, , alpha = ONE] }) => ({ dim, index: at, alpha }),
    backward: (grad, { dim, index, alpha }, needs) => {
      const read = needs[1] ? indexSelect(grad, dim, index) : null;
      return [grad, read && (alpha.value === 1 ? read : mulScalar(read, alpha))];
    },
  },
);
const ONE = scalar(1, 2);
inplace(
  'm index_add_(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(input)',
  indexAdd,
  APART,
);

export const indexCopy = op('fm index_copy(Tensor input, int dim, Tensor index, Tensor source) -> Tensor', {
  inputs: (self, _, __, source) => [self, source],
  forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) => {
    checkCopy(self, wrapDim(dim, self.ndim), at, source);
    const values = contiguousData(source);
    return withSlices(self, dim, at, COPY, (_, i) => values[i]);
  },
  save: ({ args: [, dim, at] }) => ({ dim, index: at }),
  backward: (grad, { dim, index }, needs) => [
    needs[0] ? indexFill(grad, dim, index, ZERO) : null,
    needs[1] ? indexSelect(grad, dim, index) : null,
  ],
});
inplace(
  'm index_copy_(Tensor input, int dim, Tensor index, Tensor source) -> Tensor(input)',
  indexCopy,
  APART,
);

export const indexFill: UnaryWith<[number, Tensor, Scalar]> = op(
  'fm index_fill(Tensor input, int dim, Tensor index, Scalar value) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor, { value }: Scalar) =>
      withSlices(self, dim, at, FILL, () => value),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, { dim, index }) => indexFill(grad, dim, index, ZERO),
  },
);
inplace(
  'm index_fill_(Tensor input, int dim, Tensor index, Scalar value) -> Tensor(input)',
  indexFill,
  FILLED,
);

export const indexFillTensor = op(
  'fm index_fill(Tensor input, int dim, Tensor index, Tensor value) -> Tensor',
  {
    node: 'IndexFillBackward1',
    inputs: (self, _, __, value) => [self, value],
    forward: (self: Tensor, dim: number, at: Tensor, value: Tensor) => {
      check(
        value.ndim === 0,
        () =>
          `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
      );
      return indexFill(self, dim, at, { value: value.storage.data[value.offset], category: FLOAT });
    },
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, { dim, index }, needs) => [
      needs[0] ? indexFill(grad, dim, index, ZERO) : null,
      // A slice that is named twice was still filled once.
      needs[1] ? sum(indexSelect(grad, dim, distinct(index))) : null,
    ],
    forwardMode: 'linear',
  },
);
inplace(
  'm index_fill_(Tensor input, int dim, Tensor index, Tensor value) -> Tensor(input)',
  indexFillTensor,
  FILLED,
);

function distinct(at: Tensor): Tensor {
  const values = [...new Set(contiguousData(at))];
  const out = empty([values.length], at.dtype);
  out.storage.data.set(values);
  return out;
}
