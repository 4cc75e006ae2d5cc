import { check } from '../errors.ts';
import { identity } from '../kernels/decompositions.ts';
import { matricesOf, type Rows, writeMatrices } from '../kernels/triangular.ts';
import { broadcastShapes, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { expand, sumDims } from './broadcast.ts';
import { clone, cloneContiguous } from './copy.ts';
import { copy_ } from './inplace.ts';
import { cat } from './join.ts';
import { requireFloatMatrices, requireSquare } from './linalg_checks.ts';
import { matmul, mm, vdot } from './matmul.ts';
import { define, register } from './op.ts';
import { diagonal, narrow } from './parts.ts';
import { inv } from './solve.ts';
import { zerosFor } from './unary.ts';
import { matrixTranspose as mT, unsqueeze, view } from './view.ts';

/** A · A · … · A, by squaring. */
function matrixPower(self: Tensor, n: number): Tensor {
  requireSquare(self, 'linalg.matrix_power');
  if (n === 0) return copy_(clone(self), identityLike(self));
  if (n === -1) return inv(self);
  if (n < 0) return matrixPower(inv(self), -n);
  if (n === 1) return cloneContiguous(self);
  if (n === 2) return matmul(self, self);
  if (n === 3) return matmul(matmul(self, self), self);
  let power: Tensor | null = null;
  let result: Tensor | null = null;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    power = power === null ? self : matmul(power, power);
    if (rest % 2 === 1) result = result === null ? power : matmul(result, power);
  }
  return result as Tensor;
}
register('f linalg.matrix_power(Tensor A, int n) -> Tensor', matrixPower);
register('fm matrix_power(Tensor input, int n) -> Tensor', matrixPower);

function identityLike(self: Tensor): Tensor {
  const n = self.shape[self.ndim - 1];
  const one = empty([n, n], self.dtype);
  for (let i = 0; i < n; i++) one.storage.data[i * (n + 1)] = 1;
  return one;
}

/** How a chain of matrices is multiplied with the fewest multiplications. */
function cheapestSplits(sizes: Shape): number[][] {
  const count = sizes.length - 1;
  const costs = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const splits = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let length = 1; length < count; length++) {
    for (let i = 0; i + length < count; i++) {
      const j = i + length;
      costs[i][j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const cost = costs[i][k] + costs[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
        // Of three matrices that cost the same either way, PyTorch begins with the first two.
        if (cost < costs[i][j] || (count === 3 && cost === costs[i][j]))
          [costs[i][j], splits[i][j]] = [cost, k];
      }
    }
  }
  return splits;
}

function multiDot(tensors: readonly Tensor[]): Tensor {
  check(tensors.length >= 2, () => `multi_dot(): expected at least 2 tensors but got ${tensors.length}`);
  const last = tensors.length - 1;
  tensors.forEach((tensor, i) => {
    const outer = i === 0 || i === last;
    check(tensor.ndim === 2 || (outer && tensor.ndim === 1), () =>
      outer
        ? `multi_dot(): the ${i === 0 ? 'first' : 'last'} tensor must be 1D or 2D but got ${tensor.ndim}D`
        : `multi_dot(): tensor ${i} must be 2D but got ${tensor.ndim}D`,
    );
    check(
      tensor.dtype === tensors[0].dtype,
      () =>
        `multi_dot(): all tensors must have be the same dtype but tensor 0 is ${tensors[0].dtype.scalarName} and tensor ${i} ${tensor.dtype.scalarName}`,
    );
  });
  const chain = tensors.map((tensor, i) =>
    tensor.ndim === 2 ? tensor : unsqueeze(tensor, i === 0 ? 0 : -1),
  );
  chain.slice(1).forEach((tensor, i) => {
    check(
      chain[i].shape[1] === tensor.shape[0],
      () =>
        `multi_dot(): tensors ${i} and ${i + 1} with shapes [${chain[i].shape.join(', ')}] and [${tensor.shape.join(', ')}] cannot be multiplied`,
    );
  });
  const splits = cheapestSplits([chain[0].shape[0], ...chain.map(({ shape }) => shape[1])]);
  const between = (i: number, j: number): Tensor =>
    i === j ? chain[i] : mm(between(i, splits[i][j]), between(splits[i][j] + 1, j));
  const product = between(0, last);
  const shape = [
    ...(tensors[0].ndim === 2 ? [product.shape[0]] : []),
    ...(tensors[last].ndim === 2 ? [product.shape[1]] : []),
  ];
  return view(product, shape);
}
register('f linalg.multi_dot(Tensor[] tensors) -> Tensor', multiDot);
register('f _chain_matmul(Tensor[] matrices) -> Tensor', multiDot);

const times = (a: Rows, b: Rows): Rows =>
  a.map((row) => Float64Array.from(b[0] ?? [], (_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));

/** exp of a matrix: its series for a small part of it, squared as often. */
function expOf(matrix: Rows): Rows {
  const size = Math.max(0, ...matrix.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)));
  if (!Number.isFinite(size)) return matrix.map((row) => row.map(() => Number.NaN));
  const squarings = Math.max(0, Math.ceil(Math.log2(size || 1)) + 1);
  const small = matrix.map((row) => row.map((x) => x / 2 ** squarings));
  let term = identity(matrix.length);
  let sum = identity(matrix.length);
  for (let k = 1; k <= 20; k++) {
    term = times(term, small).map((row) => row.map((x) => x / k));
    sum = sum.map((row, i) => row.map((x, j) => x + term[i][j]));
  }
  for (let i = 0; i < squarings; i++) sum = times(sum, sum);
  return sum;
}

export const matrixExp: (self: Tensor) => Tensor = define('LinalgMatrixExpBackward0', {
  forward: (self: Tensor) => {
    requireSquare(self, 'linalg.matrix_exp');
    requireFloatMatrices(self, 'linalg.matrix_exp');
    return writeMatrices(empty(self.shape, self.dtype), matricesOf(self).map(expOf));
  },
  save: ({ args: [self] }) => ({ self }),
  // exp of [[Aᵀ, G], [0, Aᵀ]] has the gradient in its upper right corner (Mathias 1996).
  backward: (grad, { self }) => {
    const n = self.shape[self.ndim - 1];
    const upper = cat([mT(self), grad], -1);
    const lower = cat([zerosFor(self), mT(self)], -1);
    return narrow(narrow(matrixExp(cat([upper, lower], -2)), -2, 0, n), -1, n, n);
  },
});
register('f linalg.matrix_exp(Tensor A) -> Tensor', matrixExp);
register('fm matrix_exp(Tensor input) -> Tensor', matrixExp);

register(
  'f linalg.vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor',
  (x: Tensor, y: Tensor, dim: number) => {
    for (const { isFloating, dtype } of [x, y]) {
      check(
        isFloating,
        () => `linalg.vecdot: Expected a floating point or complex tensor as input. Got ${dtype.scalarName}`,
      );
    }
    if (x.ndim === 1 && y.ndim === 1) return vdot(x, y);
    const shape = broadcastShapes(x.shape, y.shape);
    return sumDims(mul(expandTo(x, shape), expandTo(y, shape)), [dim], false);
  },
);
const expandTo = (x: Tensor, shape: Shape): Tensor => (x.ndim === shape.length ? x : expand(x, shape));

register(
  'f linalg.diagonal(Tensor A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor',
  (A: Tensor, offset: number, dim1: number, dim2: number) => diagonal(A, offset, dim1, dim2),
);
register('f linalg.matmul(Tensor input, Tensor other) -> Tensor', matmul);
