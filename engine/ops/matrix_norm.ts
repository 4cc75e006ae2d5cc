import { type DType, int64, type Scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { type Shape, showShape, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { to } from './copy.ts';
import { amax, amin } from './extremes.ts';
import { svd, svdvals } from './factorizations.ts';
import { requireFloatMatrices, requireMatrices } from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { vectorNorm } from './norm.ts';
import { defineMulti, register } from './op.ts';
import { narrow } from './parts.ts';
import { tril } from './rearrange.ts';
import { inv } from './solve.ts';
import { matrixTranspose as mT, permute, squeezeDim, unsqueeze } from './view.ts';

/** Moves the two dimensions of the matrices to the end, and gives the way back. */
function matricesLast(A: Tensor, [rows, columns]: Shape) {
  const rest = A.shape.map((_, d) => d).filter((d) => d !== rows && d !== columns);
  const order = [...rest, rows, columns];
  return { matrices: permute(A, order), back: order.map((_, d) => order.indexOf(d)) };
}

/** A norm made of the singular values: their sum, the largest or the smallest. */
function ofSingularValues(
  A: Tensor,
  dims: Shape,
  keepdim: boolean,
  combine: (values: Tensor, keepdim: boolean) => Tensor,
): Tensor {
  const { matrices, back } = matricesLast(A, dims);
  const result = combine(svdvals(matrices), keepdim);
  return keepdim ? permute(unsqueeze(result, -1), back) : result;
}

function checkMatrixNorm(A: Tensor, dim: Shape, dtype: DType | null): Shape {
  requireMatrices(A, 'linalg.matrix_norm');
  requireFloatMatrices(A, 'linalg.matrix_norm');
  check(dim.length === 2, () => `linalg.matrix_norm: dim must be a 2-tuple. Got ${dim.join(', ')}`);
  check(
    dtype === null || dtype.category === 3,
    () => `linalg.matrix_norm: dtype should be floating point or complex, but got ${dtype?.scalarName}`,
  );
  const dims = dim.map((d) => wrapDim(d, A.ndim));
  check(dims[0] !== dims[1], () => `linalg.matrix_norm: dims must be different. Got (${dim.join(', ')})`);
  return dims;
}

export function matrixNorm(
  A: Tensor,
  { value: order }: Scalar,
  dim: Shape,
  keepdim: boolean,
  dtype: DType | null,
): Tensor {
  const dims = checkMatrixNorm(A, dim, dtype);
  const size = Math.abs(order);
  check(
    [1, 2, Number.POSITIVE_INFINITY].includes(size),
    () => `linalg.matrix_norm: Order ${order} not supported.`,
  );
  const x = dtype === null ? A : to(A, dtype);
  const extreme = order > 0 ? amax : amin;
  if (size === 2) return ofSingularValues(x, dims, keepdim, (values, keep) => extreme(values, [-1], keep));
  const [summed, left] = size === 1 ? dims : [dims[1], dims[0]];
  const sums = vectorNorm(x, 1, [summed], keepdim);
  return extreme(sums, [!keepdim && summed < left ? left - 1 : left], keepdim);
}

export function namedMatrixNorm(
  A: Tensor,
  order: string,
  dim: Shape,
  keepdim: boolean,
  dtype: DType | null,
): Tensor {
  const dims = checkMatrixNorm(A, dim, dtype);
  check(order === 'fro' || order === 'nuc', () => `linalg.matrix_norm: Order ${order} not supported.`);
  const x = dtype === null ? A : to(A, dtype);
  if (order === 'fro') return vectorNorm(x, 2, dims, keepdim);
  return ofSingularValues(x, dims, keepdim, (values, keep) => sumDims(values, [-1], keep));
}
register(
  'f linalg.matrix_norm(Tensor A, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  matrixNorm,
);
register(
  'f linalg.matrix_norm(Tensor A, str ord="fro", int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  namedMatrixNorm,
);

/** The norm of vectors or, where two dimensions are meant and an order is given, of matrices. */
register(
  'f linalg.norm(Tensor A, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  (A: Tensor, order: Scalar | null, dim: Shape | null, keepdim: boolean, dtype: DType | null) => {
    const isMatrix = order !== null && (dim === null ? A.ndim === 2 : dim.length === 2);
    if (order !== null && dim === null) {
      check(
        A.ndim === 1 || A.ndim === 2,
        () => `linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${A.ndim}D.`,
      );
    }
    if (isMatrix) return matrixNorm(A, order, dim ?? [0, 1], keepdim, dtype);
    return vectorNorm(A, order?.value ?? 2, dim, keepdim, dtype);
  },
);
register(
  'f linalg.norm(Tensor A, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  (A: Tensor, order: string, dim: Shape | null, keepdim: boolean, dtype: DType | null) =>
    namedMatrixNorm(A, order, dim ?? [0, 1], keepdim, dtype),
);

/** How much larger errors can become: the quotient of the extreme singular values, or ‖A‖ ‖A⁻¹‖. */
register('f linalg.cond(Tensor input, Scalar? p=None) -> Tensor', (A: Tensor, p: Scalar | null) => {
  check(A.ndim >= 2, () => 'linalg.cond: The input tensor must have at least 2 dimensions.');
  if (p === null || Math.abs(p.value) === 2) {
    const values = svd(A, false)[1];
    const last = values.shape[values.ndim - 1];
    const [largest, smallest] = [narrow(values, -1, 0, 1), narrow(values, -1, last - 1, 1)];
    return squeezeDim(p?.value === -2 ? div(smallest, largest) : div(largest, smallest), -1);
  }
  const norm = (x: Tensor): Tensor => matrixNorm(x, p, [-2, -1], false, null);
  return mul(norm(A), norm(inv(A)));
});

/** How many singular values are not as good as 0. */
export function matrixRank(A: Tensor, atol: number | null, rtol: number | null): Tensor {
  check(
    A.ndim >= 2,
    () => 'torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.',
  );
  check(A.isFloating, () => "This function doesn't handle types other than float and double");
  const values = svdvals(A);
  const limits = tolerances(A, values, atol, rtol);
  const each = values.shape[values.ndim - 1];
  const data = mapUnary(values, values.dtype, (x) => x).storage.data;
  const counted = mapUnary(values, int64, () => 0);
  data.forEach((value, i) => {
    counted.storage.data[i] = value > limits[Math.floor(i / each)] ? 1 : 0;
  });
  const rank = sumDims(counted, [-1], false);
  // PyTorch writes into a tensor that is there already.
  if (!rank.version.off) rank.version.value++;
  return rank;
}

function tolerances(A: Tensor, values: Tensor, atol: number | null, rtol: number | null): number[] {
  const each = values.shape[values.ndim - 1];
  const epsilon = A.dtype.name === 'float32' ? 2 ** -23 : 2 ** -52;
  const relative = rtol ?? (atol !== null && atol > 0 ? 0 : epsilon * Math.max(...A.shape.slice(-2)));
  const count = each === 0 ? 0 : values.numel / each;
  return Array.from({ length: count }, (_, i) =>
    Math.max(atol ?? 0, relative * values.storage.data[values.offset + i * each]),
  );
}
register(
  'f linalg.matrix_rank(Tensor input, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor',
  matrixRank,
);
register(
  'f linalg.matrix_rank(Tensor input, float tol, bool hermitian=False) -> Tensor',
  (A: Tensor, tol: number) => matrixRank(A, tol, 0),
);

const pinvFor = defineMulti('LinalgPinvBackward0', {
  inputs: (A: Tensor, _: number | null, __: number | null, ___: boolean) => [A],
  forward: (A: Tensor, atol: number | null, rtol: number | null, hermitian: boolean) => {
    const [U, S, Vh] = svd(hermitian ? fromLowerTriangle(A) : A, false);
    const limits = tolerances(A, S, atol, rtol);
    const each = S.shape[S.ndim - 1];
    let at = 0;
    const inverse = mapUnary(S, S.dtype, (s) => (s > limits[Math.floor(at++ / each)] ? 1 / s : 0));
    const result = matmul(mul(mT(Vh), unsqueeze(inverse, -2)), mT(U));
    result.view = null;
    return [result];
  },
  save: ({ args: [self], result }) => ({ self, result: result[0] }),
  backward: ([grad], { self, result }) => grad && pinvGradient(grad, self, result),
});

/** The gradient of A from that of its pseudoinverse P. */
export function pinvGradient(grad: Tensor, A: Tensor, P: Tensor): Tensor {
  const [turned, g] = [mT(P), mT(grad)];
  const [m, n] = A.shape.slice(-2);
  if (m <= n) {
    const K = matmul(g, P);
    const KP = matmul(K, turned);
    return add(
      sub(add(neg(mT(matmul(P, K))), KP), matmul(matmul(A, P), KP)),
      matmul(matmul(turned, P), sub(g, matmul(K, A))),
    );
  }
  const K = matmul(P, g);
  const PK = matmul(turned, K);
  return sub(
    add(add(neg(mT(matmul(K, P))), matmul(matmul(sub(g, matmul(A, K)), P), turned)), PK),
    matmul(matmul(PK, P), A),
  );
}

/** Of a symmetric matrix only the lower triangle is looked at. */
const fromLowerTriangle = (A: Tensor): Tensor => add(tril(A, 0), mT(tril(A, -1)));

export function pinv(A: Tensor, atol: number | null, rtol: number | null, hermitian = false): Tensor {
  if (A.ndim < 2 || !A.isFloating) {
    fail(
      `linalg.pinv(${A.dtype.scalarName}{${showShape(A.shape)}}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types`,
    );
  }
  return pinvFor(A, atol, rtol, hermitian)[0];
}
register(
  'f linalg.pinv(Tensor input, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor',
  pinv,
);
register(
  'f linalg.pinv(Tensor input, float rcond, bool hermitian=False) -> Tensor',
  (A: Tensor, rcond: number, hermitian: boolean) => pinv(A, 0, rcond, hermitian),
);
register('fm pinverse(Tensor input, float rcond=1e-15) -> Tensor', (A: Tensor, rcond: number) =>
  pinv(A, 0, rcond),
);
