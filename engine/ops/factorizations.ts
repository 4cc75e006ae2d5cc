import { float32 } from '../dtype.ts';
import { check } from '../errors.ts';
import { qrOf } from '../kernels/decompositions.ts';
import { DOUBLE, type Precision, SINGLE } from '../kernels/rotations.ts';
import { type Svd, svdOf } from '../kernels/singular_values.ts';
import { eighOf } from '../kernels/symmetric_eigen.ts';
import { matricesOf, type Rows } from '../kernels/triangular.ts';
import type { Tensor } from '../tensor.ts';
import { full } from '../tensor.ts';
import { add, div, mul, mulScalar, neg, sub } from './arithmetic.ts';
import { cat } from './join.ts';
import {
  asColumns,
  asVectors,
  batchName,
  failNumerically,
  requireFloatMatrices,
  requireMatrices,
  requireSquare,
} from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { defineMulti, multiOp, register } from './op.ts';
import { narrow } from './parts.ts';
import { diagEmbed, triu } from './rearrange.ts';
import { factor } from './reduction.ts';
import { solveTriangular } from './solve.ts';
import { requireFloating } from './supported.ts';
import { matrixTranspose as mT, unsqueeze } from './view.ts';

// Matrices taken apart. Singular and eigenvectors are only given up to their signs: these have LAPACK's.

const eyeLike = (self: Tensor, n: number): Tensor => diagEmbed(full([n], 1, self.dtype), 0, -2, -1);

/** x_j - x_i, with 1 on the diagonal, where nothing is divided. */
const gaps = (x: Tensor): Tensor =>
  add(sub(unsqueeze(x, -2), unsqueeze(x, -1)), eyeLike(x, x.shape[x.ndim - 1]));

const skew = (x: Tensor): Tensor => sub(x, mT(x));

const svdFor = defineMulti('LinalgSvdBackward0', {
  inputs: (A: Tensor, _: boolean) => [A],
  forward: (A: Tensor, whole: boolean) => {
    requireMatrices(A, 'linalg.svd');
    requireFloatMatrices(A, 'linalg.svd');
    const [m, n] = A.shape.slice(-2);
    const k = Math.min(m, n);
    const lead = A.shape.slice(0, -2);
    const parts = matricesOf(A).map((matrix, batch) => svdChecked(A, matrix, n, batch));
    const [uColumns, vRows] = whole ? [m, n] : [k, k];
    return [
      asColumns(
        parts.map(({ u }) => u),
        [...lead, m, uColumns],
        A,
      ),
      asVectors(
        parts.map(({ s }) => s),
        [...lead, k],
        A,
      ),
      asColumns(
        parts.map(({ vt }) => vt),
        [...lead, vRows, n],
        A,
      ),
    ];
  },
  save: ({ result: [U, S, Vh] }) => ({ U, S, Vh }),
  backward: ([gU, gS, gVh], { U, S, Vh }) => svdGradient(gU, gS, gVh, U, S, Vh),
});

const precisionOf = ({ dtype }: Tensor): Precision => (dtype === float32 ? SINGLE : DOUBLE);

function svdChecked(A: Tensor, matrix: Rows, columns: number, batch: number): Svd {
  if (!matrix.every((row) => row.every(Number.isFinite))) {
    failNumerically(
      `linalg.svd: ${batchName(batch, A)}The algorithm failed to converge because the input matrix contained non-finite values.`,
    );
  }
  return svdOf(matrix, columns, precisionOf(A));
}

