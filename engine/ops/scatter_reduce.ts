import { check, fail, warnings } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { wrapDim } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { asTensor, div, mul } from './arithmetic.ts';
import { where } from './choose.ts';
import { eq } from './compare.ts';
import { contiguousData } from './copy.ts';
import { checkSource, indexAdd, indexFill, indexSelect, SELECT, slicesOf } from './index_along.ts';
import { inplace } from './inplace.ts';
import { op, type UnaryWith } from './op.ts';
import { APART } from './overlap.ts';
import {
  asVector,
  checkScatter,
  copyOf,
  gather,
  placesAlong,
  scatterAdd,
  scatterNumber,
  valuesOf,
} from './scatter.ts';
import { zerosFor } from './unary.ts';

// Several numbers that go to one place are brought to one: summed, multiplied, averaged, or the largest or smallest taken.

interface Reduction {
  readonly start: number;
  readonly step: (x: number, y: number) => number;
}

const wins =
  (better: (x: number, y: number) => number) =>
  (x: number, y: number): number =>
    Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : better(x, y);

const REDUCTIONS: Record<string, Reduction> = {
  sum: { start: 0, step: (x, y) => x + y },
  mean: { start: 0, step: (x, y) => x + y },
  prod: { start: 1, step: (x, y) => x * y },
  amax: { start: Number.NEGATIVE_INFINITY, step: wins(Math.max) },
  amin: { start: Number.POSITIVE_INFINITY, step: wins(Math.min) },
  // Older names, which PyTorch takes but can't differentiate.
  max: { start: Number.NEGATIVE_INFINITY, step: wins(Math.max) },
  min: { start: Number.POSITIVE_INFINITY, step: wins(Math.min) },
};

/** Brings the values that go to each place of `out` together, with what stood there or without it. */
function reduceInto(
  out: Tensor,
  places: ArrayLike<number>,
  value: (i: number) => number,
  how: string,
  includeSelf: boolean,
): Tensor {
  const { start, step } = REDUCTIONS[how];
  const found = new Map<number, { total: number; count: number }>();
  for (let i = 0; i < places.length; i++) {
    const at = places[i];
    const own = found.get(at) ?? {
      total: includeSelf ? out.storage.data[at] : start,
      count: includeSelf ? 1 : 0,
    };
    own.total = step(own.total, value(i));
    own.count++;
    found.set(at, own);
  }
  for (const [at, { total, count }] of found) {
    const mean = out.isFloating ? total / count : Math.floor(total / count);
    out.storage.data[at] = how === 'mean' ? mean : total;
  }
  return out;
}

/** Reading at the places, adding at them, and writing a number there: what the gradient is made of. */
interface Access {
  readonly read: (x: Tensor) => Tensor;
  readonly addTo: (x: Tensor, values: Tensor) => Tensor;
  readonly zeroAt: (x: Tensor) => Tensor;
  /** The operation itself, with another tensor and another source. */
  readonly again: (self: Tensor, source: Tensor) => Tensor;
}

const sameAs = (x: Tensor, y: Tensor): Tensor => cast(eq(x, y), x.dtype);

/** Of equal extremes each gets an equal part; a product's zeros are left out where only one is there. */
function gradientOf(
  grad: Tensor,
  self: Tensor,
  source: Tensor,
  result: Tensor,
  how: string,
  includeSelf: boolean,
  { read, addTo, zeroAt, again }: Access,
): [Tensor, Tensor] {
  check(
    how !== 'max' && how !== 'min',
    () => `Expected 'reduce' to be one of 'sum', 'prod', 'mean', 'amax', 'amin' but got ${how}.`,
  );
  let [toSelf, toSource] = [grad, grad];
  if (how === 'sum') toSource = read(grad);
  else if (how === 'mean') {
    const ones = full(source.shape, 1, grad.dtype);
    const counts = addTo(includeSelf ? full(grad.shape, 1, grad.dtype) : zerosFor(grad), ones);
    const safe = where(eq(counts, asTensor(0)), full(counts.shape, 1, counts.dtype), counts);
    toSelf = div(grad, safe);
    toSource = div(read(grad), read(safe));
  } else if (how === 'prod') {
    const noZeros = where(eq(self, asTensor(0)), full(self.shape, 1, self.dtype), self);
    toSelf = div(mul(grad, again(noZeros, source)), noZeros);
    const isZero = eq(source, asTensor(0));
    const zeros = read(addTo(zerosFor(self), cast(isZero, self.dtype)));
    const single = mul(isZero, eq(zeros, asTensor(1)));
    const one = full(source.shape, 1, source.dtype);
    const without = again(self, where(single, one, source));
    toSource = where(
      single,
      read(mul(grad, without)),
      div(read(mul(grad, result)), where(isZero, one, source)),
    );
  } else {
    const [selfIs, sourceIs] = [sameAs(self, result), sameAs(source, read(result))];
    const shared = div(grad, addTo(selfIs, sourceIs));
    toSelf = mul(selfIs, shared);
    toSource = mul(sourceIs, read(shared));
  }
  return [includeSelf ? toSelf : zeroAt(toSelf), toSource];
}

