import { bool, int64, isInteger } from '../dtype.ts';
import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import {
  broadcastShapes,
  broadcastStrides,
  elementOffsets,
  isExpandableTo,
  numelOf,
  type Shape,
  showShape,
  wrapDim,
} from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { sumToSize } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { inplace } from './inplace.ts';
import { define, op, register, type UnaryWith } from './op.ts';

/** Index tensors for some dimensions; null keeps a dimension whole. */
type Indices = readonly (Tensor | null)[];

/** Where advanced indexing reads or writes: the shape of the result and each of its elements' place. */
interface Selection {
  readonly shape: Shape;
  readonly offsets: Int32Array;
}

/** Replaces each mask by the positions of its true elements, one index per dimension of the mask. */
function masksToPositions(self: Tensor, indices: Indices): (Tensor | null)[] {
  const result: (Tensor | null)[] = [];
  for (const index of indices) {
    if (index === null || (index.dtype !== bool && index.dtype.name !== 'uint8')) {
      result.push(index);
      continue;
    }
    index.shape.forEach((size, d) => {
      check(
        size === self.shape[result.length + d],
        () =>
          `The shape of the mask ${showShape(index.shape)} at index ${d} does not match the shape of the indexed tensor ${showShape(self.shape)} at index ${result.length + d}`,
        'IndexError',
      );
    });
    result.push(...positions(index));
  }
  return result;
}

/** The coordinates of the non-zero elements, one int64 vector per dimension. */
function positions(mask: Tensor): Tensor[] {
  const data = contiguousData(mask);
  const places: number[] = [];
  data.forEach((x, i) => {
    if (x !== 0) places.push(i);
  });
  let step = numelOf(mask.shape);
  return mask.shape.map((size) => {
    step /= Math.max(size, 1);
    const coordinate = empty([places.length], int64);
    places.forEach((place, i) => {
      coordinate.storage.data[i] = Math.floor(place / step) % size;
    });
    return coordinate;
  });
}

function selectionOf(self: Tensor, given: Indices): Selection {
  check(
    given.every((index) => index === null || isInteger(index.dtype)),
    () => 'tensors used as indices must be long, int, byte or bool tensors',
    'IndexError',
  );
  const indices = masksToPositions(self, given);
  check(
    indices.length <= self.ndim,
    () => `too many indices for tensor of dimension ${self.ndim} (got ${indices.length})`,
    'IndexError',
  );
  const indexed = indices.flatMap((index, d) => (index === null ? [] : [d]));
  const tensors = indexed.map((d) => indices[d] as Tensor);
  let picked: Shape = [];
  for (const tensor of tensors) {
    check(
      isBroadcastable(picked, tensor.shape),
      () =>
        `shape mismatch: indexing tensors could not be broadcast together with shapes ${tensors.map((each) => showShape(each.shape)).join(', ')}`,
      'IndexError',
    );
    picked = broadcastShapes(picked, tensor.shape);
  }
  const steps = new Int32Array(numelOf(picked));
  indexed.forEach((d) => {
    addSteps(steps, self, d, indices[d] as Tensor, picked);
  });
  const whole = self.shape.map((_, d) => d).filter((d) => !indexed.includes(d));
  // The picked dimensions stand where the index tensors stood if those were side by side, else in front.
  const adjacent = indexed.every((d, i) => i === 0 || d === indexed[i - 1] + 1);
  const before = adjacent ? whole.filter((d) => d < indexed[0]) : [];
  const after = whole.filter((d) => !before.includes(d));
  const sizes = (dims: number[]): number[] => dims.map((d) => self.shape[d]);
  const offsetsOf = (dims: number[]): Int32Array =>
    elementOffsets(
      sizes(dims),
      dims.map((d) => self.strides[d]),
    );
  const outer = offsetsOf(before);
  const inner = offsetsOf(after);
  const offsets = new Int32Array(outer.length * steps.length * inner.length);
  let at = 0;
  for (const o of outer) for (const s of steps) for (const i of inner) offsets[at++] = o + s + i;
  return { shape: [...sizes(before), ...picked, ...sizes(after)], offsets };
}

const isBroadcastable = (a: Shape, b: Shape): boolean =>
  a.every((size, d) => {
    const other = b[d + b.length - a.length];
    return other === undefined || size === other || size === 1 || other === 1;
  });

