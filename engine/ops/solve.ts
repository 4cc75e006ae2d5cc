import { int32 } from '../dtype.ts';
import { check } from '../errors.ts';
import { identity, transposed } from '../kernels/decompositions.ts';
import { choleskyOf, eliminate, matricesOf, type Rows, substituteBack } from '../kernels/triangular.ts';
import { broadcastShapes, type Shape, sameShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, mulScalar, neg } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import {
  asColumns,
  batchName,
  failNumerically,
  requireFloatMatrices,
  requireMatrices,
  requireSquare,
} from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { define, defineMulti, register } from './op.ts';
import { tril, triu } from './rearrange.ts';
import { factor } from './reduction.ts';
import { requireFloating } from './supported.ts';
import { matrixTranspose as mT, squeezeDim, unsqueeze } from './view.ts';

/** For each matrix the 1-based place where something went wrong, 0 where nothing did. */
function infoOf(self: Tensor, places: readonly number[]): Tensor {
  const out = empty(self.shape.slice(0, -2), int32);
  out.storage.data.set(places);
  return out;
}

/** Fails as PyTorch does where there is a matrix that it couldn't be done for. */
function refuse(
  self: Tensor,
  places: readonly number[],
  text: (where: string, place: number) => string,
): void {
  places.forEach((place, batch) => {
    if (place > 0) failNumerically(text(batchName(batch, self), place));
  });
}

const inverses = defineMulti('LinalgInvExBackward0', {
  inputs: (self: Tensor, _: boolean) => [self],
  forward: (self: Tensor, checked: boolean) => {
    requireSquare(self, 'linalg.inv');
    requireFloatMatrices(self, 'linalg.inv');
    const places: number[] = [];
    const found = matricesOf(self).map((matrix) => {
      const right = identity(matrix.length);
      places.push(eliminate(matrix, right).singularAt);
      return substituteBack(matrix, right);
    });
    if (checked) refuse(self, places, inverseRefused);
    return [asColumns(found, self.shape, self), infoOf(self, places)];
  },
  save: ({ result }) => ({ inverse: result[0] }),
  backward: ([grad], { inverse }) => grad && neg(matmul(mT(inverse), matmul(grad, mT(inverse)))),
});

const inverseRefused = (where: string, place: number): string =>
  `linalg.inv: ${where}The diagonal element ${place} is zero, the inversion could not be completed because the input matrix is singular.`;

export const inv = (self: Tensor): Tensor => inverses(self, true)[0];
register('f linalg.inv(Tensor A) -> Tensor', inv);
register('fm inverse(Tensor input) -> Tensor', inv);
register(
  'f linalg.inv_ex(Tensor A, *, bool check_errors=False) -> linalg_inv_ex(Tensor inverse, Tensor info)',
  inverses,
);

/** Is `right` a vector for each matrix of `left`, and not a matrix of columns? */
const isVector = (left: Tensor, right: Tensor): boolean =>
  right.ndim === 1 || (left.ndim - 1 === right.ndim && sameShape(right.shape, left.shape.slice(0, -1)));

/** Both, expanded to a common batch. */
function sameBatch(left: Tensor, right: Tensor): { batch: Shape; lefts: Rows[]; rights: Rows[] } {
  const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const all = (x: Tensor): Rows[] => matricesOf(expand(x, [...batch, ...x.shape.slice(-2)]));
  return { batch, lefts: all(left), rights: all(right) };
}

