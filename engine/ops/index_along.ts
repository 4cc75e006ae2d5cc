import { FLOAT, int64, type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { elementOffsets, wrapDim } from '../shape.ts';
import { empty, Tensor } from '../tensor.ts';
import { mulScalar } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { selectionOf } from './indexing.ts';
import { inplace } from './inplace.ts';
import { op, type UnaryWith } from './op.ts';

// Two families of operations read and write along one dimension. gather and scatter have a place for every element:
// element (i, j) goes with element (index[i, j], j) for dim 0. index_select and the index_… operations take whole
// slices, named by a vector. In both, writing is the derivative of reading, and the other way round.

function requireIndexType(at: Tensor, name: string): void {
  check(
    at.dtype === int64 || at.dtype.name === 'int32',
    () => `${name}(): Expected dtype int32/int64 for index`,
  );
}

/** The same element as a vector of one: what these operations take a 0-d tensor for. */
const asVector = (self: Tensor): Tensor =>
  self.ndim > 0 ? self : new Tensor(self.storage, [1], [1], self.offset, self.dtype);

const copyOf = (self: Tensor): Tensor => {
  const out = empty(self.shape, self.dtype);
  copyInto(out, self);
  return out;
};

// ---- An index for every element ------------------------------------------------------------------------------------

/** The places in `self` of the elements that `at` names. */
function placesAlong(self: Tensor, dim: number, at: Tensor, name: string): Int32Array {
  requireIndexType(at, name);
  check(
    Math.max(self.ndim, 1) === Math.max(at.ndim, 1),
    () => 'Index tensor must have the same number of dimensions as input tensor',
  );
  const vector = asVector(self);
  const index = asVector(at);
  const along = wrapDim(dim, self.ndim);
  const places = elementOffsets(
    index.shape,
    vector.strides.map((stride, d) => (d === along ? 0 : stride)),
  ).slice();
  const reads = elementOffsets(index.shape, index.strides);
  const size = vector.shape[along];
  for (let i = 0; i < places.length; i++) {
    const position = at.storage.data[at.offset + reads[i]];
    check(
      position >= 0 && position < size,
      () => `index ${position} is out of bounds for dimension ${along} with size ${size}`,
      'IndexError',
    );
    places[i] += position * vector.strides[along];
  }
  return places;
}

export const gather: UnaryWith<[number, Tensor]> = op(
  'fm gather(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      const places = placesAlong(self, dim, at, 'gather');
      const out = empty(at.shape, self.dtype);
      places.forEach((place, i) => {
        out.storage.data[i] = self.storage.data[self.offset + place];
      });
      return out;
    },
    save: ({ args: [self, dim, at] }) => ({ self_sym_sizes: self.shape, dim, index: at }),
    backward: (grad, saved) =>
      scatterAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.index, grad),
    batch: { along: 1 },
  },
);

/** A copy of `self` in which `f` of the old value and the source's stands at each place named. */
function scattered(
  self: Tensor,
  dim: number,
  at: Tensor,
  source: Tensor,
  f: (old: number, value: number) => number,
): Tensor {
  const out = copyOf(self);
  const { data } = out.storage;
  const reads = elementOffsets(asVector(at).shape, asVector(source).strides);
  placesAlong(out, dim, at, 'scatter').forEach((place, i) => {
    data[place] = f(data[place], source.storage.data[source.offset + reads[i]]);
  });
  return out;
}

export const scatterAdd: UnaryWith<[number, Tensor, Tensor]> = op(
  'fm scatter_add(Tensor input, int dim, Tensor index, Tensor src) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) =>
      scattered(self, dim, at, source, (old, value) => old + value),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved, needs) => [grad, needs[1] ? gather(grad, saved.dim, saved.index) : null],
    batch: { along: 1 },
  },
);
inplace('m scatter_add_(Tensor input, int dim, Tensor index, Tensor src) -> Tensor(input)', scatterAdd);

