import { modes } from '../autograd/modes.ts';
import { bool, float64, int64 } from '../dtype.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { eliminate, matricesOf } from '../kernels/triangular.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { asTensor, mul } from './arithmetic.ts';
import { expand, sumDims } from './broadcast.ts';
import { where } from './choose.ts';
import { contiguousData } from './copy.ts';
import { svd } from './factorizations.ts';
import { indexSelect } from './index_along.ts';
import { stack } from './join.ts';
import { requireFloatMatrices, requireSquare } from './linalg_checks.ts';
import { matmul } from './matmul.ts';
import { multiOp, op, register, type Unary } from './op.ts';
import { diagonal } from './parts.ts';
import { prodDim } from './product.ts';
import { diagEmbed } from './rearrange.ts';
import { solve, solved } from './solve.ts';
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
    const slopes = (matrices: Tensor): Tensor =>
      solve(matrixTranspose(matrices), alongDiagonal(mul(grad, result), A), true);
    // PyTorch moves a singular matrix a little before it divides: what it gets is 0, as the determinant is.
    if (!modes.grad) return slopes(regular(A, singular(result, 0)));
    // Where further derivatives are asked for it takes the adjugate, which tells the slope there, too.
    const near = singular(result, 100 * epsilon(A));
    if (near.every((is) => !is)) return slopes(A);
    const adjugates = throughSingularValues(grad, A);
    if (near.every((is) => is)) return adjugates;
    return where(asMask(near, A), adjugates, slopes(regular(A, near)));
  },
  forwardMode: ([tangent], { args: [A], result }) => {
    const moved = solve(regular(A, singular(result, 0)), tangent as Tensor, true);
    return mul(sumDims(diagonal(moved, 0, -2, -1), [-1]), result);
  },
});

/** Which determinants are 0, or nearly so. */
const singular = (result: Tensor, limit: number): boolean[] =>
  Array.from(contiguousData(result), (value) => value === 0 || Math.abs(value) < limit);

const epsilon = (self: Tensor): number => (self.dtype === float64 ? 2 ** -52 : 2 ** -23);

/** A condition for each matrix. */
function asMask(chosen: readonly boolean[], self: Tensor): Tensor {
  const mask = empty(self.shape.slice(0, -2), bool);
  mask.storage.data.set(chosen.map(Number));
  return asMatrices(mask);
}

/** `self`, its singular matrices replaced by ones that can be divided by. */
function regular(self: Tensor, chosen: readonly boolean[]): Tensor {
  if (chosen.every((is) => !is)) return self;
  const ones = alongDiagonal(full(self.shape.slice(0, -2), 1, self.dtype), self);
  return where(asMask(chosen, self), ones, self);
}

/** The slope of det from U, S and V: the product of the other singular values along each direction. */
function throughSingularValues(grad: Tensor, self: Tensor): Tensor {
  const [U, S, Vh] = svd(self, true);
  const alpha = mul(mul(det(U), det(Vh)), grad);
  const count = self.shape[self.ndim - 1];
  const others = Array.from({ length: count }, (_, left) =>
    prodDim(indexSelect(S, -1, allBut(left, count)), -1),
  );
  const D = mul(unsqueeze(alpha, -1), stack(others, -1));
  return matmul(mul(U, unsqueeze(D, -2)), Vh);
}
register('fm det(Tensor input) -> Tensor', det);

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
    forwardMode: ([tangent], { args: [A], result: [sign] }) => {
      const moved = solved(A, tangent as Tensor, false);
      return [zerosFor(sign), sumDims(diagonal(moved, 0, -2, -1), [-1])];
    },
    backward: ([, logGrad], { A }) =>
      // Only where further derivatives are asked for does PyTorch look whether it can divide.
      logGrad === null ? zerosFor(A) : solved(matrixTranspose(A), alongDiagonal(logGrad, A), modes.grad),
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
