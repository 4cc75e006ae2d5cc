import { bool, int64, scalar } from '../dtype.ts';
import { check, warnings } from '../errors.ts';
import { emptyFor, emptyLike, mapUnary } from '../kernels/elementwise.ts';
import {
  broadcastShapes,
  broadcastStrides,
  elementOffsets,
  isExpandableTo,
  numelOf,
  type Shape,
  showShape,
} from '../shape.ts';
import { empty, item, Tensor } from '../tensor.ts';
import { made } from '../transforms/fresh.ts';
import { isBatched, levels } from '../transforms/levels.ts';
import { expand, sumToSize } from './broadcast.ts';
import { FILLED, fillWhere } from './choose.ts';
import { cloned, contiguousData } from './copy.ts';
import { batchedIndices, placeIndexed, placeValues } from './index_batch.ts';
import { inplace } from './inplace.ts';
import { constantOp, op, register, type UnaryWith } from './op.ts';
import { APART, checkApart, expandedWithWarning } from './overlap.ts';
import { select } from './parts.ts';
import { reshape } from './view.ts';

/** Index tensors for some dimensions; null keeps a dimension whole. */
type Indices = readonly (Tensor | null)[];

/** Where advanced indexing reads or writes. */
interface Selection {
  readonly shape: Shape;
  /** Each element's place, row-major, counted from the tensor's own offset. */
  readonly offsets: Int32Array;
  /** The steps with which the tensor and the indices are read: what decides how a result lies in memory. */
  readonly strides: readonly Shape[];
}

export const isMask = (index: Tensor): boolean => index.dtype === bool || index.dtype.name === 'uint8';

/** Replaces each mask by the positions of its true elements, one index per dimension of the mask. */
function masksToPositions(self: Tensor, indices: Indices): (Tensor | null)[] {
  const result: (Tensor | null)[] = [];
  for (const index of indices) {
    if (index === null || !isMask(index)) {
      result.push(index);
      continue;
    }
    if (index.dtype !== bool) {
      warnings.emit(
        'indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool instead.',
        'UserWarning',
      );
    }
    checkMask(self, index, result.length);
    result.push(...positions(index));
  }
  return result;
}

function checkMask(self: Tensor, mask: Tensor, from: number): void {
  mask.shape.forEach((size, d) => {
    check(
      size === self.shape[from + d],
      () =>
        `The shape of the mask ${showShape(mask.shape)} at index ${d} does not match the shape of the indexed tensor ${showShape(self.shape)} at index ${from + d}`,
      'IndexError',
    );
  });
}

/** The masks among the indices of a batch, which all examples must share, as positions. */
const sharedMasks = (size: number, indices: Indices): Indices =>
  indices.flatMap((index) => {
    if (index === null || index.dtype !== bool) return [index];
    check(index.strides[0] === 0, () => BATCHED_MASK);
    return positions(select(index, 0, 0)).map((place) => expand(place, [size, ...place.shape]));
  });

const BATCHED_MASK =
  'vmap: We do not support batching operators that can support dynamic shape. Attempting to batch over indexing with a boolean mask.';

