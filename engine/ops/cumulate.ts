import { type DType, int64, isFloating, notBool, requireKernel } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { runsOf } from '../kernels/reduce.ts';
import { wrapDim, wrapDims } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { isBatched, levels } from '../transforms/levels.ts';
import { add, asTensor, div, exact, mul, neg, sub } from './arithmetic.ts';
import { sumDims, totalType } from './broadcast.ts';
import { where } from './choose.ts';
import { gt, lt } from './compare.ts';
import { contiguousData } from './copy.ts';
import { maxDim } from './extremes.ts';
import { copy_, inplace } from './inplace.ts';
import { cat, stack } from './join.ts';
import { multiOp, op } from './op.ts';
import { ELEMENTWISE_LATE } from './overlap.ts';
import { narrow, select } from './parts.ts';
import { flip } from './rearrange.ts';
import { gather, scatterAdd } from './scatter.ts';
import { exp, log, zerosFor } from './unary.ts';

/** A running total along `dim`. */
function running(
  self: Tensor,
  dim: number,
  dtype: DType,
  first: number,
  f: (total: number, x: number) => number,
) {
  const from = cast(self, dtype);
  const out = empty(self.shape, dtype);
  const dims = wrapDims([dim], self.ndim);
  const reads = runsOf(from, dims);
  const writes = runsOf(out, dims);
  for (let i = 0; i < reads.starts.length; i++) {
    let total = first;
    for (let j = 0; j < reads.steps.length; j++) {
      total = f(total, from.storage.data[from.offset + reads.starts[i] + reads.steps[j]]);
      out.storage.data[writes.starts[i] + writes.steps[j]] = total;
    }
  }
  return out;
}

type Cumulate = (self: Tensor, dim: number, dtype?: DType | null) => Tensor;

function runningOf(
  name: 'cumsum' | 'cumprod',
  first: number,
  f: (total: number, x: number) => number,
): Cumulate {
  return (self, dim, dtype) => {
    const type = totalType(self, dtype);
    requireKernel(`${name}_out_cpu`, type, notBool);
    const result = running(self, dim, type, first, f);
    return type === int64 ? exact(result) : result;
  };
}

export const cumsum: Cumulate = op('fm cumsum(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor', {
  inputs: (self) => [self],
  forward: runningOf('cumsum', 0, (total, x) => total + x),
  save: ({ args: [, dim] }) => ({ dim }),
  backward: (grad, { dim }) => backwardsSum(grad, dim),
  forwardMode: 'linear',
  batch: { along: 1 },
});
/** Each gradient counts for all places before it: a running sum from the end. */
const backwardsSum = (grad: Tensor, dim: number): Tensor =>
  grad.numel <= 1 || grad.shape[wrapDim(dim, grad.ndim)] === 1
    ? grad
    : flip(cumsum(flip(grad, [dim]), dim), [dim]);

export const cumprod: Cumulate = op(
  'fm cumprod(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: runningOf('cumprod', 1, (total, x) => total * x),
    save: ({ args: [self, dim], result }) => ({ self, dim, result }),
    backward: (grad, { self, dim, result }) => {
      if (self.numel <= 1 || self.shape[wrapDim(dim, self.ndim)] === 1) return grad;
      if (!isBatched(self) && contiguousData(self).every((x) => x !== 0))
        return div(backwardsSum(mul(result, grad), dim), self);
      return cumprodGradientWithZeros(grad, self, wrapDim(dim, self.ndim));
    },
    // Step by step the product rule: each product moves with the one before and with its own factor.
    forwardMode: ([tangent], { args: [self, dim], result }) => {
      if (self.ndim === 0 || self.numel === 0) return tangent as Tensor;
      const at = (x: Tensor, i: number): Tensor => select(x, dim, i);
      const moved = [at(tangent as Tensor, 0)];
      for (let i = 1; i < self.shape[wrapDim(dim, self.ndim)]; i++) {
        const own = mul(at(result, i - 1), at(tangent as Tensor, i));
        moved.push(add(mul(moved[i - 1], at(self, i)), own));
      }
      return stack(moved, dim);
    },
    batch: { along: 1 },
  },
);

