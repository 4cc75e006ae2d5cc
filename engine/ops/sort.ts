import { type Data, int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { reduce, runsOf } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { scatterAdd } from './index_along.ts';
import { multiOp, op } from './op.ts';
import { putBack, shareAmongEqual } from './reduce.ts';

/** Values in order along `dim`, and where they came from. Equal values keep their order; NaN counts as largest. */
export const sort = multiOp(
  'fm sort(Tensor input, int dim=-1, bool descending=False, bool stable=False) -> sort(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, descending: boolean) => sorted(self, dim, descending, null),
    save: ({ args: [self, dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
    batch: { along: 1 },
  },
);

export const topk = multiOp(
  'fm topk(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True) -> topk(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, k: number, dim: number, largest: boolean) => sorted(self, dim, largest, k),
    save: ({ args: [self, , dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
    batch: { along: 2 },
  },
);

/** A value chosen by its rank among those along `dim`; only the element it was gets the gradient. */
function ranked<A extends unknown[]>(
  signature: string,
  node: string,
  rank: (count: number, ...args: A) => number,
  place: (...args: A) => { dim: number; keepdim: boolean },
) {
  return multiOp(signature, {
    node,
    inputs: (self: Tensor, ..._: A): readonly Tensor[] => [self],
    forward: (self: Tensor, ...args: A) => {
      const { dim, keepdim } = place(...args);
      return chosen(self, wrapDims([dim], self.ndim), keepdim, (count) => rank(count, ...args));
    },
    save: ({ args: [self, ...args], result }) => ({
      self_sym_sizes: self.shape,
      ...place(...args),
      indices: result[1],
    }),
    backward: ([grad], { self_sym_sizes, dim, keepdim, indices }) =>
      grad === null ? null : putBack(grad, self_sym_sizes, dim, keepdim, indices),
  });
}

/** The lower of the two middle values, where there are two. */
const middle = (count: number): number => Math.floor((count - 1) / 2);

/** The values of one rank along `dims`, and where they stand; NaN comes first where there is one. */
function chosen(
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
  rank: (count: number) => number,
): Tensor[] {
  const position = (data: Data, start: number, steps: Int32Array): number => {
    const at = (j: number): number => data[start + steps[j]];
    const nan = steps.findIndex((_, j) => Number.isNaN(at(j)));
    if (nan >= 0) return nan;
    return Array.from(steps.keys()).sort((a, b) => at(a) - at(b))[rank(steps.length)];
  };
  const values = reduce(
    self,
    dims,
    keepdim,
    self.dtype,
    (data, start, steps) => data[start + steps[position(data, start, steps)]],
  );
  return [values, reduce(self, dims, keepdim, int64, position)];
}

export const median = op('fm median(Tensor input) -> Tensor', {
  forward: (self: Tensor) => chosen(self, wrapDims(null, self.ndim), false, middle)[0],
  save: ({ args: [self], result }) => ({ self, result }),
  backward: (grad, { self, result }) => shareAmongEqual(grad, self, result, wrapDims(null, self.ndim)),
});

export const medianAlong = ranked<[dim: number, keepdim: boolean]>(
  'fm median(Tensor input, int dim, bool keepdim=False) -> median(Tensor values, Tensor indices)',
  'MedianBackward1',
  middle,
  (dim, keepdim) => ({ dim, keepdim }),
);

export const kthValue = ranked<[k: number, dim: number, keepdim: boolean]>(
  'fm kthvalue(Tensor input, int k, int dim=-1, bool keepdim=False) -> kthvalue(Tensor values, Tensor indices)',
  'KthvalueBackward0',
  (count, k) => {
    check(k >= 1 && k <= count, () => 'kthvalue(): selected number k out of range for dimension');
    return k - 1;
  },
  (_, dim, keepdim) => ({ dim, keepdim }),
);

function unsorted(grad: Tensor, saved: { self_sym_sizes: Shape; dim: number; indices: Tensor }): Tensor {
  return scatterAdd(empty(saved.self_sym_sizes, grad.dtype), saved.dim, saved.indices, grad);
}

function sorted(self: Tensor, dim: number, descending: boolean, k: number | null): Tensor[] {
  const dims = wrapDims([dim], self.ndim);
  const shape = self.shape.map((size, d) => (k !== null && dims.includes(d) ? k : size));
  const [values, indices] = [empty(shape, self.dtype), empty(shape, int64)];
  const reads = runsOf(self, dims);
  const writes = runsOf(values, dims);
  const key = (x: number): number => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);
  reads.starts.forEach((start, run) => {
    const x = (j: number): number => self.storage.data[self.offset + start + reads.steps[j]];
    const before = (a: number, b: number): number => {
      const difference =
        key(x(a)) === key(x(b))
          ? Number(Number.isNaN(x(a))) - Number(Number.isNaN(x(b)))
          : key(x(a)) - key(x(b));
      return descending ? -difference : difference;
    };
    const order = Array.from(reads.steps.keys()).sort(before);
    writes.steps.forEach((step, j) => {
      values.storage.data[writes.starts[run] + step] = x(order[j]);
      indices.storage.data[writes.starts[run] + step] = order[j];
    });
  });
  return [values, indices];
}