/** The coordinates of the non-zero elements, one int64 vector per dimension. */
function positions(mask: Tensor): Tensor[] {
  check(!isBatched(mask), () => BATCHED_MASK);
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

const INDEX_TYPES = ['int64', 'int32', 'uint8', 'bool'];

function checkIndexCount(self: Tensor, indices: Indices): void {
  check(
    indices.length <= self.ndim,
    () => `too many indices for tensor of dimension ${self.ndim} (got ${indices.length})`,
    'IndexError',
  );
}

/** @param checkShape looks at the shape of the result before anybody looks at the values of the indices */
export function selectionOf(
  self: Tensor,
  given: Indices,
  checkShape: (shape: Shape) => void = () => {},
): Selection {
  check(
    given.every((index) => index === null || INDEX_TYPES.includes(index.dtype.name)),
    () => 'tensors used as indices must be long, int, byte or bool tensors',
    'IndexError',
  );
  const indices = masksToPositions(self, given);
  checkIndexCount(self, indices);
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
  check(
    !indexed.some((d) => self.shape[d] === 0) || picked.includes(0),
    () => 'index is out of bounds for dimension with size 0',
    'IndexError',
  );
  const whole = self.shape.map((_, d) => d).filter((d) => !indexed.includes(d));
  // The picked dimensions stand where the index tensors stood if those were side by side, else in front.
  const adjacent = indexed.every((d, i) => i === 0 || d === indexed[i - 1] + 1);
  const before = adjacent ? whole.filter((d) => d < indexed[0]) : [];
  const after = whole.filter((d) => !before.includes(d));
  const sizes = (dims: number[]): number[] => dims.map((d) => self.shape[d]);
  const steps = (dims: number[]): number[] => dims.map((d) => self.strides[d]);
  const still = (dims: Shape): number[] => dims.map(() => 0);
  const shape = [...sizes(before), ...picked, ...sizes(after)];
  const reads = tensors.map((tensor) => broadcastStrides(tensor.shape, tensor.strides, picked));
  const strides = [
    [...steps(before), ...still(picked), ...steps(after)],
    ...reads.map((own) => [...still(before), ...own, ...still(after)]),
  ];
  const offsets = new Int32Array(numelOf(shape));
  checkShape(shape);
  // Where no element is chosen no index is looked at.
  if (offsets.length === 0) return { shape, offsets, strides };
  const places = new Int32Array(numelOf(picked));
  tensors.forEach((tensor, i) => {
    addPlaces(places, self, indexed[i], tensor, elementOffsets(picked, reads[i]), i);
  });
  const outer = elementOffsets(sizes(before), steps(before));
  const inner = elementOffsets(sizes(after), steps(after));
  let at = 0;
  for (const o of outer) for (const p of places) for (const i of inner) offsets[at++] = o + p + i;
  return { shape, offsets, strides };
}

const isBroadcastable = (a: Shape, b: Shape): boolean =>
  a.every((size, d) => {
    const other = b[d + b.length - a.length];
    return other === undefined || size === other || size === 1 || other === 1;
  });

/** Adds to `places` what the `nr`-th index tensor, which reads at `reads`, says of dimension `dim`. */
function addPlaces(
  places: Int32Array,
  self: Tensor,
  dim: number,
  index: Tensor,
  reads: Int32Array,
  nr: number,
): void {
  const size = self.shape[dim];
  for (let i = 0; i < places.length; i++) {
    const position = index.storage.data[index.offset + reads[i]];
    // PyTorch counts index tensors here, not dimensions.
    check(
      position >= -size && position < size,
      () => `index ${position} is out of bounds for dimension ${nr} with size ${size}`,
      'IndexError',
    );
    places[i] += (position < 0 ? position + size : position) * self.strides[dim];
  }
}

/** `self[indices]` with index tensors: a copy of the chosen elements. */
export const index = (self: Tensor, indices: Indices): Tensor => indexed(self, unmasked(self, indices));

/** In transforms, masks become positions first: how many elements they choose must not differ among examples. */
const unmasked = (self: Tensor, indices: Indices): Indices =>
  levels.top === null ? indices : masksToPositions(self, indices);

const indexed: UnaryWith<[Indices]> = op('m _index(Tensor input, Tensor?[] indices) -> Tensor', {
  inputs: (self) => [self],
  node: 'IndexBackward0',
  forward: (self: Tensor, indices: Indices) => {
    const { shape, offsets, strides } = selectionOf(self, indices);
    const out = emptyLike(shape, self.dtype, strides);
    const places = elementOffsets(shape, out.strides);
    const { data } = self.storage;
    for (let i = 0; i < offsets.length; i++) out.storage.data[places[i]] = data[self.offset + offsets[i]];
    return out;
  },
  save: ({ args: [self, indices] }) => ({ self_sym_sizes: self.shape, indices }),
  backward: (grad, { self_sym_sizes, indices }) =>
    indexPut(empty(self_sym_sizes, grad.dtype), indices, grad, true),
  forwardMode: 'linear',
  batch: (size, self, indices) => placeIndexed(indexed(self, batchedIndices(size, indices)), indices),
});

/** `self` with `values` written, or added, at the chosen places. */
export const indexPut: UnaryWith<[Indices, Tensor, boolean]> = op(
  'fm index_put(Tensor input, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor',
  {
    inputs: (self, _, values) => [self, values],
    forward: (self: Tensor, indices: Indices, values: Tensor, accumulate: boolean) => {
      const mask = accumulate || values.numel !== 1 ? null : onlyMask(self, indices);
      if (mask !== null) return fillWhere(cloned(self), mask, scalar(item(values), values.dtype.category));
      const out = cloned(self);
      const { shape, offsets } = selectionOf(out, indices, (picked) => {
        check(
          isExpandableTo(values.shape, picked),
          () =>
            `shape mismatch: value tensor of shape ${showShape(values.shape)} cannot be broadcast to indexing result of shape ${showShape(picked)}`,
        );
        check(
          values.dtype === self.dtype,
          () =>
            `Index put requires the source and destination dtypes match, got ${self.dtype.scalarName} for the destination and ${values.dtype.scalarName} for the source.`,
        );
      });
      const reads = elementOffsets(shape, broadcastStrides(values.shape, values.strides, shape));
      const { data } = out.storage;
      for (let i = 0; i < offsets.length; i++) {
        const value = values.storage.data[values.offset + reads[i]];
        data[offsets[i]] = accumulate ? data[offsets[i]] + value : value;
      }
      return out;
    },
    save: ({ args: [, indices, values, accumulate] }) => ({ indices, _shape: values.shape, accumulate }),
    backward: (grad, { indices, _shape: shape, accumulate }, needs) => [
      needs[0] ? (accumulate ? grad : indexPut(grad, indices, empty([], grad.dtype), false)) : null,
      needs[1] ? sumToSize(index(grad, indices), shape) : null,
    ],
    forwardMode: 'linear',
    batch: (size, self, given, values, accumulate) => {
      const indices = sharedMasks(size, given);
      return indexPut(self, batchedIndices(size, indices), placeValues(values, self, indices), accumulate);
    },
  },
);

/** The mask where it is the only index: PyTorch fills there, in whatever dtype the number is. */
function onlyMask(self: Tensor, indices: Indices): Tensor | null {
  const at = indices.findIndex((index) => index !== null);
  const mask = indices[at] ?? null;
  if (mask === null || !isMask(mask) || indices.some((index, i) => i !== at && index !== null)) return null;
  checkMask(self, mask, at);
  const after = new Array<number>(self.ndim - at - mask.ndim).fill(1);
  return new Tensor(
    mask.storage,
    [...mask.shape, ...after],
    [...mask.strides, ...after],
    mask.offset,
    mask.dtype,
  );
}

export const indexPut_ = inplace(
  'm index_put_(Tensor input, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(input)',
  (self: Tensor, indices: Indices, values: Tensor, accumulate: boolean) =>
    indexPut(self, unmasked(self, indices), values, accumulate),
  expandedWithWarning('index_put_', 'tensor[indices] = tensor', (self, [indices, values, accumulate]) => {
    const given = indices as Indices;
    checkIndexCount(self, given);
    const fills = !accumulate && (values as Tensor).numel === 1 && isOneMask(given);
    if (fills) FILLED.check(self, []);
    else checkApart(self, [values as Tensor, ...given.filter((index) => index !== null)]);
  }),
);

/** Is one mask all there is? PyTorch then fills where it holds. */
const isOneMask = (indices: Indices): boolean => {
  const [mask, ...others] = indices.filter((index) => index !== null);
  return others.length === 0 && mask !== undefined && isMask(mask);
};

/** Why an operation can't be batched. */
export const dynamicShape = (operation: string): string =>
  `vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over ${operation}. Please file an issue at https://github.com/pytorch/pytorch/issues if you need this feature.`;

/** The coordinates of the non-zero elements, as a matrix with a row each. */
const nonzero = register('fm nonzero(Tensor input) -> Tensor', (self: Tensor) => {
  check(!isBatched(self), () => dynamicShape('aten::nonzero'));
  const columns = positions(self);
  const count = columns[0]?.numel ?? (self.storage.data[self.offset] !== 0 ? 1 : 0);
  // PyTorch writes one column after the other.
  const out = empty([count, self.ndim], int64, [1, count]);
  columns.forEach((column, d) => {
    out.storage.data.set(contiguousData(column), d * count);
  });
  return made(out);
});
constantOp('fm argwhere(Tensor input) -> Tensor', { forward: nonzero, unbatched: 'argwhere' });

/** The elements of `self`, taken as one vector, at the places that `index` names. */
export const take: UnaryWith<[Tensor]> = op('fm take(Tensor input, Tensor index) -> Tensor', {
  unbatched: 'take',
  inputs: (self) => [self],
  forward: (self: Tensor, at: Tensor) => {
    check(
      at.dtype === int64,
      () => `take(): Expected a long tensor for index, but got ${at.dtype.scalarName}`,
    );
    check(self.numel > 0 || at.numel === 0, () => 'take(): tried to take from an empty tensor', 'IndexError');
    const data = contiguousData(self);
    return mapUnary(at, self.dtype, (place) => data[placeIn(data.length, place)]);
  },
  save: ({ args: [self, at] }) => ({ self, index: at }),
  backward: (grad, saved) =>
    put(emptyFor(saved.self.shape, grad.dtype, [saved.self]), saved.index, grad, true),
  forwardMode: 'linear',
});

/** The other way round: `source` written, or added, at those places. */
export const put: UnaryWith<[Tensor, Tensor, boolean]> = op(
  'fm put(Tensor input, Tensor index, Tensor source, bool accumulate=False) -> Tensor',
  {
    inputs: (self, _, source) => [self, source],
    forward: (self: Tensor, at: Tensor, source: Tensor, accumulate: boolean) => {
      checkPut(self, at, source);
      const out = cloned(self);
      const { data } = out.storage;
      const places = elementOffsets(out.shape, out.strides);
      const values = contiguousData(source);
      contiguousData(at).forEach((place, i) => {
        const target = places[placeIn(places.length, place)];
        data[target] = accumulate ? data[target] + values[i] : values[i];
      });
      return out;
    },
    save: ({ args: [, at, source, accumulate] }) => ({ index: at, source_sizes: source.shape, accumulate }),
    backward: (grad, saved, needs) => [
      !needs[0] || saved.accumulate
        ? grad
        : put(grad, saved.index, empty(saved.index.shape, grad.dtype), false),
      needs[1] ? reshape(take(grad, saved.index), saved.source_sizes) : null,
    ],
    forwardMode: 'linear',
  },
);
inplace(
  'm put_(Tensor input, Tensor index, Tensor source, bool accumulate=False) -> Tensor(input)',
  put,
  APART,
);

function checkPut(self: Tensor, at: Tensor, source: Tensor): void {
  check(at.dtype === int64, () => `put_(): Expected a long tensor for index, but got ${at.dtype.scalarName}`);
  check(
    self.dtype === source.dtype,
    () =>
      `put_(): self and source expected to have the same dtype, but got self.dtype = ${self.dtype.scalarName} and source.dtype = ${source.dtype.scalarName}`,
  );
  check(
    source.numel === at.numel,
    () =>
      `put_(): Expected source and index to have the same number of elements, but got source.numel() = ${source.numel}, index.numel() = ${at.numel}`,
    'IndexError',
  );
  check(
    self.numel > 0 || at.numel === 0,
    () => 'put_(): Tried to put elements into an empty tensor',
    'IndexError',
  );
}

function placeIn(count: number, place: number): number {
  check(
    place >= -count && place < count,
    () => `out of range: tried to access index ${place} on a tensor of ${count} elements.`,
    'IndexError',
  );
  return place < 0 ? place + count : place;
}