function addSteps(steps: Int32Array, self: Tensor, dim: number, index: Tensor, shape: Shape): void {
  const size = self.shape[dim];
  const reads = elementOffsets(shape, broadcastStrides(index.shape, index.strides, shape));
  for (let i = 0; i < steps.length; i++) {
    const position = index.storage.data[index.offset + reads[i]];
    check(
      position >= -size && position < size,
      () => `index ${position} is out of bounds for dimension ${dim} with size ${size}`,
      'IndexError',
    );
    steps[i] += (position < 0 ? position + size : position) * self.strides[dim];
  }
}

/** `self[indices]` with index tensors: a copy of the chosen elements. */
export const index: UnaryWith<[Indices]> = op('m _index(Tensor input, Tensor?[] indices) -> Tensor', {
  inputs: (self) => [self],
  node: 'IndexBackward0',
  forward: (self: Tensor, indices: Indices) => {
    const { shape, offsets } = selectionOf(self, indices);
    const out = empty(shape, self.dtype);
    const { data } = self.storage;
    for (let i = 0; i < offsets.length; i++) out.storage.data[i] = data[self.offset + offsets[i]];
    return out;
  },
  save: ({ args: [self, indices] }) => ({ self_sym_sizes: self.shape, indices }),
  backward: (grad, { self_sym_sizes, indices }) =>
    indexPut(empty(self_sym_sizes, grad.dtype), indices, grad, true),
  forwardMode: 'linear',
});

/** `self` with `values` written, or added, at the chosen places. */
export const indexPut: UnaryWith<[Indices, Tensor, boolean]> = op(
  'fm index_put(Tensor input, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor',
  {
    inputs: (self, _, values) => [self, values],
    forward: (self: Tensor, indices: Indices, values: Tensor, accumulate: boolean) => {
      check(
        values.dtype === self.dtype,
        () =>
          `Index put requires the source and destination dtypes match, got ${self.dtype.scalarName} for the destination and ${values.dtype.scalarName} for the source.`,
      );
      const out = empty(self.shape, self.dtype);
      copyInto(out, self);
      const { shape, offsets } = selectionOf(out, indices);
      check(
        isExpandableTo(values.shape, shape),
        () =>
          `shape mismatch: value tensor of shape ${showShape(values.shape)} cannot be broadcast to indexing result of shape ${showShape(shape)}`,
      );
      const reads = elementOffsets(shape, broadcastStrides(values.shape, values.strides, shape));
      const { data } = out.storage;
      for (let i = 0; i < offsets.length; i++) {
        const value = values.storage.data[values.offset + reads[i]];
        data[offsets[i]] = accumulate ? data[offsets[i]] + value : value;
      }
      return out;
    },
    save: ({ args: [, indices, values, accumulate] }) => ({ indices, shape: values.shape, accumulate }),
    backward: (grad, { indices, shape, accumulate }, needs) => [
      needs[0] ? (accumulate ? grad : indexPut(grad, indices, empty([], grad.dtype), false)) : null,
      needs[1] ? sumToSize(index(grad, indices), shape) : null,
    ],
  },
);
export const indexPut_ = inplace(
  'm index_put_(Tensor input, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(input)',
  indexPut,
);

/** The coordinates of the non-zero elements, as a matrix with a row each. */
register('fm nonzero(Tensor input) -> Tensor', (self: Tensor) => {
  const columns = positions(self);
  const count = columns[0]?.numel ?? (self.storage.data[self.offset] !== 0 ? 1 : 0);
  const out = empty([count, self.ndim], int64);
  columns.forEach((column, d) => {
    for (let i = 0; i < count; i++) out.storage.data[i * self.ndim + d] = column.storage.data[i];
  });
  return out;
});
register('m _nonzero_tuple(Tensor input) -> Tensor[]', positions);

export const maskedSelect = op('fm masked_select(Tensor input, Tensor mask) -> Tensor', {
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
    const whole = empty(shape, grad.dtype);
    const spread = empty(shape, bool);
    copyInto(spread, mask);
    return sumToSize(indexPut(whole, [spread], grad, false), self.shape);
  },
});

