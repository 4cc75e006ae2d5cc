import { fitted, type Scalar, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { numelOf, type Shape, sameShape, showShape, wrapDim } from '../shape.ts';
import { empty, item, type Tensor } from '../tensor.ts';
import { mulScalar } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { cloned, contiguousData } from './copy.ts';
import { selectionOf } from './indexing.ts';
import { inplace } from './inplace.ts';
import { op, type UnaryWith } from './op.ts';
import { APART, checkApart, expandedWithWarning } from './overlap.ts';
import { asVector, copyOf } from './scatter.ts';

// These operations read and write whole slices along one dimension, named by a vector of indices. Writing is the
// derivative of reading, and the other way round.

const ZERO = scalar(0);
const FILLED = {
  ...expandedWithWarning('index_fill_', 'tensor[mask] = scalar', (self, [, at]) =>
    checkApart(self, [at as Tensor]),
  ),
  late: true,
};

export const outOfBounds = (index: number, dim: number, size: number): string =>
  `index ${index} is out of bounds for dimension ${dim} with size ${size}`;

/** What an operation says of an index that is out of range, and whether negative ones count from the end. */
interface Range {
  readonly says: (index: number, dim: number, size: number) => never;
  readonly negative?: boolean;
}

export const SELECT: Range = { says: () => fail('index out of range in self', 'IndexError') };
/** The same along the second dimension, which PyTorch has a faster way for. */
const SELECT_SECOND: Range = {
  says: (index, _, size) => fail(`INDICES element is out of DATA bounds, id=${index} axis_dim=${size}`),
};
const COPY: Range = { says: (...place) => fail(`index_copy_(): ${outOfBounds(...place)}`, 'IndexError') };
const FILL: Range = { says: (...place) => fail(outOfBounds(...place), 'IndexError'), negative: true };

/** Adding along the first or the last dimension of several is scattering in PyTorch, which has other words. */
export const addRange = ({ ndim }: Tensor, along: number): Range =>
  ndim > 1 && (along === 0 || along === ndim - 1)
    ? { says: (...place) => fail(outOfBounds(...place)) }
    : SELECT;

/** The shape and the places of the slices of `self` that `at` names along `along`, counted from the front. */
export function slicesOf(self: Tensor, along: number, at: Tensor, { says, negative }: Range) {
  const vector = asVector(self);
  const size = vector.shape[along];
  const slices = numelOf(vector.shape.filter((_, d) => d !== along));
  for (const index of slices === 0 ? [] : contiguousData(at)) {
    if (index >= size || index < (negative ? -size : 0)) says(index, along, size);
  }
  return selectionOf(vector, [...new Array<null>(along).fill(null), asVector(at)]);
}

const isIndex = (at: Tensor): boolean => at.dtype.name === 'int64' || at.dtype.name === 'int32';

export const indexSelect: UnaryWith<[number, Tensor]> = op(
  'fm index_select(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      const along = wrapDim(dim, self.ndim);
      check(at.ndim <= 1, () => 'index_select(): Index is supposed to be a vector', 'IndexError');
      check(
        self.ndim > 0 || at.numel === 1,
        () => `index_select(): Index to scalar can have only 1 value, got ${at.numel} value(s)`,
      );
      check(isIndex(at), () => 'index_select(): Expected dtype int32 or int64 for index');
      check(
        self.ndim <= 1 || at.numel === 0 || self.shape[along] > 0,
        () => 'index_select(): self indexing axis dim should be positive',
      );
      const { shape, offsets } = slicesOf(self, along, at, along === 1 ? SELECT_SECOND : SELECT);
      const out = empty(self.ndim === 0 ? [] : shape, self.dtype);
      offsets.forEach((place, i) => {
        out.storage.data[i] = self.storage.data[self.offset + place];
      });
      return out;
    },
    save: ({ args: [self, dim, at] }) => ({ self_sym_sizes: self.shape, dim, index: at }),
    backward: (grad, saved) =>
      indexAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.index, grad),
    forwardMode: 'linear',
  },
);

/** `out` with `f` of the old value and the i-th new one at the i-th place of the slices. */
function withSlices(
  out: Tensor,
  along: number,
  at: Tensor,
  range: Range,
  f: (old: number, i: number) => number,
): Tensor {
  const { data } = out.storage;
  slicesOf(out, along, at, range).offsets.forEach((place, i) => {
    data[place] = f(data[place], i);
  });
  return out;
}

/** What index_add and index_reduce ask of their arguments. */
export function checkSource(name: string, self: Tensor, dim: number, at: Tensor, source: Tensor): void {
  check(
    at.ndim <= 1,
    () =>
      `${name}(): Index is supposed to be a vector, but got dim: ${at.ndim} with type: ${at.dtype.scalarName} and size: ${showShape(at.shape)}`,
    'IndexError',
  );
  check(isIndex(at), () => `${name}(): Expected dtype int32/int64 for index but got: ${at.dtype.scalarName}`);
  check(
    source.dtype === self.dtype,
    () =>
      `${name}(): self (${self.dtype.scalarName}) and source (${source.dtype.scalarName}) must have the same scalar type`,
  );
  check(
    dim === 0 || dim < source.ndim,
    () => `${name}(): Indexing dim ${dim} is out of bounds of the source tensor with dim ${source.ndim}`,
  );
  const count = source.ndim === 0 ? 1 : source.shape[dim];
  if (at.numel !== count) {
    check(source.ndim > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, 'IndexError');
    fail(
      `${name}(): Number of indices (${at.numel}) should be equal to source.size(dim): (${count}), for dim: ${dim}`,
    );
  }
  const both = source.ndim > 0 && self.ndim > 0;
  const rest = ({ shape }: Tensor): Shape => (both ? shape.filter((_, d) => d !== dim) : shape);
  check(
    sameShape(rest(self), rest(source)),
    () =>
      `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ${showShape(self.shape)} source.shape = ${showShape(source.shape)}`,
  );
}