/** The gradient of A from those of its parts (Townsend, "Differentiating the singular value decomposition"). */
function svdGradient(
  gU: Tensor | null,
  gS: Tensor | null,
  gVh: Tensor | null,
  fullU: Tensor,
  S: Tensor,
  fullVh: Tensor,
): Tensor | null {
  const k = S.shape[S.ndim - 1];
  const [m, n] = [fullU.shape[fullU.ndim - 2], fullVh.shape[fullVh.ndim - 1]];
  const first = (x: Tensor, dim: number): Tensor => (x.shape.at(dim) === k ? x : narrow(x, dim, 0, k));
  const [U, Vh] = [first(fullU, -1), first(fullVh, -2)];
  if (gS !== null && gU === null && gVh === null) {
    return m >= n ? matmul(U, mul(unsqueeze(gS, -1), Vh)) : matmul(mul(U, unsqueeze(gS, -2)), Vh);
  }
  const [toU, toVh] = [gU && first(gU, -1), gVh && first(gVh, -2)];
  const E = gaps(mul(S, S));
  const parts = [
    toU && mul(div(skew(matmul(mT(U), toU)), E), unsqueeze(S, -2)),
    toVh && mul(unsqueeze(S, -1), div(skew(matmul(Vh, mT(toVh))), E)),
    gS && diagEmbed(gS, 0, -2, -1),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  let inner = parts.reduce((a, b) => add(a, b));
  if (m > k && toU) {
    const rest = div(toU, unsqueeze(S, -2));
    inner = add(matmul(U, inner), sub(rest, matmul(U, matmul(mT(U), rest))));
    return matmul(inner, Vh);
  }
  if (n > k && toVh) {
    const rest = div(toVh, unsqueeze(S, -1));
    inner = add(matmul(inner, Vh), sub(rest, matmul(matmul(rest, mT(Vh)), Vh)));
    return matmul(U, inner);
  }
  return m >= n ? matmul(U, matmul(inner, Vh)) : matmul(matmul(U, inner), Vh);
}

export const svd = (A: Tensor, whole: boolean): Tensor[] => svdFor(A, whole);
register(
  'f linalg.svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> linalg_svd(Tensor U, Tensor S, Tensor Vh)',
  svd,
);
export const svdvals = register(
  'f linalg.svdvals(Tensor A, *, str? driver=None) -> Tensor',
  (A: Tensor) => svd(A, false)[1],
);
register(
  'fm svd(Tensor input, bool some=True, bool compute_uv=True) -> svd(Tensor U, Tensor S, Tensor V)',
  (A: Tensor, some: boolean) => {
    const [U, S, Vh] = svd(A, !some);
    return [U, S, mT(Vh)];
  },
);

const eighFor = defineMulti('LinalgEighBackward0', {
  inputs: (A: Tensor, _: string) => [A],
  forward: (A: Tensor, triangle: string) => {
    requireSquare(A, 'linalg.eigh');
    check(/^[luLU]$/.test(triangle), () => `Expected UPLO argument to be 'L' or 'U', but got ${triangle}`);
    requireFloating('linalg_eigh_cpu', A);
    const upper = /u/i.test(triangle);
    const parts = matricesOf(A).map((matrix) => eighOf(matrix, upper, precisionOf(A)));
    return [
      asVectors(
        parts.map(({ values }) => values),
        A.shape.slice(0, -1),
        A,
      ),
      asColumns(
        parts.map(({ vectors }) => vectors),
        A.shape,
        A,
      ),
    ];
  },
  save: ({ result: [L, V] }) => ({ eigenvalues: L, eigenvectors: V }),
  backward: ([gL, gV], { eigenvalues, eigenvectors: V }) => {
    if (gV === null) return gL && matmul(mul(V, unsqueeze(gL, -2)), mT(V));
    const turned = mulScalar(skew(matmul(mT(V), gV)), factor(0.5));
    const spread = div(turned, gaps(eigenvalues));
    const inner = gL === null ? spread : add(spread, diagEmbed(gL, 0, -2, -1));
    return matmul(V, matmul(inner, mT(V)));
  },
});
register(
  'f linalg.eigh(Tensor A, str UPLO="L") -> linalg_eigh(Tensor eigenvalues, Tensor eigenvectors)',
  eighFor,
);
register(
  'f linalg.eigvalsh(Tensor A, str UPLO="L") -> Tensor',
  (A: Tensor, triangle: string) => eighFor(A, triangle)[0],
);

const qr = multiOp('f linalg.qr(Tensor A, str mode="reduced") -> linalg_qr(Tensor Q, Tensor R)', {
  node: 'LinalgQrBackward0',
  inputs: (A) => [A],
  forward: (A: Tensor, mode: string) => {
    requireMatrices(A, 'linalg.qr');
    requireFloatMatrices(A, 'linalg.qr');
    check(
      ['reduced', 'complete', 'r'].includes(mode),
      () =>
        `qr received unrecognized mode '${mode}' but expected one of 'reduced' (default), 'r', or 'complete'`,
    );
    const [m, n] = A.shape.slice(-2);
    const lead = A.shape.slice(0, -2);
    const k = mode === 'complete' ? m : Math.min(m, n);
    const parts = matricesOf(A).map((matrix) => qrOf(matrix, n));
    const Q = parts.map(({ q }) => q.map((row) => row.subarray(0, k)));
    const R = parts.map(({ r }) => r.slice(0, k));
    return [
      mode === 'r' ? asVectors([], [0], A) : asColumns(Q, [...lead, m, k], A),
      asColumns(R, [...lead, k, n], A),
    ];
  },
  save: ({ args: [, mode], result: [Q, R] }) => ({ mode, Q, R }),
  backward: ([gQ, gR], { mode, Q, R }) => {
    check(
      mode !== 'r',
      () =>
        "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to require gradients of R.",
    );
    const [k, n] = R.shape.slice(-2);
    if (k <= n) return wideQrGradient(gQ, gR, Q, R, k, n);
    check(
      mode !== 'complete',
      () => "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.",
    );
    return tallQrGradient(gQ, gR, Q, R);
  },
});

/** X + Xᵀ, with the diagonal of X once. */
const symmetrized = (x: Tensor): Tensor => add(triu(x, 0), mT(triu(x, 1)));

/** Q and R of a matrix at least as tall as wide. */
function tallQrGradient(gQ: Tensor | null, gR: Tensor | null, Q: Tensor, R: Tensor): Tensor | null {
  const fromR = gR && matmul(gR, mT(R));
  const fromQ = gQ && matmul(mT(Q), gQ);
  const inner = fromR && fromQ ? sub(fromR, fromQ) : (fromR ?? (fromQ && neg(fromQ)));
  if (inner === null) return null;
  const turned = matmul(Q, symmetrized(inner));
  const whole = gQ === null ? turned : add(turned, gQ);
  return solveTriangular(mT(R), whole, false, false, false);
}

/** A wide matrix is a square one, whose Q is its own, and more columns, which Qᵀ turns. */
function wideQrGradient(gQ: Tensor | null, gR: Tensor | null, Q: Tensor, R: Tensor, k: number, n: number) {
  if (n === k) return tallQrGradient(gQ, gR, Q, R);
  const [square, rest] = [narrow(R, -1, 0, k), narrow(R, -1, k, n - k)];
  if (gR === null) {
    const left = tallQrGradient(gQ, null, Q, square);
    return left && cat([left, matmul(Q, mulScalar(rest, factor(0)))], -1);
  }
  const [toSquare, toRest] = [narrow(gR, -1, 0, k), narrow(gR, -1, k, n - k)];
  const right = matmul(Q, toRest);
  const throughRest = matmul(matmul(Q, rest), mT(toRest));
  const left = tallQrGradient(gQ === null ? throughRest : add(gQ, throughRest), toSquare, Q, square);
  return left && cat([left, right], -1);
}
register('fm qr(Tensor input, bool some=True) -> qr(Tensor Q, Tensor R)', (A: Tensor, some: boolean) =>
  qr(A, some ? 'reduced' : 'complete'),
);
