import { bool, type Data, type DType, float64, int32, int64, isFloating, type Scalar } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { contiguousStrides, numelOf, type Shape, sameShape, showShape, wrapDim } from '../shape.ts';
import { empty, type Tensor, wrappedNumber } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { dynamicShape } from './indexing.ts';
import { constantOp, multiOp } from './op.ts';
import { derivativeMissing, refuseBool, requireFloating } from './supported.ts';

// Operations that count and search. None has a gradient.

const constant = <A extends unknown[]>(
  signature: string,
  forward: (...args: A) => Tensor,
  unbatched?: string,
): void => {
  constantOp(signature, { forward, unbatched });
};

/** How often each whole number from 0 on stands, or the sum of the weights it stands with. */
constant(
  'fm bincount(Tensor input, Tensor? weights=None, int minlength=0) -> Tensor',
  (self: Tensor, weights: Tensor | null, least: number) => {
    check(least >= 0, () => 'minlength should be >= 0');
    const values = contiguousData(self);
    check(
      !isFloating(self.dtype) && self.dtype !== bool,
      () => `"bincount_cpu" not implemented for '${self.dtype.scalarName}'`,
      'NotImplementedError',
    );
    check(
      self.ndim === 1 && !values.some((value) => value < 0),
      () => 'bincount only supports 1-d non-negative integral inputs.',
    );
    check(
      weights === null || (weights.ndim === 1 && weights.numel === self.numel),
      () => 'weights should be 1-d and have the same length as input',
    );
    const length = values.length === 0 ? least : Math.max(least, extremes(values)[1] + 1);
    const dtype = weights === null ? int64 : weights.dtype.name === 'float32' ? weights.dtype : float64;
    const out = empty([length], dtype);
    const amounts = weights && contiguousData(weights);
    values.forEach((value, i) => {
      out.storage.data[value] += amounts === null ? 1 : amounts[i];
    });
    return out;
  },
  'bincount',
);

/** How many elements fall into each of `bins` equal parts between two limits. */
constant(
  'fm histc(Tensor input, int bins=100, Scalar min=0, Scalar max=0) -> Tensor',
  (self: Tensor, bins: number, min: Scalar, max: Scalar) => {
    check(bins > 0, () => 'bins must be > 0');
    if (self.dtype === bool) refuseBool('linspace_cpu', self);
    requireFloating('histogram_cpu', self);
    const values = contiguousData(self);
    let [low, high] = [min.value, max.value];
    if (low === high && values.length > 0) [low, high] = extremes(values);
    if (low === high) [low, high] = [low - 1, high + 1];
    check(
      Number.isFinite(low) && Number.isFinite(high),
      () => `torch.histc: range of [${inC(low)}, ${inC(high)}] is not finite`,
    );
    check(low < high, () => 'torch.histc: max must be larger than min');
    const out = empty([bins], self.dtype);
    for (const value of values) {
      if (value >= low && value <= high) {
        out.storage.data[Math.min(Math.floor(((value - low) / (high - low)) * bins), bins - 1)] += 1;
      }
    }
    return out;
  },
  'histc',
);

/** A number as C prints it. */
const inC = (x: number): string => String(x).replace('Infinity', 'inf').replace('NaN', 'nan');

function extremes(values: Data): [number, number] {
  let [low, high] = [values[0], values[0]];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** For each element: is it among the others? */
function isIn(elements: Tensor, tested: Tensor, _: boolean, invert: boolean): Tensor {
  for (const { dtype } of [elements, tested]) {
    check(dtype !== bool, () => `Unsupported input type encountered for isin(): ${dtype.scalarName}`);
  }
  const known = new Set(contiguousData(tested));
  const out = empty(elements.shape, bool);
  contiguousData(elements).forEach((value, i) => {
    out.storage.data[i] = Number(known.has(value) !== invert);
  });
  return out;
}
const asElement = ({ value, category }: Scalar): Tensor => wrappedNumber(value, category);
const FLAGS = '*, bool assume_unique=False, bool invert=False) -> Tensor';
constant(`f isin(Tensor elements, Tensor test_elements, ${FLAGS}`, isIn, 'isin.Tensor_Tensor');
constant(
  `f isin(Scalar element, Tensor test_elements, ${FLAGS}`,
  (element: Scalar, tested: Tensor, unique: boolean, invert: boolean) =>
    isIn(asElement(element), tested, unique, invert),
);
constant(
  `f isin(Tensor elements, Scalar test_element, ${FLAGS}`,
  (elements: Tensor, tested: Scalar, unique: boolean, invert: boolean) =>
    isIn(elements, asElement(tested), unique, invert),
);

/** The first place from `start` on, up to `end`, at which `value` could stand; behind equals where `right`. */
function placeFor(
  data: Data,
  start: number,
  end: number,
  value: number,
  right: boolean,
  sorter: Data | null,
): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const here = data[sorter === null ? middle : start + sorter[middle]];
    if (right ? !(here > value) : !(here >= value)) low = middle + 1;
    else high = middle;
  }
  return low - start;
}

