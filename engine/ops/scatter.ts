import { fitted, int64, type Scalar, scalar } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { copyInto, mapUnary } from '../kernels/elementwise.ts';
import { broadcastShapes, elementOffsets, type Shape, showShape, wrapDim } from '../shape.ts';
import { empty, Tensor } from '../tensor.ts';
import { expand } from './broadcast.ts';
import { inplace } from './inplace.ts';
import { define, op, register, type UnaryWith } from './op.ts';
import { APART } from './overlap.ts';
import { reshape } from './view.ts';

// gather and scatter have a place for every element: element (i, j) goes with element (index[i, j], j) for dim 0. Writing
// is the derivative of reading, and the other way round.

export function requireIndexType(at: Tensor, name: string): void {
  check(
    at.dtype.name === 'int64' || at.dtype.name === 'int32',
    () => `${name}(): Expected dtype int32/int64 for index`,
  );
}

/** The same element as a vector of one: what these operations take a 0-d tensor for. */
export const asVector = (self: Tensor): Tensor =>
  self.ndim > 0 ? self : new Tensor(self.storage, [1], [1], self.offset, self.dtype);

export const copyOf = (self: Tensor): Tensor => {
  const out = empty(self.shape, self.dtype);
  copyInto(out, self);
  return out;
};

/** A 0-d tensor counts as one of one dimension here. */
const sizes = (self: Tensor): Shape => (self.ndim === 0 ? [1] : self.shape);

const larger = (a: Shape, b: Shape, except: number): number =>
  a.findIndex((size, d) => d !== except && size > b[d]);

/** The places in `self` of the elements that `at` names, along `dim` (from the front). */
export function placesAlong(self: Tensor, dim: number, at: Tensor): Int32Array {
  const vector = asVector(self);
  const index = asVector(at);
  const places = elementOffsets(
    index.shape,
    vector.strides.map((stride, d) => (d === dim ? 0 : stride)),
  ).slice();
  const reads = elementOffsets(index.shape, index.strides);
  const size = vector.shape[dim];
  for (let i = 0; i < places.length; i++) {
    const position = at.storage.data[at.offset + reads[i]];
    check(
      position >= 0 && position < size,
      () => `index ${position} is out of bounds for dimension ${dim} with size ${size}`,
    );
    places[i] += position * vector.strides[dim];
  }
  return places;
}

export const gather: UnaryWith<[number, Tensor]> = op(
  'fm gather(Tensor input, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      const along = wrapDim(dim, self.ndim);
      const out = empty(at.shape, self.dtype);
      if (at.numel === 0) return out;
      requireIndexType(at, 'gather');
      check(
        sizes(self).length === sizes(at).length,
        () => 'Index tensor must have the same number of dimensions as input tensor',
      );
      const wrong = larger(sizes(at), sizes(self), along);
      check(
        wrong < 0,
        () =>
          `Size does not match at dimension ${wrong} expected index ${showShape(at.shape)} to be no larger than self ${showShape(self.shape)} apart from dimension ${along}`,
      );
      placesAlong(self, along, at).forEach((place, i) => {
        out.storage.data[i] = self.storage.data[self.offset + place];
      });
      return out;
    },
    save: ({ args: [self, dim, at] }) => ({ self, dim, index: at, sparse_grad: false }),
    backward: (grad, saved) => scatterAdd(empty(saved.self.shape, grad.dtype), saved.dim, saved.index, grad),
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);

/** `gather` with the sizes beside `dim` broadcast; indices go round, so negative ones count from the end. */
register(
  'fm take_along_dim(Tensor input, Tensor indices, int? dim=None) -> Tensor',
  (self: Tensor, indices: Tensor, dim: number | null): Tensor => {
    if (dim === null) return gather(reshape(self, [-1]), 0, reshape(indices, [-1]));
    check(
      self.ndim === indices.ndim,
      () =>
        `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${self.ndim} dimensions for input, and ${indices.ndim} dimensions for indices`,
    );
    const along = wrapDim(dim, self.ndim);
    check(self.ndim > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, 'IndexError');
    return takeAlong(self, indices, along);
  },
);

function takeAlong(self: Tensor, indices: Tensor, along: number): Tensor {
  check(
    indices.dtype === int64,
    () => `torch.take_along_dim(): dtype of indices should be Long but got ${indices.dtype.scalarName}`,
  );
  const withSize = (shape: Shape, size: number): Shape => shape.map((own, d) => (d === along ? size : own));
  const read = broadcastShapes(withSize(self.shape, indices.shape[along]), indices.shape);
  const wide = broadcastShapes(withSize(indices.shape, self.shape[along]), self.shape);
  const size = self.shape[along];
  const fromStart = mapUnary(indices, int64, (place) => ((place % size) + size) % size);
  return gather(expand(self, wide), along, expand(fromStart, read));
}