const solutions = defineMulti('LinalgSolveExBackward0', {
  inputs: (A: Tensor, B: Tensor, _: boolean, __: boolean) => [A, B],
  forward: (A: Tensor, B: Tensor, left: boolean, checked: boolean) => {
    checkEquation(A, B, left);
    const vector = isVector(A, B);
    const right = vector ? unsqueeze(B, -1) : B;
    // X A = B is Aᵀ Xᵀ = Bᵀ.
    const { batch, lefts, rights } = left ? sameBatch(A, right) : sameBatch(mT(A), mT(right));
    const places: number[] = [];
    const found = lefts.map((matrix, i) => {
      places.push(eliminate(matrix, rights[i]).singularAt);
      return substituteBack(matrix, rights[i]);
    });
    if (checked) refuse(A, places, equationRefused);
    const n = A.shape[A.ndim - 1];
    const columns = left ? right.shape[right.ndim - 1] : right.shape[right.ndim - 2];
    const info = empty(batch, int32);
    info.storage.data.set(places);
    const solved = asColumns(found, [...batch, n, columns], A);
    const result = left ? solved : mT(solved);
    const shown = vector ? squeezeDim(result, -1) : result;
    shown.view = null;
    return [shown, info];
  },
  save: ({ args: [A, B, left], result }) => ({ A, left, isVector: isVector(A, B), result: result[0] }),
  backward: ([grad], { A, left, isVector: vector, result }, needs) => {
    if (grad === null) return null;
    const columns = (x: Tensor): Tensor => (vector ? unsqueeze(x, -1) : x);
    const toRight = solve(mT(A), columns(grad), left);
    const turned = needs[0] ? mT(columns(result)) : null;
    return [
      turned && neg(left ? matmul(toRight, turned) : matmul(turned, toRight)),
      vector ? squeezeDim(toRight, -1) : toRight,
    ];
  },
});

function checkEquation(A: Tensor, B: Tensor, left: boolean): void {
  requireSquare(A, 'linalg.solve');
  requireFloatMatrices(A, 'linalg.solve');
  check(
    A.dtype === B.dtype,
    () =>
      `linalg.solve: Expected A and B to have the same dtype, but found A of type ${A.dtype.scalarName} and B of type ${B.dtype.scalarName} instead`,
  );
  const vector = isVector(A, B);
  check(vector || B.ndim >= 2, () => 'linalg.solve: The input tensor B must have at least 2 dimensions.');
  const n = A.shape[A.ndim - 1];
  const [rows, columns] = vector ? [B.shape[B.ndim - 1], 1] : B.shape.slice(-2);
  check(
    vector && !left ? false : (left ? rows : columns) === n,
    () =>
      `linalg.solve: Incompatible shapes of A and B for the equation ${left ? 'AX' : 'XA'} = B (${n}x${n} and ${rows}x${columns})`,
  );
}

const equationRefused = (where: string): string =>
  `torch.linalg.solve: ${where}The solver failed because the input matrix is singular.`;

/** The X with A X = B, or X A = B. */
export const solve = (A: Tensor, B: Tensor, left: boolean): Tensor => solutions(A, B, left, true)[0];
/** The X with A X = B; unless `checked`, what division by zero gives where there is none. */
export const solved = (A: Tensor, B: Tensor, checked: boolean): Tensor => solutions(A, B, true, checked)[0];
register('f linalg.solve(Tensor A, Tensor B, *, bool left=True) -> Tensor', solve);
register(
  'f linalg.solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> linalg_solve_ex(Tensor result, Tensor info)',
  solutions,
);

/** The X with A X = B (or X A = B) for a triangle A; what stands on its other side isn't looked at. */
export const solveTriangular: (A: Tensor, B: Tensor, upper: boolean, left: boolean, unit: boolean) => Tensor =
  define('LinalgSolveTriangularBackward0', {
    inputs: (A: Tensor, B: Tensor) => [A, B],
    forward: (A: Tensor, B: Tensor, upper: boolean, left: boolean, unit: boolean) => {
      requireMatrices(B, 'linalg.solve_triangular', 'B');
      requireSquare(A, 'linalg.solve_triangular');
      const n = A.shape[A.ndim - 1];
      const [rows, columns] = B.shape.slice(-2);
      check(
        (left ? rows : columns) === n,
        () =>
          `linalg.solve_triangular: Incompatible shapes of A and B for the equation ${left ? 'AX' : 'XA'} = B (${n}x${n} and ${rows}x${columns})`,
      );
      requireFloating('triangular_solve_cpu', A);
      const { batch, lefts, rights } = left ? sameBatch(A, B) : sameBatch(mT(A), mT(B));
      const found = lefts.map((matrix, i) => substitute(matrix, rights[i], upper === left, unit));
      if (left) return asColumns(found, [...batch, n, columns], A);
      return asColumns(
        found.map((matrix) => transposed(matrix, rows)),
        [...batch, rows, n],
        A,
      );
    },
    save: ({ args: [A, , upper, left, unit], result }) => ({ A, upper, left, unitriangular: unit, result }),
    backward: (grad, { A, upper, left, unitriangular, result }, needs) => {
      const toB = solveTriangular(mT(A), grad, !upper, left, unitriangular);
      if (!needs[0]) return [null, toB];
      const turned = mT(result);
      const whole = neg(left ? matmul(toB, turned) : matmul(turned, toB));
      return [upper ? triu(whole, unitriangular ? 1 : 0) : tril(whole, unitriangular ? -1 : 0), toB];
    },
  });
