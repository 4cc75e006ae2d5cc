import { type DType, int64 } from '../dtype.ts';
import { cast } from '../kernels/elementwise.ts';
import { foldProduct, reduce } from '../kernels/reduce.ts';
import { wrapDim, wrapDims } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { div, exact, mul } from './arithmetic.ts';
import { sum, sumDims, totalType, unsqueezeDims } from './broadcast.ts';
import { contiguousData, to } from './copy.ts';
import { cumprod } from './cumulate.ts';
import { cat } from './join.ts';
import { op } from './op.ts';
import { narrow } from './parts.ts';
import { flip } from './rearrange.ts';
import { zerosFor } from './unary.ts';
import { reshape, view } from './view.ts';

function product(self: Tensor, dims: readonly number[], keepdim: boolean, dtype?: DType | null): Tensor {
  const type = totalType(self, dtype);
  const result = reduce(cast(self, type), dims, keepdim, type, foldProduct);
  return type === int64 ? exact(result) : result;
}

export const prod: (self: Tensor, dtype?: DType | null) => Tensor = op(
  'fm prod(Tensor input, *, ScalarType? dtype=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dtype?: DType | null) => product(self, wrapDims(null, self.ndim), false, dtype),
    save: ({ args: [self], result }) => ({ self, result }),
    backward: (grad, { self, result }) => slopeOfAll(grad, self, result),
    forwardMode: ([tangent], { args: [self], result }) =>
      sum(mul(slopeOfAll(onesFor(result), self, result), tangent as Tensor)),
    batch: (size, self: Tensor, dtype?: DType | null) => prodDim(reshape(self, [size, -1]), 1, false, dtype),
  },
);

export const prodDim: (self: Tensor, dim: number, keepdim?: boolean, dtype?: DType | null) => Tensor = op(
  'fm prod(Tensor input, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  {
    node: 'ProdBackward1',
    inputs: (self) => [self],
    forward: (self: Tensor, dim: number, keepdim: boolean = false, dtype?: DType | null) =>
      product(self, wrapDims([dim], self.ndim), keepdim, dtype),
    save: ({ args: [self, dim, keepdim = false], result }) => ({ self, dim, keepdim, result }),
    backward: (grad, { self, dim, keepdim, result }) => slopeAlong(grad, self, result, dim, keepdim),
    forwardMode: ([tangent], { args: [self, dim, keepdim = false], result }) =>
      sumDims(
        mul(slopeAlong(onesFor(result), self, result, dim, keepdim), tangent as Tensor),
        [dim],
        keepdim,
      ),
    batch: { along: 1 },
  },
);

const onesFor = (x: Tensor): Tensor => full(x.shape, 1, x.dtype);

/** The gradient of the product of all elements. */
function slopeOfAll(grad: Tensor, input: Tensor, result: Tensor): Tensor {
  const self = to(input, grad.dtype);
  if (self.ndim === 0) return grad;
  if (!hasZero(self)) return mul(grad, div(result, self));
  return view(slopeWithZeros(grad, reshape(self, [-1]), 0), self.shape);
}

/** The same along one dimension. */
function slopeAlong(grad: Tensor, input: Tensor, result: Tensor, dim: number, keepdim: boolean): Tensor {
  const self = to(input, grad.dtype);
  if (self.ndim === 0) return grad;
  const back = (t: Tensor): Tensor => (keepdim ? t : unsqueezeDims(t, [dim], self.ndim));
  if (!hasZero(self)) return mul(back(grad), div(back(result), self));
  return slopeWithZeros(back(grad), self, wrapDim(dim, self.ndim));
}

/** Is one of the factors 0? Of a batch that isn't to be told, so it is assumed. */
const hasZero = (self: Tensor): boolean => isBatched(self) || contiguousData(self).some((x) => x === 0);

/** With a zero among the factors there is no dividing by it: for each place the product before it and the one after. */
function slopeWithZeros(grad: Tensor, self: Tensor, dim: number): Tensor {
  const size = self.shape[dim];
  if (self.numel === 0) return zerosFor(self);
  if (size === 1) return grad;
  const one = full(
    self.shape.map((length, d) => (d === dim ? 1 : length)),
    1,
    grad.dtype,
  );
  const before = cumprod(cat([one, narrow(self, dim, 0, size - 1)], dim), dim);
  const after = cumprod(cat([one, flip(narrow(self, dim, 1, size - 1), [dim])], dim), dim);
  return mul(grad, mul(before, flip(after, [dim])));
}