/** Places named one by one along `dim`: element (i, j) of the result is element (index[i, j], j) for dim 0. */
function gatherOffsets(self: Tensor, dim: number, at: Tensor): Int32Array {
  const strides = self.strides.map((stride, d) => (d === dim ? 0 : stride));
  const offsets = elementOffsets(at.shape, strides.slice(0, at.ndim)).slice();
  const reads = elementOffsets(at.shape, at.strides);
  const size = self.ndim === 0 ? 1 : self.shape[dim];
  const step = self.ndim === 0 ? 1 : self.strides[dim];
  for (let i = 0; i < offsets.length; i++) {
    const position = at.storage.data[at.offset + reads[i]];
    check(
      position >= 0 && position < size,
      () => `index ${position} is out of bounds for dimension ${dim} with size ${size}`,
      'IndexError',
    );
    offsets[i] += position * step;
  }
  return offsets;
}

function requireIndexType(at: Tensor, name: string): void {
  check(
    at.dtype === int64 || at.dtype.name === 'int32',
    () => `${name}(): Expected dtype int32/int64 for index`,
  );
}

export const gather: UnaryWith<[number, Tensor]> = op(
  'fm gather(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      requireIndexType(at, 'gather');
      check(
        self.ndim === at.ndim,
        () => 'Index tensor must have the same number of dimensions as input tensor',
      );
      const offsets = gatherOffsets(self, wrapDim(dim, self.ndim), at);
      const out = empty(at.shape, self.dtype);
      for (let i = 0; i < offsets.length; i++)
        out.storage.data[i] = self.storage.data[self.offset + offsets[i]];
      return out;
    },
    save: ({ args: [self, dim, at] }) => ({ self_sym_sizes: self.shape, dim, index: at }),
    backward: (grad, saved) =>
      scatterAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.index, grad),
  },
);

export const scatterAdd: UnaryWith<[number, Tensor, Tensor]> = op(
  'fm scatter_add(Tensor input, int dim, Tensor index, Tensor src) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) => {
      requireIndexType(at, 'scatter');
      const out = empty(self.shape, self.dtype);
      copyInto(out, self);
      const offsets = gatherOffsets(out, wrapDim(dim, self.ndim), at);
      const reads = elementOffsets(at.shape, source.strides);
      for (let i = 0; i < offsets.length; i++) {
        out.storage.data[offsets[i]] += source.storage.data[source.offset + reads[i]];
      }
      return out;
    },
    save: ({ args: [, dim, at] }) => ({ dim, index: at }),
    backward: (grad, saved, needs) => [grad, needs[1] ? gather(grad, saved.dim, saved.index) : null],
  },
);
inplace('m scatter_add_(Tensor input, int dim, Tensor index, Tensor src) -> Tensor(input)', scatterAdd);

export const indexSelect: UnaryWith<[number, Tensor]> = op(
  'fm index_select(Tensor input, int dim, Tensor index) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, at: Tensor) => {
      check(at.ndim <= 1, () => 'index_select(): Index is supposed to be a vector', 'IndexError');
      requireIndexType(at, 'index_select');
      return chooseAlong(self, wrapDim(dim, self.ndim), at);
    },
    save: ({ args: [self, dim, at] }) => ({ self_sym_sizes: self.shape, dim, index: at }),
    backward: (grad, saved) =>
      indexAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.index, grad),
  },
);

/** Not recorded: whole slices along `dim`. */
function chooseAlong(self: Tensor, dim: number, at: Tensor): Tensor {
  const lead: null[] = new Array(dim).fill(null);
  const { shape, offsets } = selectionOf(self, [...lead, at]);
  const out = empty(at.ndim === 0 ? self.shape.map((size, d) => (d === dim ? 1 : size)) : shape, self.dtype);
  for (let i = 0; i < offsets.length; i++) out.storage.data[i] = self.storage.data[self.offset + offsets[i]];
  return out;
}

export const indexAdd: UnaryWith<[number, Tensor, Tensor]> = define('IndexAddBackward0', {
  inputs: (self, _, __, source) => [self, source],
  forward: (self: Tensor, dim: number, at: Tensor, source: Tensor) => {
    const out = empty(self.shape, self.dtype);
    copyInto(out, self);
    const lead: null[] = new Array(wrapDim(dim, self.ndim)).fill(null);
    const { offsets } = selectionOf(out, [...lead, at]);
    const values = contiguousData(source);
    for (let i = 0; i < offsets.length; i++) out.storage.data[offsets[i]] += values[i];
    return out;
  },
  save: ({ args: [, dim, at] }) => ({ dim, index: at }),
  backward: (grad, saved, needs) => [grad, needs[1] ? indexSelect(grad, saved.dim, saved.index) : null],
});