register(
  'f linalg.solve_triangular(Tensor A, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor',
  solveTriangular,
);

/** Solves for a triangle, in place, row after row. */
function substitute(triangle: Rows, right: Rows, upper: boolean, unit: boolean): Rows {
  const n = triangle.length;
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step;
    const [from, to] = upper ? [i + 1, n] : [0, i];
    for (let j = 0; j < right[i].length; j++) {
      let rest = right[i][j];
      for (let k = from; k < to; k++) rest -= triangle[i][k] * right[k][j];
      right[i][j] = unit ? rest : rest / triangle[i][i];
    }
  }
  return right;
}

const choleskies = defineMulti('LinalgCholeskyExBackward0', {
  inputs: (self: Tensor, _: boolean, __: boolean) => [self],
  forward: (self: Tensor, upper: boolean, checked: boolean) => {
    requireSquare(self, 'linalg.cholesky');
    requireFloatMatrices(self, 'linalg.cholesky');
    const places: number[] = [];
    const found = matricesOf(upper ? mT(self) : self).map((matrix) => {
      const lower = choleskyOf(matrix);
      places.push(typeof lower === 'number' ? lower : 0);
      const rows =
        typeof lower === 'number' ? matrix.map((row, i) => row.map((x, j) => (j > i ? 0 : x))) : lower;
      return upper ? rows.map((_, i) => Float64Array.from(rows, (row) => row[i])) : rows;
    });
    if (checked) refuse(self, places, choleskyRefused);
    return [asColumns(found, self.shape, self), infoOf(self, places)];
  },
  save: ({ args: [, upper], result }) => ({ upper, L: result[0] }),
  backward: ([grad], { upper, L }) => {
    if (grad === null) return null;
    const lower = upper ? mT(L) : L;
    const inner = matmul(mT(lower), upper ? mT(grad) : grad);
    const symmetric = mulScalar(add(tril(inner, 0), mT(tril(inner, -1))), factor(0.5));
    return solveTriangular(
      mT(lower),
      solveTriangular(lower, symmetric, false, false, false),
      true,
      true,
      false,
    );
  },
  // dL = L φ(L⁻¹ dA L⁻ᵀ), where φ takes the lower triangle and half of the diagonal.
  forwardMode: ([tangent], { args: [, upper], result: [L, info] }) => {
    const lower = upper ? mT(L) : L;
    const inverse = inv(lower);
    const moved = matmul(matmul(inverse, tangent as Tensor), mT(inverse));
    const half = mulScalar(add(tril(moved, 0), tril(moved, -1)), factor(0.5));
    const change = matmul(lower, half);
    return [upper ? mT(change) : change, info];
  },
});

const choleskyRefused = (where: string, place: number): string =>
  `linalg.cholesky: ${where}The factorization could not be completed because the input is not positive-definite (the leading minor of order ${place} is not positive-definite).`;

/** The lower triangle L with L Lᵀ = A, or the upper one, its transpose. */
export const cholesky = (self: Tensor, upper: boolean): Tensor => choleskies(self, upper, true)[0];
register('f linalg.cholesky(Tensor A, *, bool upper=False) -> Tensor', cholesky);
register('fm cholesky(Tensor input, bool upper=False) -> Tensor', cholesky);
register(
  'f linalg.cholesky_ex(Tensor A, *, bool upper=False, bool check_errors=False) -> linalg_cholesky_ex(Tensor L, Tensor info)',
  choleskies,
);
