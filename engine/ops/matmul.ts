import { check, fail } from '../errors.ts';
import { multiply } from '../kernels/matmul.ts';
import { broadcastShapes, numelOf, type Shape, sameShape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, mul } from './arithmetic.ts';
import { expand, sumDims } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { fused } from './fused.ts';
import { type Binary, op, register } from './op.ts';
import { privateView, reshape, squeezeDim, squeezePrivate, t, transpose, unsqueeze, view } from './view.ts';

function sameDtype(a: Tensor, b: Tensor): void {
  check(
    a.dtype === b.dtype,
    () => `expected m1 and m2 to have the same dtype, but got: ${a.dtype.cName} != ${b.dtype.cName}`,
  );
}

function checkMatrixShapes(a: Tensor, b: Tensor): void {
  check(
    a.shape[1] === b.shape[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${a.shape.join('x')} and ${b.shape.join('x')})`,
  );
}

/** Matrix product of m×k and k×n. */
export const mm: Binary = op('fm mm(Tensor input, Tensor mat2) -> Tensor', {
  forward: (self: Tensor, mat2: Tensor) => {
    check(self.ndim === 2, () => 'self must be a matrix');
    check(mat2.ndim === 2, () => 'mat2 must be a matrix');
    checkMatrixShapes(self, mat2);
    sameDtype(self, mat2);
    return multiply(self, mat2, self.dtype);
  },
  save: ({ args: [self, mat2], needs }) => ({ self: needs[1] ? self : null, mat2: needs[0] ? mat2 : null }),
  backward: (grad, { self, mat2 }) => [mat2 && mm(grad, t(mat2)), self && mm(t(self), grad)],
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
    sameDtype(self, mat2);
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
    check(
      self.ndim === 2 && vec.ndim === 1,
      () => `vector + matrix @ vector expected, got ${vec.ndim}, ${self.ndim}, ${vec.ndim}`,
    );
    check(
      self.shape[1] === vec.shape[0],
      () =>
        `size mismatch, got input (${self.shape[0]}), mat (${self.shape.join('x')}), vec (${vec.shape[0]})`,
    );
    sameDtype(self, vec);
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

const outerProduct = (a: Tensor, b: Tensor): Tensor => mul(unsqueeze(a, 1), b);

/** Inner product of two vectors. */
export const dot: Binary = op('fm dot(Tensor input, Tensor tensor) -> Tensor', {
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
    const x = contiguousData(self);
    const y = contiguousData(other);
    const out = empty([], self.dtype);
    let total = 0;
    for (let i = 0; i < x.length; i++) total += x[i] * y[i];
    out.storage.data[0] = total;
    return out;
  },
  save: ({ args: [self, tensor], needs }) => ({
    self: needs[1] ? self : null,
    tensor: needs[0] ? tensor : null,
  }),
  backward: (grad, { self, tensor }) => [tensor && mul(grad, tensor), self && mul(grad, self)],
  forwardMode: 'multilinear',
  batch: (_, self, other) => squeezeDim(squeezeDim(bmm(unsqueeze(self, 1), unsqueeze(other, 2)), -1), -1),
});

/** PyTorch's `@`: dot, matrix and batched products by the number of dimensions. */
export const matmul = register(
  'fm matmul(Tensor input, Tensor other) -> Tensor',
  (a: Tensor, b: Tensor): Tensor => {
    if (a.ndim === 0 || b.ndim === 0) {
      fail(`both arguments to matmul need to be at least 1D, but they are ${a.ndim}D and ${b.ndim}D`);
    }
    if (a.ndim === 1 && b.ndim === 1) return dot(a, b);
    if (a.ndim === 2 && b.ndim === 1) return mv(a, b);
    if (a.ndim === 1 && b.ndim === 2) return squeezePrivate(mm(unsqueeze(a, 0), b), 0);
    if (a.ndim === 2 && b.ndim === 2) return mm(a, b);
    return a.ndim >= 3 && b.ndim <= 2 ? foldedMatmul(a, b) : batchedMatmul(a, b);
  },
);

/** A stack of matrices times one matrix (or vector): one product with the stack laid out as tall matrix. */
function foldedMatmul(a: Tensor, b: Tensor): Tensor {
  const lead = a.shape.slice(0, -1);
  const tall = reshape(a, [lead.reduce((n, size) => n * size, 1), a.shape[a.ndim - 1]]);
  if (b.ndim === 1) return privateView(mv(tall, b), lead);
  return privateView(mm(tall, b), [...lead, b.shape[1]]);
}

function batchedMatmul(a: Tensor, b: Tensor): Tensor {
  const left = a.ndim === 1 ? unsqueeze(a, 0) : a;
  const right = b.ndim === 1 ? unsqueeze(b, 1) : b;
  const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const count = batch.reduce((n, size) => n * size, 1);
  const flat = (x: Tensor): Tensor => {
    const matrix = x.shape.slice(-2);
    return reshape(expand(x, [...batch, ...matrix]), [count, ...matrix]);
  };
  const product = privateView(bmm(flat(left), flat(right)), [
    ...batch,
    left.shape[left.ndim - 2],
    right.shape[right.ndim - 1],
  ]);
  if (a.ndim === 1) return squeezeDim(product, -2);
  return b.ndim === 1 ? squeezeDim(product, -1) : product;
}

export const outer = register(
  'fm outer(Tensor input, Tensor vec2) -> Tensor',
  (self: Tensor, other: Tensor) => {
    check(self.ndim === 1, () => `outer: Expected 1-D argument self, but got ${self.ndim}-D`);
    check(other.ndim === 1, () => `outer: Expected 1-D argument vec2, but got ${other.ndim}-D`);
    return mul(view(reshape(self, [self.numel, 1]), [self.numel, 1]), other);
  },
);

/** beta · input + alpha · (mat1 @ mat2) */
export const addmm: (input: Tensor, mat1: Tensor, mat2: Tensor, beta?: number, alpha?: number) => Tensor = op(
  'fm addmm(Tensor input, Tensor mat1, Tensor mat2, *, float beta=1, float alpha=1) -> Tensor',
  {
    inputs: (input, mat1, mat2) => [input, mat1, mat2],
    forward: (input: Tensor, mat1: Tensor, mat2: Tensor, beta: number = 1, alpha: number = 1) => {
      check(mat1.ndim === 2, () => `mat1 must be a matrix, got ${mat1.ndim}-D tensor`);
      check(mat2.ndim === 2, () => `mat2 must be a matrix, got ${mat2.ndim}-D tensor`);
      checkMatrixShapes(mat1, mat2);
      check(
        mat1.dtype === mat2.dtype,
        () =>
          `mat1 and mat2 must have the same dtype, but got ${mat1.dtype.scalarName} and ${mat2.dtype.scalarName}`,
      );
      const product = multiply(mat1, mat2, mat1.dtype);
      const expanded = expand(input, product.shape as Shape);
      return add(scale(expanded, beta), scale(product, alpha));
    },
    save: ({ args: [, mat1, mat2, beta = 1, alpha = 1], needs }) => ({
      mat1: needs[2] ? mat1 : null,
      mat2: needs[1] ? mat2 : null,
      beta,
      alpha,
    }),
    backward: (grad, { mat1, mat2, beta, alpha }, needs) => [
      needs[0] ? scale(grad, beta) : null,
      mat2 && scale(mm(grad, t(mat2)), alpha),
      mat1 && scale(mm(t(mat1), grad), alpha),
    ],
    forwardMode: ([input, left, right], { args: [, mat1, mat2, beta = 1, alpha = 1], result }) => {
      const parts = [
        input && scale(expand(input, result.shape), beta),
        left && scale(mm(left, mat2), alpha),
        right && scale(mm(mat1, right), alpha),
      ].filter((part) => part !== null);
      return parts.reduce((total, part) => add(total, part));
    },
    batch: (_, input: Tensor, mat1: Tensor, mat2: Tensor, beta: number = 1, alpha: number = 1) =>
      add(scale(input.ndim < 3 ? unsqueeze(input, 1) : input, beta), scale(bmm(mat1, mat2), alpha)),
  },
);

/** The relatives of addmm: beta · input + alpha · (a product of the other two). */
for (const [name, first, second, product] of [
  ['baddbmm', 'batch1', 'batch2', bmm],
  ['addbmm', 'batch1', 'batch2', (a: Tensor, b: Tensor) => sumDims(bmm(a, b), [0])],
  ['addmv', 'mat', 'vec', mv],
  ['addr', 'vec1', 'vec2', outerProduct],
] as const) {
  fused(
    `fm ${name}(Tensor input, Tensor ${first}, Tensor ${second}, *, float beta=1, float alpha=1) -> Tensor`,
    {
      compose: (input: Tensor, a: Tensor, b: Tensor, beta: number, alpha: number) =>
        add(scale(input, beta), scale(product(a, b), alpha)),
    },
  );
}

function scale(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : mul(x, asTensor(factor));
}

/** x Wᵀ + b, as `nn.Linear` computes it. */
export const linear = register(
  'f nn.functional.linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor',
  (input: Tensor, weight: Tensor, bias: Tensor | null) => {
    if (input.ndim === 2 && bias !== null) return addmm(bias, input, t(weight));
    if (input.ndim === 3 && bias !== null && input.isContiguous) {
      const [lead, rows, features] = input.shape;
      const tall = addmm(bias, reshape(input, [lead * rows, features]), t(weight));
      return view(tall, [lead, rows, weight.shape[0]]);
    }
    const product = matmul(input, weight.ndim === 1 ? weight : t(weight));
    return bias === null ? product : add(product, bias);
  },
);

/** Σ over i and j of x1ᵢ · weightₒᵢⱼ · x2ⱼ, for each row. */
const trilinear = fused('f _trilinear(Tensor i1, Tensor i2, Tensor i3) -> Tensor', {
  compose: (x1: Tensor, weight: Tensor, x2: Tensor) => {
    const left = mul(unsqueeze(unsqueeze(x1, 1), -1), weight);
    return sumDims(mul(left, unsqueeze(unsqueeze(x2, 1), 1)), [-2, -1]);
  },
});

/** x1ᵀ W x2 + b for each output. */
export const bilinear = register(
  'f nn.functional.bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor',
  (x1: Tensor, x2: Tensor, weight: Tensor, bias: Tensor | null) => {
    const lead = x1.shape.slice(0, -1);
    check(sameShape(lead, x2.shape.slice(0, -1)), () => 'bilinear(): input batch dimensions do not match');
    const rows = numelOf(lead);
    const flat = (x: Tensor): Tensor => reshape(x, [rows, x.shape[x.ndim - 1]]);
    const product = reshape(trilinear(flat(x1), weight, flat(x2)), [...lead, weight.shape[0]]);
    return bias === null ? product : add(product, bias);
  },
);
