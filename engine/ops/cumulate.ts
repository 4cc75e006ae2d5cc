import { type DType, int64 } from '../dtype.ts';
import { cast, floatingType } from '../kernels/elementwise.ts';
import { runsOf } from '../kernels/reduce.ts';
import { wrapDim, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { add, div, mul, sub } from './arithmetic.ts';
import { stack } from './join.ts';
import { op } from './op.ts';
import { select } from './parts.ts';
import { flip } from './rearrange.ts';
import { amax } from './reduce.ts';
import { exp } from './unary.ts';

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

const totalType = (self: Tensor, dtype: DType | null | undefined): DType =>
  dtype ?? (self.isFloating ? self.dtype : int64);

export const cumsum: (self: Tensor, dim: number, dtype?: DType | null) => Tensor = op(
  'fm cumsum(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, dtype?: DType | null) =>
      running(self, dim, totalType(self, dtype), 0, (total, x) => total + x),
    save: ({ args: [, dim] }) => ({ dim }),
    backward: (grad, { dim }) => backwardsSum(grad, dim),
    forwardMode: 'linear',
    batch: { along: 1 },
  },
);
/** Each gradient counts for all places before it: a running sum from the end. */
const backwardsSum = (grad: Tensor, dim: number): Tensor =>
  grad.ndim === 0 ? grad : flip(cumsum(flip(grad, [dim]), dim), [dim]);

export const cumprod: (self: Tensor, dim: number, dtype?: DType | null) => Tensor = op(
  'fm cumprod(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, dtype?: DType | null) =>
      running(self, dim, totalType(self, dtype), 1, (total, x) => total * x),
    save: ({ args: [self, dim], result }) => ({ self, dim, result }),
    backward: (grad, { self, dim, result }) => {
      if (isBatched(self) || !self.storage.data.some((x) => x === 0))
        return div(backwardsSum(mul(grad, result), dim), self);
      return cumprodGradientWithZeros(grad, self, dim);
    },
    // Step by step the product rule: each product moves with the one before and with its own factor.
    forwardMode: ([tangent], { args: [self, dim], result }) => {
      if (self.ndim === 0) return tangent as Tensor;
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

/** With zeros there is no dividing: each place's slope is the running product of all the others up to each result. */
function cumprodGradientWithZeros(grad: Tensor, self: Tensor, dim: number): Tensor {
  const out = empty(self.shape, self.dtype);
  const dims = wrapDims([dim], self.ndim);
  const [x, g, to] = [runsOf(self, dims), runsOf(grad, dims), runsOf(out, dims)];
  for (let run = 0; run < x.starts.length; run++) {
    for (let k = 0; k < x.steps.length; k++) {
      let product = 1;
      let total = 0;
      for (let j = 0; j < x.steps.length; j++) {
        if (j !== k) product *= self.storage.data[self.offset + x.starts[run] + x.steps[j]];
        if (j >= k) total += product * grad.storage.data[grad.offset + g.starts[run] + g.steps[j]];
      }
      out.storage.data[to.starts[run] + to.steps[k]] = total;
    }
  }
  return out;
}

/** The logarithm of a running total of exponentials, without overflow. */
export const logcumsumexp = op('fm logcumsumexp(Tensor input, int dim) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dim: number) =>
    running(self, dim, floatingType(self.dtype), Number.NEGATIVE_INFINITY, logAddExp),
  save: ({ args: [self, dim], result }) => ({ self, dim, result }),
  // Each element weighs exp(x - result) in every later result; the common factor is taken out of the sum.
  backward: (grad, { self, dim, result }) => {
    const largest = amax(self, [dim], true);
    const weighted = mul(grad, exp(sub(largest, result)));
    return mul(exp(sub(self, largest)), backwardsSum(weighted, dim));
  },
});

function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  return Math.abs(larger) === Number.POSITIVE_INFINITY
    ? larger
    : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}
