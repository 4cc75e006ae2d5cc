import { int64 } from '../dtype.ts';
import { runsOf } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { scatterAdd } from './index_along.ts';
import { multiOp } from './op.ts';

/** Values in order along `dim`, and where they came from. Equal values keep their order; NaN counts as largest. */
export const sort = multiOp(
  'fm sort(Tensor input, int dim=-1, bool descending=False, bool stable=False) -> sort(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, descending: boolean) => sorted(self, dim, descending, null),
    save: ({ args: [self, dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
  },
);

export const topk = multiOp(
  'fm topk(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True) -> topk(Tensor values, Tensor indices)',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, k: number, dim: number, largest: boolean) => sorted(self, dim, largest, k),
    save: ({ args: [self, , dim], result }) => ({ self_sym_sizes: self.shape, dim, indices: result[1] }),
    backward: ([grad], saved) => (grad === null ? null : unsorted(grad, saved)),
  },
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
