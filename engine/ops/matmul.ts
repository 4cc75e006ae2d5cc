import { check, fail } from '../errors.ts';
import { multiply } from '../kernels/matmul.ts';
import { broadcastShapes, numelOf, type Shape, showShape, sizeAlong } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import { contiguous, contiguousData } from './copy.ts';
import { type Binary, op, register } from './op.ts';
import { refuseBool } from './supported.ts';
import {
  matrixTranspose,
  privateView,
  reshape,
  squeezeDim,
  squeezePrivate,
  t,
  transpose,
  unsqueeze,
} from './view.ts';

function sameDtype(a: Tensor, b: Tensor): void {
  check(
    a.dtype === b.dtype,
    () => `expected m1 and m2 to have the same dtype, but got: ${a.dtype.cName} != ${b.dtype.cName}`,
  );
}

export function checkMatrixShapes(a: Tensor, b: Tensor): void {
  check(
    a.shape[1] === b.shape[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${a.shape.join('x')} and ${b.shape.join('x')})`,
  );
}

/** How a factor of a product lies in memory decides how its gradient is computed, and so how that lies. */
interface Layout {
  readonly sizes: Shape;
  readonly strides: Shape;
}
const byColumns = ({ sizes, strides }: Layout): boolean => strides[0] === 1 && strides[1] === sizes[0];

/** The gradient of the left factor of a product. */
export const leftGradient = (grad: Tensor, mat2: Tensor, left: Layout): Tensor =>
  byColumns(left) ? t(mm(mat2, t(grad))) : mm(grad, t(mat2));

/** The gradient of the right factor. */
export const rightGradient = (grad: Tensor, mat1: Tensor, right: Layout): Tensor =>
  byColumns(right) ? t(mm(t(grad), mat1)) : mm(t(mat1), grad);

/** Matrix product of m×k and k×n. */
export const mm: Binary = op('fm mm(Tensor input, Tensor mat2) -> Tensor', {
  forward: (self: Tensor, mat2: Tensor) => {
    check(self.ndim === 2, () => 'self must be a matrix');
    check(mat2.ndim === 2, () => 'mat2 must be a matrix');
    checkMatrixShapes(self, mat2);
    sameDtype(self, mat2);
    if (self.numel > 0 && mat2.numel > 0) refuseBool('addmm_impl_cpu_', self);
    return multiply(self, mat2, self.dtype);
  },
  save: ({ args: [self, mat2], needs }) => ({
    self: needs[1] ? self : null,
    mat2: needs[0] ? mat2 : null,
    self_sym_sizes: self.shape,
    self_sym_strides: self.strides,
    mat2_sym_sizes: mat2.shape,
    mat2_sym_strides: mat2.strides,
  }),
  backward: (grad, saved) => [
    saved.mat2 &&
      leftGradient(grad, saved.mat2, { sizes: saved.self_sym_sizes, strides: saved.self_sym_strides }),
    saved.self &&
      rightGradient(grad, saved.self, { sizes: saved.mat2_sym_sizes, strides: saved.mat2_sym_strides }),
  ],
  forwardMode: 'multilinear',
  batch: (_, self, mat2) => bmm(self, mat2),
});

/** Product of two stacks of matrices, b×m×k and b×k×n. */
export const bmm: Binary = op('fm bmm(Tensor input, Tensor mat2) -> Tensor', {
  forward: (self: Tensor, mat2: Tensor) => {
    check(self.ndim === 3, () => 'batch1 must be a 3D tensor');
    check(mat2.ndim === 3, () => 'batch2 must be a 3D tensor');
    check(
      self.shape[0] === mat2.shape[0] && self.shape[2] === mat2.shape[1],
      () =>
        `Expected size for first two dimensions of batch2 tensor to be: [${self.shape[0]}, ${self.shape[2]}] but got: [${mat2.shape[0]}, ${mat2.shape[1]}].`,
    );
    check(
      self.dtype === mat2.dtype,
      () => `expected scalar type ${self.dtype.scalarName} but found ${mat2.dtype.scalarName}`,
    );
    if (self.numel > 0 && mat2.numel > 0) refuseBool('bmm', self);
    return multiply(self, mat2, self.dtype);
  },
  save: ({ args: [self, mat2], needs }) => ({ self: needs[1] ? self : null, mat2: needs[0] ? mat2 : null }),
  backward: (grad, { self, mat2 }) => [
    mat2 && bmm(grad, transpose(mat2, 1, 2)),
    self && bmm(transpose(self, 1, 2), grad),
  ],
  forwardMode: 'multilinear',
  batch: (_, self, mat2) => matmul(self, mat2),
});

/** Matrix m×k times vector k. */
export const mv: Binary = op('fm mv(Tensor input, Tensor vec) -> Tensor', {
  forward: (self: Tensor, vec: Tensor) => {
    sizeAlong(self.shape, 0);
    check(
      self.ndim === 2 && vec.ndim === 1,
      () => `vector + matrix @ vector expected, got ${vec.ndim}, ${self.ndim}, ${vec.ndim}`,
    );
    check(
      self.shape[1] === vec.shape[0],
      () =>
        `size mismatch, got input (${self.shape[0]}), mat (${self.shape.join('x')}), vec (${vec.shape[0]})`,
    );
    check(
      self.dtype === vec.dtype,
      () =>
        `addmv input tensors must have the same dtype, but got ${vec.dtype.scalarName}, ${self.dtype.scalarName}, and ${vec.dtype.scalarName}`,
    );
    refuseBool('addmv_impl_cpu', self);
    return multiplyColumn(self, vec);
  },
  save: ({ args: [self, vec], needs }) => ({ self: needs[1] ? self : null, vec: needs[0] ? vec : null }),
  backward: (grad, { self, vec }) => [vec && outerProduct(grad, vec), self && mv(t(self), grad)],
  forwardMode: 'multilinear',
  batch: (_, self, vec) => squeezeDim(bmm(self, unsqueeze(vec, -1)), -1),
});

function multiplyColumn(self: Tensor, vec: Tensor): Tensor {
  const out = empty([self.shape[0]], self.dtype);
  const x = contiguousData(vec);
  const { data } = self.storage;
  for (let i = 0; i < self.shape[0]; i++) {
    let total = 0;
    const row = self.offset + i * self.strides[0];
    for (let j = 0; j < x.length; j++) total += data[row + j * self.strides[1]] * x[j];
    out.storage.data[i] = total;
  }
  return out;
}

export const outerProduct = (a: Tensor, b: Tensor): Tensor => mul(unsqueeze(a, 1), b);

/** Inner product of two vectors. */
const innerProduct = (signature: string, second: 'tensor' | 'other'): Binary =>
  op(signature, {
    forward: (self: Tensor, other: Tensor) => {
      check(
        self.ndim === 1 && other.ndim === 1,
        () => `1D tensors expected, but got ${self.ndim}D and ${other.ndim}D tensors`,
      );
      check(
        self.dtype === other.dtype,
        () =>
          `dot : expected both vectors to have same dtype, but found ${self.dtype.scalarName} and ${other.dtype.scalarName}`,
      );
      check(
        self.numel === other.numel,
        () =>
          `inconsistent tensor size, expected tensor ${showShape(self.shape)} and src ${showShape(other.shape)} to have the same number of elements, but got ${self.numel} and ${other.numel} elements respectively`,
      );
      refuseBool('dot', self);
      const x = contiguousData(self);
      const y = contiguousData(other);
      const out = empty([], self.dtype);
      let total = 0;
      for (let i = 0; i < x.length; i++) total += x[i] * y[i];
      out.storage.data[0] = total;
      return out;
    },
    save: ({ args: [self, other], needs }): Record<string, Tensor | null> => ({
      self: needs[1] ? self : null,
      [second]: needs[0] ? other : null,
    }),
    backward: (grad, saved) => [
      saved[second] && mul(grad, saved[second]),
      saved.self && mul(grad, saved.self),
    ],
    forwardMode: 'multilinear',
    batch: (_, self, other) => squeezeDim(squeezeDim(bmm(unsqueeze(self, 1), unsqueeze(other, 2)), -1), -1),
  });
export const dot = innerProduct('fm dot(Tensor input, Tensor tensor) -> Tensor', 'tensor');
/** The same, for numbers that could be complex elsewhere. */
export const vdot = innerProduct('fm vdot(Tensor input, Tensor other) -> Tensor', 'other');

/** PyTorch's `@`: dot, matrix and batched products by the number of dimensions. */
export const matmul: Binary = register(
  'fm matmul(Tensor input, Tensor other) -> Tensor',
  (a: Tensor, b: Tensor): Tensor => {
    if (a.ndim === 0 || b.ndim === 0) {
      fail(`both arguments to matmul need to be at least 1D, but they are ${a.ndim}D and ${b.ndim}D`);
    }
    if (a.ndim === 1 && b.ndim === 1) return dot(a, b);
    if (a.ndim === 2 && b.ndim === 1) return mv(a, b);
    if (a.ndim === 1 && b.ndim === 2) return squeezePrivate(mm(unsqueeze(a, 0), b), 0);
    if (a.ndim === 2 && b.ndim === 2) return mm(a, b);
    return folds(a, b) ? foldedMatmul(a, b) : batchedMatmul(a, b);
  },
);

/**
 * Can the larger one be laid out as one tall matrix? PyTorch folds where that takes no copy, and always where the
 * smaller one needs a gradient, which would otherwise be a sum over the batch.
 */
function folds(a: Tensor, b: Tensor): boolean {
  const [large, small] = a.ndim >= b.ndim ? [a, b] : [b, a];
  if (large.ndim < 3 || small.ndim > 2) return false;
  if (small.requiresGrad) return true;
  if (a.ndim === 2) return false;
  if (large.numel === 0) return true;
  const seen = large === a ? large : matrixTranspose(large);
  return seen.strides.slice(0, -2).every((stride, d) => stride === seen.strides[d + 1] * seen.shape[d + 1]);
}

/** A stack of matrices times one matrix (or vector): one product with the stack laid out as a tall matrix. */
function foldedMatmul(a: Tensor, b: Tensor): Tensor {
  const swapped = b.ndim > a.ndim;
  const stack = swapped ? matrixTranspose(b) : a;
  const other = !swapped ? b : a.ndim === 2 ? t(a) : a;
  const lead = stack.shape.slice(0, -1);
  const tall = reshape(stack, [numelOf(lead), stack.shape[stack.ndim - 1]]);
  if (other.ndim === 1) return privateView(mv(tall, other), lead);
  const product = privateView(mm(tall, other), [...lead, other.shape[1]]);
  return swapped ? contiguous(matrixTranspose(product)) : product;
}

function batchedMatmul(a: Tensor, b: Tensor): Tensor {
  if (a.ndim === 3 && b.ndim === 3 && a.shape[0] !== b.shape[0]) {
    if (a.shape[0] === 1 && a.requiresGrad) return matmul(squeezeDim(a, 0), b);
    if (b.shape[0] === 1 && b.requiresGrad) return matmul(a, squeezeDim(b, 0));
  }
  const rows = a.ndim > 1 ? a.shape[a.ndim - 2] : 1;
  const inner = a.shape[a.ndim - 1];
  const matrix = b.ndim > 1 ? b.shape.slice(-2) : b.shape;
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const count = numelOf(batch);
  const left = reshape(expand(a, [...batch, rows, inner]), [count, rows, inner]);
  const right = reshape(expand(b, [...batch, ...matrix]), [count, ...matrix]);
  const shape = [...batch, ...(a.ndim > 1 ? [rows] : []), ...(b.ndim > 1 ? [matrix[1]] : [])];
  const product = b.ndim === 1 ? squeezeDim(bmm(left, unsqueeze(right, 2)), -1) : bmm(left, right);
  return privateView(product, shape);
}