/** With zeros there is no dividing: each place's slope is the product of all the others up to each later result. */
function cumprodGradientWithZeros(grad: Tensor, self: Tensor, dim: number): Tensor {
  const size = self.shape[dim];
  const one = full(
    self.shape.map((length, d) => (d === dim ? 1 : length)),
    1,
    self.dtype,
  );
  let before = one;
  const slopeAt = (k: number): Tensor => {
    const after = cumprod(cat([one, narrow(self, dim, k + 1, size - k - 1)], dim), dim);
    const slope = sumDims(mul(narrow(grad, dim, k, size - k), mul(before, after)), [dim]);
    before = mul(before, narrow(self, dim, k, 1));
    return slope;
  };
  const places = Array.from({ length: size }, (_, k) => k);
  if (levels.top !== null) return stack(places.map(slopeAt), dim);
  const slopes = zerosFor(self);
  for (const k of places) copy_(select(slopes, dim, k), slopeAt(k));
  return slopes;
}

for (const [name, run] of [
  ['cumsum', cumsum],
  ['cumprod', cumprod],
] as const) {
  inplace(
    `m ${name}_(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor(input)`,
    (self: Tensor, dim: number, dtype: DType | null) => {
      check(
        dtype === null || dtype === self.dtype,
        () =>
          `provided dtype must match the dtype of self tensor in ${name}. Got ${self.dtype.scalarName} and ${dtype?.scalarName}.`,
      );
      return run(self, dim, self.dtype);
    },
    ELEMENTWISE_LATE,
  );
}

/** The logarithm of a running total of exponentials, without overflow. */
export const logcumsumexp: (self: Tensor, dim: number) => Tensor = op(
  'fm logcumsumexp(Tensor input, int dim) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number) => {
      requireKernel('logcumsumexp_out_cpu', self.dtype, isFloating);
      return running(self, dim, self.dtype, Number.NEGATIVE_INFINITY, logAddExp);
    },
    save: ({ args: [self, dim], result }) => ({ self, dim, result }),
    // Each element weighs exp(x - result) in every later result; positive and negative gradients are summed apart, as
    // the sum is one of exponentials.
    backward: (grad, { self, dim, result }) => {
      if (grad.ndim === 0 || grad.numel === 0) return grad;
      // The lowest number, as -∞ less -∞ would be none.
      const least = full([], grad.dtype.bytes === 4 ? -3.4028234663852886e38 : -Number.MAX_VALUE, grad.dtype);
      const zero = asTensor(0);
      const share = (logGrad: Tensor): Tensor =>
        exp(add(flip(logcumsumexp(flip(sub(logGrad, result), [dim]), dim), [dim]), self));
      const positive = share(where(gt(grad, zero), log(grad), least));
      const negative = share(where(lt(grad, zero), log(neg(grad)), least));
      return sub(positive, negative);
    },
    forwardMode: ([tangent], { args: [self, dim], result }) => {
      const [largest] = maxDim(self, dim, true);
      const moved = cumsum(mul(tangent as Tensor, exp(sub(self, largest))), dim);
      return mul(moved, exp(sub(largest, result)));
    },
  },
);

function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  return Math.abs(larger) === Number.POSITIVE_INFINITY
    ? larger
    : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** The extreme so far along `dim`, and where it stood last. NaN stays. */
function runningExtreme(name: 'cummax' | 'cummin', reaches: (x: number, best: number) => boolean): void {
  multiOp(`fm ${name}(Tensor input, int dim) -> ${name}(Tensor values, Tensor indices)`, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number) => {
      const [values, indices] = [empty(self.shape, self.dtype), empty(self.shape, int64)];
      check(
        self.ndim > 0 || dim === 0 || dim === -1,
        () => `${name}(): Expected reduction dim -1 or 0 for scalar but got ${dim}`,
        'IndexError',
      );
      if (self.numel === 0) return [values, indices];
      const dims = wrapDims([dim], self.ndim);
      const [reads, writes] = [runsOf(self, dims), runsOf(values, dims)];
      reads.starts.forEach((start, run) => {
        let best = 0;
        const at = (j: number): number => self.storage.data[self.offset + start + reads.steps[j]];
        writes.steps.forEach((step, j) => {
          if (Number.isNaN(at(j)) || reaches(at(j), at(best))) best = j;
          values.storage.data[writes.starts[run] + step] = at(best);
          indices.storage.data[writes.starts[run] + step] = best;
        });
      });
      return [values, indices];
    },
    save: ({ args: [self, dim], result }) => ({ self, dim, indices: result[1] }),
    backward: ([grad], { self, dim, indices }) =>
      grad === null ? null : self.numel === 0 ? self : scatterAdd(zerosFor(self), dim, indices, grad),
    forwardMode: ([tangent], { args: [, dim], result }) => [
      gather(tangent as Tensor, dim, result[1]),
      result[1],
    ],
    batch: { along: 1 },
  });
}
runningExtreme('cummax', (x, best) => x >= best);
runningExtreme('cummin', (x, best) => x <= best);
