import { int32 } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { matricesOf, type Rows } from '../kernels/triangular.ts';
import { broadcastShapes, type Shape, showShape } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { add, neg, sub } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { cat } from './join.ts';
import { asColumns, batchName } from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { define, defineMulti, multiOp, register } from './op.ts';
import { narrow } from './parts.ts';
import { diagEmbed, tril, triu } from './rearrange.ts';
import { solveTriangular } from './solve.ts';
import { requireFloating } from './supported.ts';
import { zerosFor } from './unary.ts';
import { matrixTranspose as mT } from './view.ts';

// A = P L U: a permutation of rows, a lower triangle with ones on its diagonal, and an upper one. L and U are kept in
// one matrix, the permutation as pivots: at step i, row i was swapped with row pivots[i] - 1.

interface Factored {
  readonly lu: Rows;
  readonly pivots: number[];
  /** The 1-based place of the first zero on the diagonal of U; 0: none. */
  readonly zeroAt: number;
}

function factor(matrix: Rows, columns: number, pivot: boolean): Factored {
  const lu = matrix;
  const pivots: number[] = [];
  let zeroAt = 0;
  for (let k = 0; k < Math.min(lu.length, columns); k++) {
    let best = k;
    for (let i = k + 1; pivot && i < lu.length; i++) if (Math.abs(lu[i][k]) > Math.abs(lu[best][k])) best = i;
    pivots.push(best + 1);
    [lu[k], lu[best]] = [lu[best], lu[k]];
    if (lu[k][k] === 0) {
      if (zeroAt === 0) zeroAt = k + 1;
      continue;
    }
    for (let i = k + 1; i < lu.length; i++) {
      lu[i][k] /= lu[k][k];
      for (let j = k + 1; j < columns; j++) lu[i][j] -= lu[i][k] * lu[k][j];
    }
  }
  return { lu, pivots, zeroAt };
}

function factored(A: Tensor, pivot: boolean, name: string) {
  check(
    A.ndim >= 2,
    () => `${name}: Expected tensor with 2 or more dimensions. Got size: ${showShape(A.shape)} instead`,
  );
  requireFloating('lu_cpu', A);
  if (!pivot) fail(`linalg.lu_factor: LU without pivoting is not implemented on the CPU`);
  const [m, n] = A.shape.slice(-2);
  const lead = A.shape.slice(0, -2);
  const found = matricesOf(A).map((matrix) => factor(matrix, n, pivot));
  const pivots = empty([...lead, Math.min(m, n)], int32);
  pivots.storage.data.set(found.flatMap((each) => each.pivots));
  const info = empty(lead, int32);
  info.storage.data.set(found.map(({ zeroAt }) => zeroAt));
  const LU = asColumns(
    found.map(({ lu }) => lu),
    A.shape,
    A,
  );
  return { LU, pivots, info };
}

/** Permutation matrices, from pivots. */
function permutations(pivots: Tensor, rows: number, like: Tensor): Tensor {
  const lead = pivots.shape.slice(0, -1);
  const count = pivots.shape[pivots.ndim - 1];
  const data = contiguousData(pivots);
  const out = empty([...lead, rows, rows], like.dtype);
  const batches = lead.reduce((product, size) => product * size, 1);
  for (let b = 0; b < batches; b++) {
    const order = Array.from({ length: rows }, (_, i) => i);
    for (let i = 0; i < count; i++) {
      const other = data[b * count + i] - 1;
      [order[i], order[other]] = [order[other], order[i]];
    }
    order.forEach((row, i) => {
      out.storage.data[(b * rows + row) * rows + i] = 1;
    });
  }
  return out;
}

/** L with its ones, m×k, and U, k×n, out of the matrix that holds both. */
function triangles(LU: Tensor): { L: Tensor; U: Tensor } {
  const [m, n] = LU.shape.slice(-2);
  const k = Math.min(m, n);
  const lower = tril(m > n ? LU : narrow(LU, -1, 0, k), -1);
  const ones = diagEmbed(full([...LU.shape.slice(0, -2), k], 1, LU.dtype), 0, -2, -1);
  const eye = m > n ? cat([ones, empty([...LU.shape.slice(0, -2), m - k, k], LU.dtype)], -2) : ones;
  return { L: add(lower, eye), U: triu(n > m ? LU : narrow(LU, -2, 0, k), 0) };
}