function warnOfCopies(sequence: Tensor, values: Tensor): void {
  for (const [name, tensor] of [
    ['input value', values],
    ['boundary', sequence],
  ] as const) {
    if (tensor.isContiguous) continue;
    warnings.emit(
      `torch.searchsorted(): ${name} tensor is non-contiguous, this will lower the performance due to extra data copy when converting non-contiguous tensor to contiguous, please use contiguous ${name} tensor if possible. This message will only appear once per program.`,
      'UserWarning',
    );
  }
}

function searched(
  sequence: Tensor,
  values: Tensor,
  right: boolean,
  sorter: Tensor | null,
  dtype: DType,
): Tensor {
  if (values.numel > 0) refuseBool('searchsorted_out_cpu', values);
  warnOfCopies(sequence, values);
  const out = empty(values.shape, dtype);
  const data = contiguousData(sequence);
  const length = sequence.shape[sequence.ndim - 1];
  const perRow = sequence.ndim === 1 ? values.numel : values.shape[values.ndim - 1];
  const order = sorter && contiguousData(sorter);
  contiguousData(values).forEach((value, i) => {
    const row = sequence.ndim === 1 ? 0 : Math.floor(i / perRow);
    const start = row * length;
    out.storage.data[i] = placeFor(data, start, start + length, value, right, order);
  });
  return out;
}

/** Where each value would have to be put to keep a sorted sequence (each row of several) sorted. */
function searchSorted(
  sequence: Tensor,
  values: Tensor,
  int32Wanted: boolean,
  right: boolean,
  side: string | null,
  sorter: Tensor | null,
): Tensor {
  if (side !== null) {
    check(
      side === 'left' || side === 'right',
      () => `torch.searchsorted(): side can only be 'left' or 'right' but got ${side}`,
    );
    check(
      !(right && side === 'left'),
      () =>
        "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True",
    );
  }
  check(
    sequence.ndim > 0,
    () =>
      'torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got boundaries tensor dim(0) and input value dim(' +
      `${values.ndim}) numel(${values.numel})`,
  );
  check(
    sequence.ndim === 1 || sameShape(sequence.shape.slice(0, -1), values.shape.slice(0, -1)),
    () =>
      `torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor ${showShape(sequence.shape)} and input value tensor ${showShape(values.shape)}`,
  );
  return searched(sequence, values, right || side === 'right', sorter, int32Wanted ? int32 : int64);
}
const SEARCH = '*, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor';
constant(`f searchsorted(Tensor sorted_sequence, Tensor input, ${SEARCH}`, searchSorted);
constant(
  `f searchsorted(Tensor sorted_sequence, Scalar self, ${SEARCH}`,
  (
    sequence: Tensor,
    value: Scalar,
    wanted: boolean,
    right: boolean,
    side: string | null,
    sorter: Tensor | null,
  ) => searchSorted(sequence, asElement(value), wanted, right, side, sorter),
);

/** The number of the bucket between sorted boundaries that each value falls into. */
function bucketize(values: Tensor, boundaries: Tensor, wanted: boolean, right: boolean): Tensor {
  check(
    boundaries.ndim === 1,
    () => `boundaries tensor must be 1 dimension, but got dim(${boundaries.ndim})`,
  );
  return searchSorted(boundaries, values, wanted, right, null, null);
}
const BUCKETS = 'Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor';
constant(`f bucketize(Tensor input, ${BUCKETS}`, bucketize);
constant(
  `f bucketize(Scalar self, ${BUCKETS}`,
  (value: Scalar, boundaries: Tensor, wanted: boolean, right: boolean) =>
    bucketize(asElement(value), boundaries, wanted, right),
);

