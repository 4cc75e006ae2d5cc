import { int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { matricesOf, type Rows } from '../kernels/triangular.ts';
import { numelOf, type Shape, wrapDim } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { add, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { expand, sumDims } from './broadcast.ts';
import { cumprod } from './cumulate.ts';
import { cat } from './join.ts';
import { asColumns, requireFloatMatrices, requireMatrices } from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { matrixRank, pinv, pinvGradient } from './matrix_norm.ts';
import { defineMulti, op, register } from './op.ts';
import { narrow } from './parts.ts';
import { square } from './power.ts';
import { tril } from './rearrange.ts';
import { factor } from './reduction.ts';
import { inv, solve, solveTriangular } from './solve.ts';
import { flatten, movedim, matrixTranspose as mT, reshape, squeezeDim, unsqueeze } from './view.ts';

// Systems of equations that are solved by way of something else: least squares, Cholesky factors, flattened tensors.

/** Is `B` a vector for each matrix of `A`? */
const isVector = (A: Tensor, B: Tensor): boolean =>
  B.ndim === 1 || (A.ndim - 1 === B.ndim && B.shape.every((size, d) => size === A.shape[d]));

const leastSquares = defineMulti('LinalgLstsqBackward0', {
  inputs: (A: Tensor, B: Tensor, _: number | null, __: string | null) => [A, B],
  forward: (A: Tensor, B: Tensor, rcond: number | null, driver: string | null) => {
    checkLeastSquares(A, B, driver);
    const vector = isVector(A, B);
    const right = vector ? unsqueeze(B, -1) : B;
    const [m, n] = A.shape.slice(-2);
    const lead = A.shape.slice(0, -2);
    const X = matmul(pinv(A, 0, rcond), right);
    // LAPACK leaves the solution in the memory of B, which may be longer.
    const roomy = asColumns(
      matricesOf(X).map((rows) => padded(rows, m)),
      [...X.shape.slice(0, -2), Math.max(m, n), X.shape[X.ndim - 1]],
      A,
    );
    const solution = narrow(roomy, -2, 0, n);
    const rank = matrixRank(A, 0, rcond);
    const isFull = Array.from(rank.storage.data).every((each) => each === n);
    const residuals =
      m > n && isFull && driver !== null && driver !== 'gelsy'
        ? sumDims(square(sub(matmul(A, X), right)), [-2], false)
        : empty([0], A.dtype);
    const plain = (x: Tensor): Tensor => {
      x.view = null;
      if (!x.version.off) x.version.value = 0;
      return x;
    };
    return [
      vector ? squeezeDim(solution, -1) : solution,
      residuals,
      driver === 'gels' ? empty([0], int64) : reshape(rank, lead),
      empty([0], A.dtype),
    ].map(plain);
  },
  constant: [3],
  save: ({ args: [A, B] }) => ({ A, B }),
  backward: ([gX, gResiduals], { A, B }, needs) => {
    if (gX === null && gResiduals === null) return null;
    const vector = isVector(A, B);
    const columns = (x: Tensor): Tensor => (vector ? unsqueeze(x, -1) : x);
    const P = pinv(A, 0, null);
    let [toA, toB]: (Tensor | null)[] = [null, null];
    if (gX !== null) {
      toA = needs[0] ? pinvGradient(matmul(columns(gX), mT(columns(B))), A, P) : null;
      toB = matmul(mT(P), columns(gX));
    }
    if (gResiduals !== null && gResiduals.numel > 0) {
      // The best X doesn't move the residuals.
      const X = matmul(P, columns(B));
      const twice = mulScalar(mul(unsqueeze(gResiduals, -2), sub(matmul(A, X), columns(B))), factor(2));
      const ownA = matmul(twice, mT(X));
      toA = toA === null ? ownA : add(toA, ownA);
      toB = toB === null ? neg(twice) : sub(toB, twice);
    }
    return [toA, toB && vector ? squeezeDim(toB, -1) : toB];
  },
});

const padded = (rows: Rows, length: number): Rows => [
  ...rows,
  ...Array.from({ length: Math.max(length - rows.length, 0) }, () => new Float64Array(rows[0]?.length ?? 0)),
];

function checkLeastSquares(A: Tensor, B: Tensor, driver: string | null): void {
  const name = 'torch.linalg.lstsq';
  check(A.ndim >= 2, () => `${name}: input must have at least 2 dimensions.`);
  check(B.ndim >= 1, () => `${name}: other must have at least 1 dimension.`);
  requireMatrices(A, name);
  requireFloatMatrices(A, name);
  check(
    A.dtype === B.dtype,
    () =>
      `${name}: Expected input and other to have the same dtype, but got input's dtype ${A.dtype.scalarName} and other's dtype ${B.dtype.scalarName}`,
  );
  check(
    driver === null || ['gels', 'gelsy', 'gelsd', 'gelss'].includes(driver),
    () => `${name}: parameter \`driver\` should be one of (gels, gelsy, gelsd, gelss), but got ${driver}`,
  );
  const rows = isVector(A, B) ? B.shape[B.ndim - 1] : B.shape[B.ndim - 2];
  check(
    rows === A.shape[A.ndim - 2],
    () => `${name}: input.size(-2) should match other.size(${isVector(A, B) ? -1 : -2})`,
  );
}
register(
  'f linalg.lstsq(Tensor A, Tensor B, float? rcond=None, *, str? driver=None) -> linalg_lstsq(Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)',
  leastSquares,
);

/** The X with A X = B, from the Cholesky factor of A. */
const choleskySolve: (B: Tensor, factor: Tensor, upper: boolean) => Tensor = op(
  'fm cholesky_solve(Tensor input, Tensor input2, bool upper=False) -> Tensor',
  {
    inputs: (B, factor) => [B, factor],
    forward: (B: Tensor, factor: Tensor, upper: boolean) => {
      check(B.ndim >= 2, () => `b should have at least 2 dimensions, but has ${B.ndim} dimensions instead`);
      check(
        factor.ndim >= 2,
        () => `u should have at least 2 dimensions, but has ${factor.ndim} dimensions instead`,
      );
      const lower = upper ? mT(factor) : factor;
      const X = solveTriangular(mT(lower), solveTriangular(lower, B, false, true, false), true, true, false);
      return asColumns(matricesOf(X), X.shape, B);
    },
    save: ({ args: [, input2, upper], result }) => ({ input2, upper, result }),
    backward: (grad, { input2, upper, result }, needs) => {
      const toB = choleskySolve(grad, input2, upper);
      if (!needs[1]) return [toB, null];
      const half = matmul(toB, mT(result));
      const common = add(half, mT(half));
      return [toB, neg(upper ? matmul(input2, common) : matmul(common, input2))];
    },
  },
);

/** The inverse of A, from its Cholesky factor. */
op('fm cholesky_inverse(Tensor input, bool upper=False) -> Tensor', {
  forward: (factor: Tensor, upper: boolean) => {
    const lower = upper ? mT(factor) : factor;
    const half = inv(tril(lower, 0));
    const found = matmul(mT(half), half);
    return asColumns(matricesOf(found), found.shape, factor);
  },
  save: ({ args: [self, upper], result }) => ({ self, upper, result }),
  backward: (grad, { self, upper, result }) => {
    const common = matmul(result, matmul(add(grad, mT(grad)), result));
    return neg(upper ? matmul(self, common) : matmul(common, self));
  },
});

/** The tensor that multiplies `A` to the identity, where its first `ind` dimensions count as rows. */
register('f linalg.tensorinv(Tensor A, int ind=2) -> Tensor', (A: Tensor, ind: number) => {
  check(ind > 0, () => "Expected a strictly positive integer for 'ind'");
  const [rows, columns] = [A.shape.slice(0, ind), A.shape.slice(ind)];
  const [height, width] = [numelOf(rows), numelOf(columns)];
  check(
    height === width,
    () =>
      `Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got ${width} != ${height}`,
  );
  return reshape(inv(reshape(A, [width, width])), [...columns, ...rows]);
});

/** The X with which A, tensor by tensor, makes B. */
register(
  'f linalg.tensorsolve(Tensor A, Tensor B, int[]? dims=None) -> Tensor',
  (A: Tensor, B: Tensor, dims: Shape | null) => {
    const at = (dims ?? []).map((dim) => wrapDim(dim, A.ndim));
    const moved =
      at.length === 0
        ? A
        : movedim(
            A,
            at,
            at.map((_, i) => A.ndim - at.length + i),
          );
    const shape = moved.shape.slice(B.ndim);
    const count = numelOf(shape);
    check(
      count === B.numel,
      () =>
        `Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got ${count} != ${B.numel}`,
    );
    return reshape(solve(reshape(moved, [count, count]), flatten(B, 0, -1), true), shape);
  },
);

/** Powers of the elements of `x`, from 0 to N - 1, in rows. */
const vander = register(
  'f linalg.vander(Tensor x, *, int? N=None) -> Tensor',
  (x: Tensor, N: number | null): Tensor => {
    if (x.ndim === 0) return vander(unsqueeze(x, 0), N);
    const count = N ?? x.shape[x.ndim - 1];
    check(count > 1, () => 'N must be greater than 1.');
    const wide = expand(unsqueeze(x, -1), [...x.shape, count - 1]);
    const powers = cumprod(wide, -1);
    return cat([full([...x.shape, 1], 1, powers.dtype), powers], -1);
  },
);
