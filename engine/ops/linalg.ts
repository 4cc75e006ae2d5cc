import { bool, int64, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import {
  choleskyOf,
  eliminate,
  matricesOf,
  type Rows,
  substituteBack,
  writeMatrices,
} from '../kernels/triangular.ts';
import { broadcastShapes, sameShape, wrapDim } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import { where } from './choose.ts';
import { cloneContiguous } from './copy.ts';
import { fused } from './fused.ts';
import { indexSelect } from './index_along.ts';
import { stack } from './join.ts';
import { matmul } from './matmul.ts';
import { type Binary, multiOp, op, register, type Unary } from './op.ts';
import { roll, tril } from './rearrange.ts';
import { zerosFor } from './unary.ts';
import { matrixTranspose, unsqueeze } from './view.ts';

// Matrices are the last two dimensions; the ones before are batches.

function requireSquare(self: Tensor, name: string): void {
  check(self.ndim >= 2, () => `linalg.${name}: The input tensor A must have at least 2 dimensions.`);
  const [rows, columns] = self.shape.slice(-2);
  check(
    rows === columns,
    () => `linalg.${name}: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
  );
}

/** Places 0, 1, 2, … without one. */
function allBut(left: number, count: number): Tensor {
  const out = empty([count - 1], int64);
  for (let i = 0; i < count - 1; i++) out.storage.data[i] = i < left ? i : i + 1;
  return out;
}

/** Numbers for matrices, ready to be multiplied by them. */
const asMatrices = (numbers: Tensor): Tensor => unsqueeze(unsqueeze(numbers, -1), -1);

/** The sign and the logarithm of the determinant's absolute value, of each matrix. */
function signsAndLogs(self: Tensor): { sign: number; log: number }[] {
  return matricesOf(self).map((matrix) => {
    let { sign } = eliminate(matrix, []);
    let log = 0;
    matrix.forEach((row, i) => {
      sign *= Math.sign(row[i]);
      log += Math.log(Math.abs(row[i]));
    });
    return { sign, log };
  });
}

function numbersOf(self: Tensor, values: readonly number[]): Tensor {
  const out = empty(self.shape.slice(0, -2), self.dtype);
  out.storage.data.set(values);
  return out;
}

export const det: Unary = op('f linalg.det(Tensor A) -> Tensor', {
  node: 'LinalgDetBackward0',
  forward: (self: Tensor) => {
    requireSquare(self, 'det');
    const values = matricesOf(self).map((matrix) => {
      const { sign } = eliminate(matrix, []);
      return matrix.reduce((product, row, i) => product * row[i], sign);
    });
    return numbersOf(self, values);
  },
  save: ({ args: [self], result }) => ({ A: self, result }),
  backward: (grad, { A, result }) => {
    if (result.storage.data.some((value) => value === 0)) return mul(asMatrices(grad), cofactors(A));
    return mul(asMatrices(mul(grad, result)), matrixTranspose(inv(A)));
  },
});

/** The determinants, with signs, of what is left without a row and a column: the slope of det for singular matrices. */
function cofactors(self: Tensor): Tensor {
  const n = self.shape[self.ndim - 1];
  const others = Array.from({ length: n }, (_, left) => allBut(left, n));
  const rows = others.map((keptRows, i) =>
    stack(
      others.map((keptColumns, j) => {
        const minor = det(indexSelect(indexSelect(self, -2, keptRows), -1, keptColumns));
        return (i + j) % 2 === 0 ? minor : neg(minor);
      }),
      -1,
    ),
  );
  return stack(rows, -2);
}

const INCOMPLETE = 'the inversion could not be completed because the input matrix is singular.';

const batchName = (batch: number, batches: number): string =>
  batches > 1 ? ` (Batch element ${batch}):` : '';

export const inv: Unary = op('f linalg.inv(Tensor A) -> Tensor', {
  node: 'LinalgInvExBackward0',
  forward: (self: Tensor) => {
    requireSquare(self, 'inv');
    const matrices = matricesOf(self);
    const inverses = matrices.map((matrix, batch) => {
      const right = identity(matrix.length);
      const { singularAt } = eliminate(matrix, right);
      const where = batchName(batch, matrices.length);
      if (singularAt > 0)
        fail(`linalg.inv:${where} The diagonal element ${singularAt} is zero, ${INCOMPLETE}`);
      return substituteBack(matrix, right);
    });
    return writeMatrices(empty(self.shape, self.dtype), inverses);
  },
  save: ({ result }) => ({ inverse: result }),
  backward: (grad, { inverse }) => {
    const turned = matrixTranspose(inverse);
    return neg(matmul(matmul(turned, grad), turned));
  },
});

const identity = (n: number): Rows =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));

/** Is `right` a vector for each matrix of `left`, and not a matrix of columns? */
const isVector = (left: Tensor, right: Tensor): boolean =>
  right.ndim === 1 || (left.ndim - 1 === right.ndim && sameShape(right.shape, left.shape.slice(0, -1)));

/** The x with A · x = B. */
export const solve: Binary = op('f linalg.solve(Tensor A, Tensor B) -> Tensor', {
  node: 'LinalgSolveExBackward0',
  forward: (left: Tensor, right: Tensor) => {
    requireSquare(left, 'solve');
    const columns = isVector(left, right) ? unsqueeze(right, -1) : right;
    const n = left.shape[left.ndim - 1];
    check(
      columns.shape[columns.ndim - 2] === n,
      () =>
        `linalg.solve: Incompatible shapes of A and B for the equation AX = B (${n}x${n} and ${columns.shape.slice(-2).join('x')})`,
    );
    const batch = broadcastShapes(left.shape.slice(0, -2), columns.shape.slice(0, -2));
    const rights = matricesOf(expand(columns, [...batch, ...columns.shape.slice(-2)]));
    const matrices = matricesOf(expand(left, [...batch, n, n]));
    const solutions = matrices.map((matrix, i) => {
      const { singularAt } = eliminate(matrix, rights[i]);
      const where = batchName(i, matrices.length);
      check(
        singularAt === 0,
        () => `torch.linalg.solve:${where} The solver failed because the input matrix is singular.`,
      );
      return substituteBack(matrix, rights[i]);
    });
    const shape = isVector(left, right) ? [...batch, n] : [...batch, ...columns.shape.slice(-2)];
    return writeMatrices(empty(shape, left.dtype), solutions);
  },
  save: ({ args: [A, B], result }) => ({ A, isColumn: isVector(A, B), result }),
  backward: (grad, { A, isColumn, result }, needs) => {
    const toRight = solve(matrixTranspose(A), grad);
    if (!needs[0]) return [null, toRight];
    const [left, right] = isColumn ? [unsqueeze(toRight, -1), unsqueeze(result, -1)] : [toRight, result];
    return [neg(matmul(left, matrixTranspose(right))), toRight];
  },
});

/** The lower triangle L with L · Lᵀ = A, or its transpose. */
export const cholesky = op('f linalg.cholesky(Tensor A, *, bool upper=False) -> Tensor', {
  node: 'LinalgCholeskyExBackward0',
  inputs: (A) => [A],
  forward: (self: Tensor, upper: boolean) => {
    requireSquare(self, 'cholesky');
    const matrices = matricesOf(upper ? matrixTranspose(self) : self);
    const factors = matrices.map((matrix, batch) => {
      const lower = choleskyOf(matrix);
      if (typeof lower !== 'number') return lower;
      return fail(
        `linalg.cholesky:${batchName(batch, matrices.length)} The factorization could not be completed because the input is not positive-definite (the leading minor of order ${lower} is not positive-definite).`,
      );
    });
    const out = writeMatrices(empty(self.shape, self.dtype), factors);
    return upper ? cloneContiguous(matrixTranspose(out)) : out;
  },
  save: ({ args: [, upper], result }) => ({ upper, result }),
  backward: (grad, { upper, result }) => {
    const lower = upper ? matrixTranspose(result) : result;
    const inner = matmul(matrixTranspose(lower), upper ? matrixTranspose(grad) : grad);
    const symmetric = add(tril(inner, 0), matrixTranspose(tril(inner, -1)));
    const inverse = inv(lower);
    return mulScalar(matmul(matmul(matrixTranspose(inverse), symmetric), inverse), scalar(0.5));
  },
  // dL = L φ(L⁻¹ dA L⁻ᵀ), where φ takes the lower triangle and half of the diagonal.
  forwardMode: ([tangent], { args: [, upper], result }) => {
    const lower = upper ? matrixTranspose(result) : result;
    const inverse = inv(lower);
    const moved = matmul(matmul(inverse, tangent as Tensor), matrixTranspose(inverse));
    const half = mulScalar(add(tril(moved, 0), tril(moved, -1)), scalar(0.5));
    const factor = matmul(lower, half);
    return upper ? matrixTranspose(factor) : factor;
  },
});

/** The determinant as a sign and the logarithm of its absolute value. */
export const slogdet = multiOp(
  'f linalg.slogdet(Tensor A) -> linalg_slogdet(Tensor sign, Tensor logabsdet)',
  {
    node: 'LinalgSlogdetBackward0',
    forward: (self: Tensor) => {
      requireSquare(self, 'slogdet');
      const found = signsAndLogs(self);
      return [
        numbersOf(
          self,
          found.map(({ sign }) => sign),
        ),
        numbersOf(
          self,
          found.map(({ log }) => log),
        ),
      ];
    },
    save: ({ args: [A] }) => ({ A }),
    backward: ([, logGrad], { A }) =>
      logGrad === null ? zerosFor(A) : mul(asMatrices(logGrad), matrixTranspose(inv(A))),
  },
);

const isNegative = (sign: Tensor): Tensor => mapUnary(sign, bool, (x) => (x < 0 ? 1 : 0));
register('fm logdet(Tensor input) -> Tensor', (self: Tensor) => {
  const [sign, log] = slogdet(self);
  return where(isNegative(sign), asTensor(Number.NaN), log);
});

/** The vector at right angles to both, along a dimension of size 3. */
const crossAlong = fused('f _cross(Tensor input, Tensor other, int dim) -> Tensor', {
  node: 'LinalgCrossBackward0',
  compose: (self: Tensor, other: Tensor, dim: number) => {
    const turned = (x: Tensor, places: number): Tensor => roll(x, [-places], [dim]);
    return sub(mul(turned(self, 1), turned(other, 2)), mul(turned(self, 2), turned(other, 1)));
  },
});

export const cross = register(
  'f linalg.cross(Tensor input, Tensor other, *, int dim=-1) -> Tensor',
  (self: Tensor, other: Tensor, dim: number) => {
    check(self.ndim === other.ndim, () => 'linalg.cross: inputs must have the same number of dimensions.');
    check(
      self.shape[wrapDim(dim, self.ndim)] === 3 && other.shape[wrapDim(dim, self.ndim)] === 3,
      () =>
        `linalg.cross: inputs dimension ${dim} must have length 3. Got ${self.shape.at(dim)} and ${other.shape.at(dim)}`,
    );
    return crossAlong(self, other, dim);
  },
);
register(
  'fm cross(Tensor input, Tensor other, int? dim=None) -> Tensor',
  (self: Tensor, other: Tensor, dim: number | null) => {
    const found = dim ?? self.shape.indexOf(3);
    check(found !== -1 || dim === -1, () => 'no dimension of size 3 in input');
    return cross(self, other, found);
  },
);

register('fm det(Tensor input) -> Tensor', det);
register('fm inverse(Tensor input) -> Tensor', inv);
register('fm slogdet(Tensor input) -> slogdet(Tensor sign, Tensor logabsdet)', slogdet);
register('fm cholesky(Tensor input, bool upper=False) -> Tensor', cholesky);
