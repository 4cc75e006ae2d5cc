import { int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { emptyFor } from '../kernels/elementwise.ts';
import { runsOf } from '../kernels/reduce.ts';
import { introSort, nthElement } from '../kernels/select.ts';
import { type Shape, wrapDim, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { putBack, readAlong } from './extremes.ts';
import { multiOp, register } from './op.ts';

/** Does `x` come before `y` in rising order? NaN is the largest. */
const rises = (x: number, y: number): boolean => x < y || (Number.isNaN(y) && !Number.isNaN(x));
const falls = (x: number, y: number): boolean => rises(y, x);

type Order = (x: number, y: number) => boolean;

/** The first `count` values along `dim` in the order that `arrange` gives the places of each run, and those places. */
function arranged(
  self: Tensor,
  dim: number,
  count: number | null,
  arrange: (places: number[], before: (a: number, b: number) => boolean) => void,
  order: Order,
): Tensor[] {
  const dims = wrapDims([dim], self.ndim);
  const shape = self.shape.map((size, d) => (count !== null && dims.includes(d) ? count : size));
  // All of them in order lie as they lay before; some of them anew.
  const [values, indices] = [self.dtype, int64].map((dtype) =>
    count === null ? emptyFor(shape, dtype, [self]) : empty(shape, dtype),
  );
  const reads = runsOf(self, dims);
  const writes = runsOf(values, dims);
  for (let run = 0; run < writes.starts.length; run++) {
    const x = (j: number): number => self.storage.data[self.offset + reads.starts[run] + reads.steps[j]];
    const places = Array.from(reads.steps.keys());
    arrange(places, (a, b) => order(x(a), x(b)));
    writes.steps.forEach((step, j) => {
      values.storage.data[writes.starts[run] + step] = x(places[j]);
      indices.storage.data[writes.starts[run] + step] = places[j];
    });
  }
  return [values, indices];
}

const sorted = (self: Tensor, dim: number, descending: boolean): Tensor[] =>
  arranged(
    self,
    dim,
    null,
    (places, before) => places.sort((a, b) => Number(before(b, a)) - Number(before(a, b))),
    descending ? falls : rises,
  );

/** Every place was taken once. */
const unsorted = (grad: Tensor, saved: { self_sym_sizes: Shape; dim: number; indices: Tensor }): Tensor =>
  putBack(grad, saved.self_sym_sizes, saved.dim, true, saved.indices);

/** Values in order along `dim`, and where they came from. Equal values keep their order, whether asked to or not. */
const sortStable = multiOp(
  'fm sort(Tensor input, *, bool? stable, int dim=-1, bool descending=False) -> sort(Tensor values, Tensor indices)',
  {
    node: 'SortBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, _: boolean | null, dim: number, descending: boolean) =>
      sorted(self, dim, descending),
    save: ({ args: [self, , dim], result }) => ({
      self_sym_sizes: self.shape,
      dim,
      indices: result[1],
    }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
    forwardMode: ([tangent], { args: [, , dim], result: [, indices] }) => [
      readAlong(tangent as Tensor, dim, true, indices),
      indices,
    ],
    batch: { along: 2 },
  },
);

export const sort = multiOp(
  'fm sort(Tensor input, int dim=-1, bool descending=False) -> sort(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, descending: boolean) => sorted(self, dim, descending),
    save: ({ args: [self, dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
    forwardMode: ([tangent], { args: [, dim], result: [, indices] }) => [
      readAlong(tangent as Tensor, dim, true, indices),
      indices,
    ],
    batch: { along: 1 },
  },
);

register('fm msort(Tensor input) -> Tensor', (self: Tensor) => sort(self, 0, false)[0]);
register(
  'fm argsort(Tensor input, *, bool stable, int dim=-1, bool descending=False) -> Tensor',
  (self: Tensor, stable: boolean, dim: number, descending: boolean) =>
    sortStable(self, stable, dim, descending)[1],
);
register(
  'fm argsort(Tensor input, int dim=-1, bool descending=False) -> Tensor',
  (self: Tensor, dim: number, descending: boolean) => sort(self, dim, descending)[1],
);

/** The `k` largest (or smallest) along `dim`, and where they stand. */
export const topk = multiOp(
  'fm topk(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True) -> topk(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, k: number, dim: number, largest: boolean, inOrder: boolean) => {
      const size = self.ndim === 0 ? 1 : self.shape[wrapDim(dim, self.ndim)];
      check(k >= 0 && k <= size, () => 'selected index k out of range');
      check(self.dtype.name !== 'bool', () => 'topk does not support bool dtypes on CPU');
      const pick = (places: number[], before: (a: number, b: number) => boolean): void => {
        if (k === 0) return;
        nthElement(places, k - 1, before);
        if (inOrder) introSort(places, k - 1, before);
      };
      return arranged(self, dim, k, pick, largest ? falls : rises);
    },
    save: ({ args: [self, , dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
    forwardMode: ([tangent], { args: [, , dim], result: [, indices] }) => [
      readAlong(tangent as Tensor, dim, true, indices),
      indices,
    ],
    batch: { along: 2 },
  },
);