export const scatter: UnaryWith<[number, Tensor, Tensor]> = op(
  'fm scatter(Tensor input, int dim, Tensor index, Tensor src) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) =>
      scattered(self, dim, at, source, (_, value) => value),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved, needs) => [
      needs[0] ? scatterNumber(grad, saved.dim, saved.index, ZERO) : null,
      needs[1] ? gather(grad, saved.dim, saved.index) : null,
    ],
    batch: { along: 1 },
  },
);
inplace('m scatter_(Tensor input, int dim, Tensor index, Tensor src) -> Tensor(input)', scatter);

const ZERO = scalar(0);

export const scatterNumber: UnaryWith<[number, Tensor, Scalar]> = op(
  'fm scatter(Tensor input, int dim, Tensor index, Scalar value) -> Tensor',
  {
    node: 'ScatterBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor, { value }: Scalar) => {
      const out = copyOf(self);
      for (const place of placesAlong(out, dim, at, 'scatter')) out.storage.data[place] = value;
      return out;
    },
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved) => scatterNumber(grad, saved.dim, saved.index, ZERO),
    batch: { along: 1 },
  },
);
inplace('m scatter_(Tensor input, int dim, Tensor index, Scalar value) -> Tensor(input)', scatterNumber);

// ---- A vector of indices for whole slices --------------------------------------------------------------------------

/** The shape and the places of the slices of `self` that `at` names. */
function slicesOf(self: Tensor, dim: number, at: Tensor, name: string) {
  check(at.ndim <= 1, () => `${name}(): Index is supposed to be a vector`, 'IndexError');
  requireIndexType(at, name);
  const lead: null[] = new Array(wrapDim(dim, self.ndim)).fill(null);
  return selectionOf(asVector(self), [...lead, asVector(at)]);
}

export const indexSelect: UnaryWith<[number, Tensor]> = op(
  'fm index_select(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      const { shape, offsets } = slicesOf(self, dim, at, 'index_select');
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
  name: string,
  f: (old: number, i: number) => number,
): Tensor {
  const out = copyOf(self);
  const { data } = out.storage;
  slicesOf(out, dim, at, name).offsets.forEach((place, i) => {
    data[place] = f(data[place], i);
  });
  return out;
}

export const indexAdd: UnaryWith<[number, Tensor, Tensor, Scalar?]> = op(
  'fm index_add(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor, alpha: Scalar = ONE) => {
      const values = contiguousData(source);
      return withSlices(self, dim, at, 'index_add', (old, i) => old + alpha.value * values[i]);
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
);

export const indexCopy = op('fm index_copy(Tensor input, int dim, Tensor index, Tensor source) -> Tensor', {
  inputs: (self, _, __, source) => [self, source],
  forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) => {
    const values = contiguousData(source);
    return withSlices(self, dim, at, 'index_copy', (_, i) => values[i]);
  },
  save: ({ args: [, dim, at] }) => ({ dim, index: at }),
  backward: (grad, { dim, index }, needs) => [
    needs[0] ? indexFill(grad, dim, index, ZERO) : null,
    needs[1] ? indexSelect(grad, dim, index) : null,
  ],
});
inplace('m index_copy_(Tensor input, int dim, Tensor index, Tensor source) -> Tensor(input)', indexCopy);

export const indexFill: UnaryWith<[number, Tensor, Scalar]> = op(
  'fm index_fill(Tensor input, int dim, Tensor index, Scalar value) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor, { value }: Scalar) =>
      withSlices(self, dim, at, 'index_fill', () => value),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, { dim, index }) => indexFill(grad, dim, index, ZERO),
  },
);
inplace('m index_fill_(Tensor input, int dim, Tensor index, Scalar value) -> Tensor(input)', indexFill);

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
  },
);
inplace('m index_fill_(Tensor input, int dim, Tensor index, Tensor value) -> Tensor(input)', indexFillTensor);

function distinct(at: Tensor): Tensor {
  const values = [...new Set(contiguousData(at))];
  const out = empty([values.length], at.dtype);
  out.storage.data.set(values);
  return out;
}
