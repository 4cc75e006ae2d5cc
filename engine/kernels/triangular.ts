import type { Tensor } from '../tensor.ts';

/** A square matrix as rows of its own: what the eliminations below work on. */
export type Rows = Float64Array[];

/** The matrices of a stack (…×m×n), one after the other, each copied. */
export function matricesOf(self: Tensor): Rows[] {
  const [rows, columns] = self.shape.slice(-2);
  const [rowStep, columnStep] = self.strides.slice(-2);
  return batchOffsets(self).map((start) =>
    Array.from({ length: rows }, (_, i) =>
      Float64Array.from(
        { length: columns },
        (__, j) => self.storage.data[self.offset + start + i * rowStep + j * columnStep],
      ),
    ),
  );
}

function batchOffsets(self: Tensor): number[] {
  let offsets = [0];
  self.shape.slice(0, -2).forEach((size, d) => {
    offsets = offsets.flatMap((start) => Array.from({ length: size }, (_, i) => start + i * self.strides[d]));
  });
  return offsets;
}

/** Writes matrices one after the other into `out`, which is row-major. */
export function writeMatrices(out: Tensor, matrices: readonly Rows[]): Tensor {
  let at = 0;
  for (const matrix of matrices) {
    for (const row of matrix) {
      out.storage.data.set(row, at);
      at += row.length;
    }
  }
  return out;
}

/**
 * Gaussian elimination with partial pivoting, in place; `right` takes part in every step.
 * @returns the determinant's sign and diagonal, and the 1-based place of the first zero pivot (0: none)
 */
export function eliminate(matrix: Rows, right: Rows): { sign: number; singularAt: number } {
  const n = matrix.length;
  let sign = 1;
  let singularAt = 0;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k])) pivot = i;
    if (pivot !== k) {
      sign = -sign;
      for (const rows of [matrix, right]) {
        if (rows.length > 0) [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      }
    }
    if (matrix[k][k] === 0) {
      if (singularAt === 0) singularAt = k + 1;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i][k] / matrix[k][k];
      subtract(matrix[i], matrix[k], factor, k);
      if (right.length > 0) subtract(right[i], right[k], factor, 0);
    }
  }
  return { sign, singularAt };
}

function subtract(row: Float64Array, other: Float64Array, factor: number, from: number): void {
  for (let j = from; j < row.length; j++) row[j] -= factor * other[j];
}

/** Solves `upper · x = right` in place, from the last row up. */
export function substituteBack(upper: Rows, right: Rows): Rows {
  for (let i = upper.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < upper.length; k++) subtract(right[i], right[k], upper[i][k], 0);
    for (let j = 0; j < right[i].length; j++) right[i][j] /= upper[i][i];
  }
  return right;
}

/** The lower triangle L with L · Lᵀ = matrix, or the 1-based order of the first minor that is not positive. */
export function choleskyOf(matrix: Rows): Rows | number {
  const n = matrix.length;
  const lower: Rows = matrix.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      if (i === j && !(rest > 0)) return i + 1;
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j];
    }
  }
  return lower;
}