/** The gradient of A from those of L and U. */
function gradientOf(
  gL: Tensor | null,
  gU: Tensor | null,
  P: Tensor | null,
  L: Tensor,
  U: Tensor,
): Tensor | null {
  if (gL === null && gU === null) return null;
  const [m, n] = [L.shape[L.ndim - 2], U.shape[U.ndim - 1]];
  const k = Math.min(m, n);
  const part = (x: Tensor | null, dim: number, from: number, length: number) =>
    x === null || (from === 0 && x.shape.at(dim) === length) ? x : narrow(x, dim, from, length);
  const [L1, U1] = [part(L, -2, 0, k) as Tensor, part(U, -1, 0, k) as Tensor];
  const [toL, toU] = [part(gL, -2, 0, k), part(gU, -1, 0, k)];
  const minus = (a: Tensor | null, b: Tensor | null): Tensor | null =>
    a === null ? b && neg(b) : b === null ? a : sub(a, b);
  let lower = toL && matmul(mT(L1), toL);
  let upper = toU && matmul(toU, mT(U1));
  if (n > m && gU !== null) {
    lower = minus(lower, matmul(narrow(gU, -1, k, n - k), mT(narrow(U, -1, k, n - k))));
  }
  if (m > n && gL !== null) {
    upper = minus(upper, matmul(mT(narrow(L, -2, k, m - k)), narrow(gL, -2, k, m - k)));
  }
  const parts = [lower && tril(lower, -1), upper && triu(upper, 0)].filter((x) => x !== null);
  const inner = parts.reduce((a, b) => add(a, b));
  const square = solveTriangular(mT(U1), inner, false, false, false);
  let whole = solveTriangular(mT(L1), square, true, true, true);
  if (n > m) {
    const rest = gU === null ? zerosFor(narrow(U, -1, k, n - k)) : narrow(gU, -1, k, n - k);
    whole = cat([whole, solveTriangular(mT(L1), rest, true, true, true)], -1);
  } else if (m > n) {
    const rest = gL === null ? zerosFor(narrow(L, -2, k, m - k)) : narrow(gL, -2, k, m - k);
    whole = cat([whole, solveTriangular(mT(U1), rest, false, false, false)], -2);
  }
  return P === null ? whole : matmul(P, whole);
}

const luFactors = defineMulti('LinalgLuFactorExBackward0', {
  inputs: (A: Tensor, _: boolean, __: string | null) => [A],
  /** @param checker who refuses a zero on the diagonal, if anybody does */
  forward: (A: Tensor, pivot: boolean, checker: string | null) => {
    const { LU, pivots, info } = factored(A, pivot, 'torch.lu_factor');
    if (checker !== null) {
      contiguousData(info).forEach((place, batch) => {
        if (place > 0) {
          fail(
            `torch.linalg.${checker}: ${batchName(batch, A)}U[${place},${place}] is zero and using it on lu_solve would result in a division by zero. If you still want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)`,
          );
        }
      });
    }
    return [LU, pivots, info];
  },
  save: ({ args: [, pivot], result: [LU, pivots] }) => ({ LU, pivots, pivot }),
  backward: ([grad], { LU, pivots }) => {
    if (grad === null) return null;
    const { L, U } = triangles(LU);
    const [m, n] = LU.shape.slice(-2);
    const k = Math.min(m, n);
    const toL = tril(m > n ? grad : narrow(grad, -1, 0, k), -1);
    const toU = triu(n > m ? grad : narrow(grad, -2, 0, k), 0);
    return gradientOf(toL, toU, permutations(pivots, m, LU), L, U);
  },
});
register(
  'f linalg.lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> linalg_lu_factor_ex(Tensor LU, Tensor pivots, Tensor info)',
  (A: Tensor, pivot: boolean, checked: boolean) => luFactors(A, pivot, checked ? 'lu_factor_ex' : null),
);
register(
  'f linalg.lu_factor(Tensor A, *, bool pivot=True) -> linalg_lu_factor(Tensor LU, Tensor pivots)',
  (A: Tensor, pivot: boolean) => luFactors(A, pivot, 'lu_factor').slice(0, 2),
);

multiOp('f linalg.lu(Tensor A, *, bool pivot=True) -> linalg_lu(Tensor P, Tensor L, Tensor U)', {
  node: 'LinalgLuBackward0',
  inputs: (A) => [A],
  forward: (A: Tensor, pivot: boolean) => {
    const { LU, pivots } = factored(A, pivot, 'linalg.lu');
    const { L, U } = triangles(LU);
    return [permutations(pivots, A.shape[A.ndim - 2], A), L, U];
  },
  save: ({ result: [P, L, U] }) => ({ P, L, U }),
  backward: ([gL, gU], { P, L, U }) => gradientOf(gL, gU, P, L, U),
  constant: [0],
});

