import { check, fail } from '../errors.ts';
import type { Rows } from '../kernels/triangular.ts';
import { contiguousStrides, numelOf, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';

// Matrices are the last two dimensions; the ones before are batches.

export function requireMatrices(self: Tensor, name: string, argument = 'A'): void {
  check(self.ndim >= 2, () => `${name}: The input tensor ${argument} must have at least 2 dimensions.`);
}

export function requireSquare(self: Tensor, name: string): void {
  requireMatrices(self, name);
  const [rows, columns] = self.shape.slice(-2);
  check(
    rows === columns,
    () => `${name}: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
  );
}

export function requireFloatMatrices(self: Tensor, name: string): void {
  check(
    self.isFloating,
    () => `${name}: Expected a floating point or complex tensor as input. Got ${self.dtype.scalarName}`,
  );
}

/** `(Batch element 3): ` where there are several. */
export const batchName = (batch: number, self: Tensor): string =>
  self.ndim > 2 ? `(Batch element ${batch}): ` : '';

export const failNumerically = (text: string): never => fail(text, 'LinAlgError');

/** Strides of matrices that are laid out by columns, as LAPACK leaves them. */
function byColumns(shape: Shape): number[] {
  const strides = contiguousStrides(shape);
  const rows = Math.max(shape[shape.length - 2], 1);
  strides[shape.length - 2] = 1;
  strides[shape.length - 1] = rows;
  return strides;
}

/** Matrices, one after the other, as a tensor like LAPACK's. */
export function asColumns(matrices: readonly Rows[], shape: Shape, self: Tensor): Tensor {
  const out = empty(shape, self.dtype, byColumns(shape));
  const [rows, columns] = shape.slice(-2);
  matrices.forEach((matrix, batch) => {
    const start = batch * rows * columns;
    for (let j = 0; j < columns; j++)
      for (let i = 0; i < rows; i++) out.storage.data[start + j * rows + i] = matrix[i][j];
  });
  return out;
}

/** One number (or vector) for each matrix. */
export function asVectors(vectors: readonly ArrayLike<number>[], shape: Shape, self: Tensor): Tensor {
  const out = empty(shape, self.dtype);
  const each = vectors.length === 0 ? 0 : numelOf(shape) / vectors.length;
  vectors.forEach((vector, i) => {
    for (let j = 0; j < each; j++) out.storage.data[i * each + j] = vector[j];
  });
  return out;
}