/** Slices of `self` along `dim` (all elements, where it is null) as rows, compared element by element. */
function rowsOf(self: Tensor, dim: number | null) {
  const data = contiguousData(self);
  const at = dim === null ? 0 : wrapDim(dim, self.ndim);
  const length = dim === null ? self.numel : self.ndim === 0 ? 1 : self.shape[at];
  const inner = dim === null ? 1 : numelOf(self.shape.slice(at + 1));
  const outer = dim === null ? 1 : numelOf(self.shape.slice(0, at));
  const place = (row: number, j: number): number =>
    (Math.floor(j / inner) * length + row) * inner + (j % inner);
  return { data, at, length, size: outer * inner, place };
}

/** Shape and strides of `count` slices of `self`, which stand one after the other in memory. */
function layoutOf(self: Tensor, dim: number | null, at: number, count: number): [Shape, DType, Shape] {
  if (dim === null) return [[count], self.dtype, [1]];
  const others = self.shape.filter((_, d) => d !== at);
  const [step, ...rest] = contiguousStrides([count, ...others]);
  const around = <T>(list: readonly T[], own: T): T[] => [...list.slice(0, at), own, ...list.slice(at)];
  return [around(others, count), self.dtype, around(rest, step)];
}

/** The different elements (or slices along `dim`), where each went, and how often it stood. */
function uniqueOf(self: Tensor, dim: number | null, consecutive: boolean): Tensor[] {
  const { data, at, length, size, place } = rowsOf(self, dim);
  const compare = (a: number, b: number): number => {
    for (let j = 0; j < size; j++) {
      const [x, y] = [data[place(a, j)], data[place(b, j)]];
      if (x < y) return -1;
      if (x > y) return 1;
      if (x !== y) return Number.isNaN(x) && Number.isNaN(y) ? a - b : Number.isNaN(x) ? 1 : -1;
    }
    return 0;
  };
  const order = Array.from({ length }, (_, i) => i);
  if (!consecutive) order.sort((a, b) => compare(a, b) || a - b);
  const firsts: number[] = [];
  const counts: number[] = [];
  const inverse = empty(dim === null ? self.shape : [length], int64);
  order.forEach((row, i) => {
    if (i === 0 || compare(order[i - 1], row) !== 0) {
      firsts.push(row);
      counts.push(0);
    }
    counts[counts.length - 1]++;
    inverse.storage.data[row] = firsts.length - 1;
  });
  const values = empty(...layoutOf(self, dim, at, firsts.length));
  firsts.forEach((row, i) => {
    for (let j = 0; j < size; j++) values.storage.data[i * size + j] = data[place(row, j)];
  });
  const howOften = empty([counts.length], int64);
  howOften.storage.data.set(counts);
  return [values, inverse, howOften];
}

function refuseEmptySlices(self: Tensor, dim: number | null): void {
  if (dim === null) return;
  const at = wrapDim(dim, self.ndim);
  const empties = self.shape.filter((size) => size === 0).length;
  if (self.shape[at] === 0 && empties !== 1)
    fail('Number of zero sized dimensions is more than one, so unique cannot be applied ');
  if (self.shape[at] !== 0 && empties > 0)
    fail("There are 0 sized dimensions, and they aren't selected, so unique cannot be applied");
}

/** Recorded like any function of its input, and refused when a gradient is to come back through it. */
function uniqueOp(name: string, node: string, consecutive: boolean): void {
  multiOp(`f _${name}(Tensor input, int? dim) -> Tensor[]`, {
    node: `${node}Backward0`,
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number | null) => {
      if (!consecutive) refuseEmptySlices(self, dim);
      return uniqueOf(self, dim, consecutive);
    },
    ...derivativeMissing(name),
    batch: () => fail(dynamicShape(`aten::${name}`)),
  });
}

uniqueOp('_unique2', 'Unique2', false);
uniqueOp('unique_dim', 'UniqueDim', false);
uniqueOp('unique_consecutive', 'UniqueConsecutive', true);
