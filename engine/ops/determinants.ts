import { bool, int64 } from '../dtype.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { eliminate, matricesOf } from '../kernels/triangular.ts';
import { empty, type Tensor } from '../tensor.ts';
import { asTensor, mul, neg } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import { where } from './choose.ts';
import { indexSelect } from './index_along.ts';
import { stack } from './join.ts';
import { requireFloatMatrices, requireSquare } from './linalg_checks.ts';
import { multiOp, op, register, type Unary } from './op.ts';
import { diagEmbed } from './rearrange.ts';
import { solve } from './solve.ts';
import { zerosFor } from './unary.ts';
import { matrixTranspose, unsqueeze } from './view.ts';

/** Places 0, 1, 2, … without one. */
function allBut(left: number, count: number): Tensor {
  const out = empty([count - 1], int64);
  for (let i = 0; i < count - 1; i++) out.storage.data[i] = i < left ? i : i + 1;
  return out;
}

/** Numbers for matrices, ready to be multiplied by them. */
const asMatrices = (numbers: Tensor): Tensor => unsqueeze(unsqueeze(numbers, -1), -1);

/** A number for each matrix, as multiples of the identity. */
const alongDiagonal = (numbers: Tensor, self: Tensor): Tensor =>
  diagEmbed(expand(unsqueeze(numbers, -1), self.shape.slice(0, -1)), 0, -2, -1);

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
    requireSquare(self, 'linalg.det');
    requireFloatMatrices(self, 'linalg.det');
    const values = matricesOf(self).map((matrix) => {
      const { sign } = eliminate(matrix, []);
      return matrix.reduce((product, row, i) => product * row[i], sign);
    });
    return numbersOf(self, values);
  },
  save: ({ args: [self], result }) => ({ A: self, result }),
  backward: (grad, { A, result }) => {
    if (A.numel === 0) return zerosFor(A);
    // Near a singular matrix only the minors tell the slope.
    if (result.storage.data.some((value) => value === 0)) return mul(asMatrices(grad), cofactors(A));
    return solve(matrixTranspose(A), alongDiagonal(mul(grad, result), A), true);
  },
});
register('fm det(Tensor input) -> Tensor', det);

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

/** The determinant as a sign and the logarithm of its absolute value. */
const slogdetOf = (signature: string) =>
  multiOp(signature, {
    node: 'LinalgSlogdetBackward0',
    forward: (self: Tensor) => {
      requireSquare(self, 'linalg.slogdet');
      requireFloatMatrices(self, 'linalg.slogdet');
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
      logGrad === null ? zerosFor(A) : solve(matrixTranspose(A), alongDiagonal(logGrad, A), true),
  });
slogdetOf('f linalg.slogdet(Tensor A) -> linalg_slogdet(Tensor sign, Tensor logabsdet)');
const slogdet = slogdetOf('fm slogdet(Tensor input) -> slogdet(Tensor sign, Tensor logabsdet)');

const isNegative = (sign: Tensor): Tensor => mapUnary(sign, bool, (x) => (x === -1 ? 1 : 0));
register('fm logdet(Tensor input) -> Tensor', (self: Tensor) => {
  requireSquare(self, 'logdet');
  requireFloatMatrices(self, 'logdet');
  const [sign, log] = slogdet(self);
  return where(isNegative(sign), asTensor(Number.NaN), log);
});