type Arguments = [dim: number, at: Tensor, source: Tensor, how: string, includeSelf: boolean];

const scatterReduce: UnaryWith<Arguments> = op(
  'fm scatter_reduce(Tensor input, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, ...[dim, at, source, how, includeSelf]: Arguments) => {
      check(
        how in REDUCTIONS,
        () => `reduce argument must be either sum, prod, mean, amax or amin, got ${how}`,
      );
      const along = wrapDim(dim, self.ndim);
      const out = copyOf(self);
      if (at.numel === 0) return out;
      checkScatter(self, along, at, source);
      return reduceInto(out, placesAlong(out, along, at), valuesOf(source, at), how, includeSelf);
    },
    save: ({ args: [self, dim, index, src, reduce, include_self], result }) => ({
      self,
      dim,
      index,
      src,
      reduce,
      include_self,
      result,
    }),
    backward: (grad, { self, dim, index, src, reduce, include_self, result }) =>
      gradientOf(grad, self, src, result, reduce, include_self, {
        read: (x) => gather(x, dim, index),
        addTo: (x, values) => scatterAdd(x, dim, index, values),
        zeroAt: (x) => scatterNumber(x, dim, index, { value: 0, category: 3 }),
        again: (own, source) => scatterReduce(own, dim, index, source, reduce, include_self),
      }),
    forwardMode: ([toSelf, toSource], { args: [self, dim, at, source, how, includeSelf], result }) => {
      const moving = [toSelf ?? zerosFor(self), toSource ?? zerosFor(source)] as const;
      if (how === 'sum' || how === 'mean')
        return scatterReduce(moving[0], dim, at, moving[1], how, includeSelf);
      // PyTorch leaves others without a tangent.
      if (how !== 'amax' && how !== 'amin') return null;
      const [own, other] = [sameAs(self, result), sameAs(source, gather(result, dim, at))];
      const kept = includeSelf ? own : scatterNumber(own, dim, at, { value: 0, category: 3 });
      const total = scatterAdd(mul(kept, moving[0]), dim, at, mul(other, moving[1]));
      return div(total, scatterAdd(kept, dim, at, other));
    },
  },
);
inplace(
  'm scatter_reduce_(Tensor input, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(input)',
  scatterReduce,
  APART,
);

const indexReduce: UnaryWith<Arguments> = op(
  'fm index_reduce(Tensor input, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor',
  {
    inputs: (self, _, __, source) => [self, source],
    forward: (self: Tensor, ...[dim, at, source, how, includeSelf]: Arguments) => {
      if (!['prod', 'mean', 'amax', 'amin'].includes(how)) {
        fail(`index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got ${how}.`);
      }
      const along = wrapDim(dim, self.ndim);
      checkSource('index_reduce_', self, along, at, source);
      warnings.emit('index_reduce() is in beta and the API may change at any time.', 'UserWarning');
      const out = copyOf(self);
      const values = contiguousData(asVector(source));
      const { offsets } = slicesOf(out, along, at, SELECT);
      return reduceInto(out, offsets, (i) => values[i], how, includeSelf);
    },
    save: ({ args: [self, dim, index, source, reduce, include_self], result }) => ({
      self,
      dim,
      index,
      source,
      reduce,
      include_self,
      result,
    }),
    backward: (grad, { self, dim, index, source, reduce, include_self, result }) =>
      gradientOf(grad, self, source, result, reduce, include_self, {
        read: (x) => indexSelect(x, dim, index),
        addTo: (x, values) => indexAdd(x, dim, index, values),
        zeroAt: (x) => indexFill(x, dim, index, { value: 0, category: 3 }),
        again: (own, other) => indexReduce(own, dim, index, other, reduce, include_self),
      }),
    forwardMode: { refused: 'index_reduce' },
  },
);
inplace(
  'm index_reduce_(Tensor input, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(input)',
  indexReduce,
  APART,
);