function checkCopy(self: Tensor, dim: number, at: Tensor, source: Tensor): void {
  check(
    at.ndim < 2,
    () => `index_copy_(): Index should have dimension 1 or 0 (got ${at.ndim})`,
    'IndexError',
  );
  check(
    source.ndim > 0 || at.numel === 1,
    () => `index_copy_(): When source is scalar, index should have one element (got ${at.numel})`,
    'IndexError',
  );
  check(
    source.ndim === self.ndim || source.ndim === 0 || self.ndim === 0,
    () =>
      `index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality (${source.ndim}), destination dimensionality (${self.ndim})`,
    'IndexError',
  );
  check(
    at.dtype.name === 'int64',
    () => `index_copy_(): Expected a long tensor for index, but got ${at.dtype.scalarName}`,
  );
  check(
    self.dtype === source.dtype,
    () =>
      `index_copy_(): self and source expected to have the same dtype, but got (self) ${self.dtype.scalarName} and (source) ${source.dtype.scalarName}`,
  );
  const rest = ({ shape }: Tensor): Shape => shape.filter((_, d) => d !== dim);
  check(
    sameShape(rest(self), rest(source)),
    () =>
      `index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: ${rest(self).join(' ')} at dimension ${dim} and source slice shape: ${rest(source).join(' ')} at dimension 0.`,
  );
  check(
    source.ndim === 0 || at.numel === source.shape[dim],
    () =>
      `index_copy_(): Number of indices (${at.numel}) should be equal to source.size(dim) (${source.shape[dim]})`,
    'IndexError',
  );
}

export const indexAdd: UnaryWith<[number, Tensor, Tensor, Scalar?]> = op(
  'fm index_add(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor, alpha: Scalar = ONE) => {
      const along = wrapDim(dim, self.ndim);
      checkSource('index_add_', self, along, at, source);
      const values = contiguousData(source);
      const factor = fitted(alpha, self.dtype);
      return withSlices(copyOf(self), along, at, addRange(self, along), (old, i) => old + factor * values[i]);
    },
    save: ({ args: [, dim, at, source, alpha = ONE], needs }) => ({
      dim,
      index: at,
      alpha,
      source: needs[1] ? source : null,
      source_dim: source.ndim,
    }),
    backward: (grad, { dim, index, alpha }, needs) => {
      const read = needs[1] ? indexSelect(grad, dim, index) : null;
      return [grad, read && (alpha.value === 1 ? read : mulScalar(read, alpha))];
    },
    forwardMode: 'linear',
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
    const along = wrapDim(dim, self.ndim);
    checkCopy(self, along, at, source);
    const values = contiguousData(source);
    return withSlices(copyOf(self), along, at, COPY, (_, i) => values[i]);
  },
  save: ({ args: [, dim, at, source], needs }) => ({
    dim,
    index: at,
    source: needs[1] ? source : null,
    source_dim: source.ndim,
  }),
  backward: (grad, { dim, index }, needs) => [
    needs[0] ? indexFill(grad, dim, index, ZERO) : null,
    needs[1] ? indexSelect(grad, dim, index) : null,
  ],
  forwardMode: 'linear',
});
inplace(
  'm index_copy_(Tensor input, int dim, Tensor index, Tensor source) -> Tensor(input)',
  indexCopy,
  APART,
);

/** `self` with `value` in the slices that `at` names. */
function filled(self: Tensor, dim: number, at: Tensor, value: Scalar): Tensor {
  check(at.dtype.name === 'int64', () => 'index_fill_(): Expected dtype int64 for index.', 'IndexError');
  const along = wrapDim(dim, self.ndim);
  check(at.ndim <= 1, () => 'Index has to be a vector/scalar');
  const out = cloned(self);
  const places = vectorWith(out.shape, along, at.numel);
  if (out.numel === 0 && numelOf(places) > 0) {
    // PyTorch looks at the slices before it looks at the indices.
    const steps = out.strides.map((stride, d) => (d === along ? 0 : stride));
    const last = places.reduce((to, size, d) => to + (size - 1) * steps[d], 1) * out.dtype.bytes;
    fail(
      `setStorage: sizes ${showShape(places)}, strides ${showShape(steps)}, storage offset 0, and itemsize ${out.dtype.bytes} requiring a storage size of ${last} are out of bounds for storage of size 0`,
    );
  }
  const own = fitted(value, self.dtype);
  return withSlices(out, along, at, FILL, () => own);
}

const vectorWith = (shape: Shape, along: number, length: number): Shape =>
  shape.length === 0 ? [length] : shape.map((size, d) => (d === along ? length : size));

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
      return filled(self, dim, at, scalar(item(value), value.dtype.category));
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

export const indexFill: UnaryWith<[number, Tensor, Scalar]> = op(
  'fm index_fill(Tensor input, int dim, Tensor index, Scalar value) -> Tensor',
  {
    inputs: (self) => [self],
    forward: filled,
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, { dim, index }) => indexFill(grad, dim, index, ZERO),
    forwardMode: ([tangent], { args: [, dim, at] }) => indexFill(tangent as Tensor, dim, at, ZERO),
  },
);
inplace(
  'm index_fill_(Tensor input, int dim, Tensor index, Scalar value) -> Tensor(input)',
  indexFill,
  FILLED,
);

function distinct(at: Tensor): Tensor {
  const values = [...new Set(contiguousData(at))];
  const out = empty([values.length], at.dtype);
  out.storage.data.set(values);
  return out;
}