export function checkScatter(self: Tensor, dim: number, at: Tensor, source: Tensor | null): void {
  requireIndexType(at, 'scatter');
  check(
    source === null || source.dtype === self.dtype,
    () => 'scatter(): Expected self.dtype to be equal to src.dtype',
  );
  check(
    sizes(self).length === sizes(at).length,
    () => 'Index tensor must have the same number of dimensions as self tensor',
  );
  const fitsSelf = larger(sizes(at), sizes(self), dim) < 0;
  if (source !== null && sizes(source).length !== sizes(at).length) {
    // PyTorch compares the sizes first, and may ask for one that the source doesn't have.
    const beyond = source.ndim > 0 && source.ndim < sizes(at).length ? source.ndim : -1;
    const asked = sizes(at).findIndex((size, d) => d === beyond || size > (sizes(source)[d] ?? 1));
    if (fitsSelf && asked === beyond) wrapDim(beyond, source.ndim);
    fail('Index tensor must have the same number of dimensions as src tensor');
  }
  const fits = fitsSelf && (source === null || larger(sizes(at), sizes(source), -1) < 0);
  const than = source === null ? '' : ` and to be no larger size than src ${showShape(source.shape)}`;
  check(
    fits,
    () =>
      `Expected index ${showShape(at.shape)} to be no larger than self ${showShape(self.shape)} apart from dimension ${dim}${than}`,
  );
}

type Combine = (old: number, value: number) => number;

/** A copy of `self` in which `f` of the old value and the source's (or a number) stands at each place named. */
function scattered(self: Tensor, dim: number, at: Tensor, source: Tensor | number, f: Combine): Tensor {
  const along = wrapDim(dim, self.ndim);
  const out = copyOf(self);
  if (at.numel === 0) return out;
  checkScatter(self, along, at, typeof source === 'number' ? null : source);
  const { data } = out.storage;
  const value = valuesOf(source, at);
  placesAlong(out, along, at).forEach((place, i) => {
    data[place] = f(data[place], value(i));
  });
  return out;
}

export function valuesOf(source: Tensor | number, at: Tensor): (i: number) => number {
  if (typeof source === 'number') return () => source;
  const reads = elementOffsets(asVector(at).shape, asVector(source).strides);
  return (i) => source.storage.data[source.offset + reads[i]];
}

export const scatterAdd: UnaryWith<[number, Tensor, Tensor]> = op(
  'fm scatter_add(Tensor input, int dim, Tensor index, Tensor src) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) =>
      scattered(self, dim, at, source, (old, value) => old + value),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved, needs) => [grad, needs[1] ? gather(grad, saved.dim, saved.index) : null],
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);
inplace(
  'm scatter_add_(Tensor input, int dim, Tensor index, Tensor src) -> Tensor(input)',
  scatterAdd,
  APART,
);

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
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);
inplace('m scatter_(Tensor input, int dim, Tensor index, Tensor src) -> Tensor(input)', scatter, APART);

const ZERO = scalar(0);

export const scatterNumber: UnaryWith<[number, Tensor, Scalar]> = op(
  'fm scatter(Tensor input, int dim, Tensor index, Scalar value) -> Tensor',
  {
    node: 'ScatterBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor, value: Scalar) =>
      scattered(self, dim, at, fitted(value, self.dtype), (_, own) => own),
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved) => scatterNumber(grad, saved.dim, saved.index, ZERO),
    forwardMode: ([tangent], { args: [, dim, at] }) => scatterNumber(tangent as Tensor, dim, at, ZERO),
    batch: { along: 1 },
  },
);
inplace(
  'm scatter_(Tensor input, int dim, Tensor index, Scalar value) -> Tensor(input)',
  scatterNumber,
  APART,
);

/** Scattering that adds or multiplies, which PyTorch can't differentiate. */
const scatterBy = define('NotImplemented', {
  inputs: (self: Tensor, _: number, __: Tensor, source: Tensor | number, ___: string) =>
    typeof source === 'number' ? [self] : [self, source],
  forward: (self: Tensor, dim: number, at: Tensor, source: Tensor | number, how: string) => {
    if (typeof source !== 'number') {
      warnings.emit(
        'The reduce argument of torch.scatter with Tensor src is deprecated and will be removed in a future PyTorch release. Use torch.scatter_reduce instead for more reduction options.',
        'UserWarning',
      );
    }
    check(how === 'add' || how === 'multiply', () => 'reduce argument must be either add or multiply.');
    return scattered(self, dim, at, source, (old, value) => (how === 'add' ? old + value : old * value));
  },
  backward: () => fail('derivative for aten::scatter is not implemented'),
  forwardMode: { refused: 'aten::scatter' },
});
const byTensor = (self: Tensor, dim: number, at: Tensor, source: Tensor, how: string): Tensor =>
  scatterBy(self, dim, at, source, how);
const byNumber = (self: Tensor, dim: number, at: Tensor, value: Scalar, how: string): Tensor =>
  scatterBy(self, dim, at, fitted(value, self.dtype), how);
register('fm scatter(Tensor input, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor', byTensor);
register('fm scatter(Tensor input, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor', byNumber);
inplace(
  'm scatter_(Tensor input, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(input)',
  byTensor,
  APART,
);
inplace(
  'm scatter_(Tensor input, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(input)',
  byNumber,
  APART,
);