const unpacked = defineMulti('LuUnpackBackward0', {
  inputs: (LU: Tensor, _: Tensor, __: boolean, ___: boolean) => [LU],
  forward: (LU: Tensor, pivots: Tensor, data: boolean, withPivots: boolean) => {
    check(
      pivots.dtype === int32,
      () =>
        'torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\nNote: this function is intended to be used with the output produced by torch.linalg.lu_factor',
    );
    const nothing = empty([0], LU.dtype);
    const { L, U } = data ? triangles(LU) : { L: nothing, U: nothing };
    return [withPivots ? permutations(pivots, LU.shape[LU.ndim - 2], LU) : nothing, L, U];
  },
  save: ({ args: [LU] }) => ({ shape: LU.shape }),
  constant: [0],
  backward: ([gL, gU], { shape }) => {
    const [m, n] = shape.slice(-2);
    const wide = (x: Tensor, dim: number, to: number): Tensor => {
      const missing = to - x.shape[x.ndim + dim];
      if (missing === 0) return x;
      const size = x.shape.map((own, d) => (d === x.ndim + dim ? missing : own));
      return cat([x, empty(size, x.dtype)], dim);
    };
    const lower = gL && wide(tril(gL, -1), -1, n);
    const upper = gU && wide(triu(gU, 0), -2, m);
    return lower && upper ? add(lower, upper) : (lower ?? upper);
  },
});
register(
  'f lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> lu_unpack(Tensor P, Tensor L, Tensor U)',
  unpacked,
);

/** The X with A X = B, or X A = B, of factored matrices; with `adjoint` of their transposes. */
const luSolve: (LU: Tensor, pivots: Tensor, B: Tensor, left: boolean, adjoint: boolean) => Tensor = define(
  'LinalgLuSolveBackward0',
  {
    inputs: (LU, _, B) => [LU, B],
    forward: (LU: Tensor, pivots: Tensor, B: Tensor, left: boolean, adjoint: boolean) => {
      const n = LU.shape[LU.ndim - 1];
      check(
        B.shape[B.ndim - (left ? 2 : 1)] === n,
        () =>
          `linalg.lu_solve: Incompatible shapes of A and B for the equation ${left ? 'AX' : 'XA'} = B (${n}x${n} and ${B.shape.slice(-2).join('x')})`,
      );
      const { L, U } = triangles(LU);
      const P = permutations(pivots, n, LU);
      const solved = solvedBy(P, L, U, left ? B : mT(B), left === adjoint);
      const columns = solved.shape[solved.ndim - 1];
      const shape: Shape = [...solved.shape.slice(0, -2), n, columns];
      const result = asColumns(matricesOf(solved), shape, LU);
      const shown = left ? result : mT(result);
      shown.view = null;
      return shown;
    },
    save: ({ args: [LU, pivots, B, left, adjoint], result: X }) => ({ LU, pivots, B, left, adjoint, X }),
    backward: (grad, { LU, pivots, left, adjoint, X }, needs) => {
      const toB = luSolve(LU, pivots, grad, left, !adjoint);
      if (!needs[0]) return [null, toB];
      const { L, U } = triangles(LU);
      const P = permutations(pivots, LU.shape[LU.ndim - 1], LU);
      // A = P L U, and its gradient comes back through both triangles.
      const outer = left ? matmul(toB, mT(X)) : matmul(mT(X), toB);
      const toA = neg(adjoint ? mT(outer) : outer);
      const turned = matmul(mT(P), toA);
      const toL = matmul(turned, mT(U));
      const toU = matmul(mT(L), turned);
      return [add(tril(toL, -1), triu(toU, 0)), toB];
    },
  },
);

function solvedBy(P: Tensor, L: Tensor, U: Tensor, B: Tensor, transposed: boolean): Tensor {
  const batch = broadcastShapes(P.shape.slice(0, -2), B.shape.slice(0, -2));
  const right = expand(B, [...batch, ...B.shape.slice(-2)]);
  return transposed
    ? matmul(P, solveTriangular(mT(L), solveTriangular(mT(U), right, false, true, false), true, true, true))
    : solveTriangular(U, solveTriangular(L, matmul(mT(P), right), false, true, true), true, true, false);
}
register(
  'f linalg.lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor',
  luSolve,
);
register(
  'fm lu_solve(Tensor input, Tensor LU_data, Tensor LU_pivots) -> Tensor',
  (B: Tensor, LU: Tensor, pivots: Tensor) => {
    warnings.emit(
      'torch.lu_solve is deprecated in favor of torch.linalg.lu_solveand will be removed in a future PyTorch release.\nNote that torch.linalg.lu_solve has its arguments reversed.\nX = torch.lu_solve(B, LU, pivots)\nshould be replaced with\nX = torch.linalg.lu_solve(LU, pivots, B)',
      'UserWarning',
    );
    return luSolve(LU, pivots, B, true, false);
  },
);
