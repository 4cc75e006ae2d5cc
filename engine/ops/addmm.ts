import type { Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, copyInto, emptyFor, mapUnary } from '../kernels/elementwise.ts';
import { multiply } from '../kernels/matmul.ts';
import { numelOf, type Shape, sameShape, showShape, sizeAlong } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, mulScalar } from './arithmetic.ts';
import { expand, sumDims } from './broadcast.ts';
import { inplace } from './inplace.ts';
import {
  bmm,
  checkMatrixShapes,
  leftGradient,
  matmul,
  mm,
  mv,
  outerProduct,
  rightGradient,
} from './matmul.ts';
import { op, register } from './op.ts';
import { ELEMENTWISE_LATE } from './overlap.ts';
import { refuseBool } from './supported.ts';
import { zerosFor } from './unary.ts';
import { reshape, t, transpose, unsqueeze, view } from './view.ts';

// beta · input + alpha · (a product of the other two), as one operation.

const ONE: Scalar = { value: 1, category: 2 };

/** A factor of a formula: nothing to do where it is one. */
const scaled = (x: Tensor, factor: Scalar): Tensor => (factor.value === 1 ? x : mulScalar(x, factor));

/** The same inside the operation, in the dtype of its operands: whole numbers take whole factors. */
function scaledValues(x: Tensor, { value }: Scalar): Tensor {
  if (value === 1) return x;
  const factor = x.isFloating ? value : Math.trunc(value);
  return mapUnary(x, x.dtype, (v) => v * factor);
}

/** beta · input + alpha · product; what is multiplied by 0 counts as 0, even NaN. */
function combined(input: Tensor, product: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  const scaledProduct = scaledValues(product, alpha);
  const expanded = expand(input, product.shape as Shape);
  if (beta.value === 0) return scaledProduct;
  // The product first: the result is laid out as it is.
  return cast(add(scaledProduct, scaledValues(expanded, beta)), product.dtype);
}

interface Product {
  readonly check?: (a: Tensor, b: Tensor, input: Tensor) => void;
  /** The shape of the product, where the form in place looks at it first. */
  readonly shape?: (a: Tensor, b: Tensor) => Shape;
  /** What PyTorch saves of how the factors lie. */
  readonly places?: (a: Tensor, b: Tensor) => Record<string, number | Shape>;
  /** PyTorch's name of the kernel, in refusals. */
  readonly kernel: string;
  /** It goes element by element: the result is laid out as the input is. */
  readonly elementwise?: true;
  readonly product: (a: Tensor, b: Tensor) => Tensor;
  /** The same as an operation, where `product` is none. */
  readonly recorded?: (a: Tensor, b: Tensor) => Tensor;
  readonly backward: (grad: Tensor, a: Tensor, b: Tensor) => readonly [() => Tensor, () => Tensor];
}

/** Declares the operation and its form in place. */
function addProduct(name: string, first: string, second: string, rule: Product) {
  const parameters = `Tensor input, Tensor ${first}, Tensor ${second}, *, Scalar beta=1, Scalar alpha=1`;
  const run: (self: Tensor, a: Tensor, b: Tensor, beta?: Scalar, alpha?: Scalar) => Tensor = op(
    `fm ${name}(${parameters}) -> Tensor`,
    {
      inputs: (input, a, b) => [input, a, b],
      forward: (input: Tensor, a: Tensor, b: Tensor, beta: Scalar = ONE, alpha: Scalar = ONE) => {
        rule.check?.(a, b, input);
        if (name !== 'addr') refuseBool(rule.kernel, input);
        const sum = combined(input, rule.product(a, b), beta, alpha);
        if (!rule.elementwise) return sum;
        const out = emptyFor(sum.shape, sum.dtype, [input, unsqueeze(a, 1), b]);
        copyInto(out, sum);
        return out;
      },
      save: ({ args: [, a, b, beta = ONE, alpha = ONE] }): Record<string, unknown> => ({
        [first]: a,
        [second]: b,
        beta,
        alpha,
        ...rule.places?.(a, b),
      }),
      backward: (grad, saved, needs) => {
        const alpha = saved.alpha as Scalar;
        const [left, right] = rule.backward(grad, saved[first] as Tensor, saved[second] as Tensor);
        return [
          needs[0] ? scaled(grad, saved.beta as Scalar) : null,
          needs[1] ? scaled(left(), alpha) : null,
          needs[2] ? scaled(right(), alpha) : null,
        ];
      },
      forwardMode: ([own, left, right], { args: [, a, b, beta = ONE, alpha = ONE], result }) => {
        const product = rule.recorded ?? rule.product;
        const parts = [
          own && scaled(own, beta),
          left && scaled(product(left, b), alpha),
          right && scaled(product(a, right), alpha),
        ].filter((part) => part !== null);
        const total = parts.reduce((sum, part) => add(sum, part));
        return sameShape(total.shape, result.shape) && parts.length > 1
          ? total
          : add(total, zerosFor(result));
      },
    },
  );
  inplace(
    `m ${name}_(${parameters}) -> Tensor(input)`,
    (self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) => {
      rule.check?.(a, b, self);
      const shape = rule.shape?.(a, b) ?? self.shape;
      check(
        sameShape(self.shape, shape),
        () =>
          `Bad in-place call: input tensor size ${showShape(self.shape)} and output tensor size ${showShape(shape)} should match`,
      );
      return run(self, a, b, beta, alpha);
    },
    ELEMENTWISE_LATE,
  );
  return run;
}

const layout = ({ shape, strides }: Tensor) => ({ sizes: shape, strides });

export const addmm = addProduct('addmm', 'mat1', 'mat2', {
  places: (mat1, mat2) => ({
    mat1_sym_sizes: mat1.shape,
    mat1_sym_strides: mat1.strides,
    mat2_sym_sizes: mat2.shape,
    mat2_sym_strides: mat2.strides,
  }),
  kernel: 'addmm_impl_cpu_',
  check: (mat1, mat2, input) => {
    check(
      input.dtype === mat2.dtype,
      () =>
        `self and mat2 must have the same dtype, but got ${input.dtype.scalarName} and ${mat2.dtype.scalarName}`,
    );
    check(
      mat1.dtype === mat2.dtype,
      () =>
        `mat1 and mat2 must have the same dtype, but got ${mat1.dtype.scalarName} and ${mat2.dtype.scalarName}`,
    );
    check(mat1.ndim === 2, () => `mat1 must be a matrix, got ${mat1.ndim}-D tensor`);
    check(mat2.ndim === 2, () => `mat2 must be a matrix, got ${mat2.ndim}-D tensor`);
    checkMatrixShapes(mat1, mat2);
  },
  shape: (mat1, mat2) => [mat1.shape[0], mat2.shape[1]],
  product: (mat1, mat2) => multiply(mat1, mat2, mat1.dtype),
  recorded: (mat1, mat2) => mm(mat1, mat2),
  backward: (grad, mat1, mat2) => [
    () => leftGradient(grad, mat2, layout(mat1)),
    () => rightGradient(grad, mat1, layout(mat2)),
  ],
});

/** Looks at the sizes that the result will have, which fails where there is no such dimension. */
const sizesOf = (tensor: Tensor, ...dims: number[]): void => {
  for (const dim of dims) sizeAlong(tensor.shape, dim);
};

addProduct('baddbmm', 'batch1', 'batch2', {
  kernel: 'baddbmm',
  check: (batch1, batch2) => {
    sizesOf(batch1, 0, 1);
    sizesOf(batch2, 2);
  },
  product: bmm,
  backward: (grad, batch1, batch2) => [
    () => bmm(grad, transpose(batch2, 1, 2)),
    () => bmm(transpose(batch1, 1, 2), grad),
  ],
});

addProduct('addbmm', 'batch1', 'batch2', {
  places: (batch1, batch2) => ({
    batch1_sym_argsize_0: batch1.shape[0],
    batch1_sym_argsize_1: batch1.shape[1],
    batch2_sym_argsize_2: batch2.shape[2],
  }),
  kernel: 'addmm_impl_cpu_',
  check: (batch1, batch2) => {
    sizesOf(batch1, 1);
    sizesOf(batch2, 2);
  },
  product: (a, b) => sumDims(bmm(a, b), [0], false, a.dtype),
  backward: (grad, batch1, batch2) => {
    const [count, rows] = batch1.shape;
    const each = expand(unsqueeze(grad, 0), [count, rows, batch2.shape[2]]);
    return [() => bmm(each, transpose(batch2, 1, 2)), () => bmm(transpose(batch1, 1, 2), each)];
  },
});

addProduct('addmv', 'mat', 'vec', {
  kernel: 'addmv_impl_cpu',
  check: (mat, vec, input) => {
    check(
      mat.ndim === 2 && vec.ndim === 1 && input.ndim <= 1,
      () => `vector + matrix @ vector expected, got ${input.ndim}, ${mat.ndim}, ${vec.ndim}`,
    );
    const [rows, columns] = mat.shape;
    check(
      columns === vec.shape[0] && (rows === input.numel || input.numel === 1),
      () =>
        `size mismatch, got input (${sizeAlong(input.shape, 0)}), mat (${rows}x${columns}), vec (${vec.shape[0]})`,
    );
    check(
      input.dtype === mat.dtype && mat.dtype === vec.dtype,
      () =>
        `addmv input tensors must have the same dtype, but got ${[input, mat].map(({ dtype }) => dtype.scalarName).join(', ')}, and ${vec.dtype.scalarName}`,
    );
  },
  shape: (mat) => [mat.shape[0]],
  product: mv,
  backward: (grad, mat, vec) => [() => outerProduct(grad, vec), () => mv(t(mat), grad)],
});

addProduct('addr', 'vec1', 'vec2', {
  kernel: 'addr',
  elementwise: true,
  product: outerProduct,
  backward: (grad, vec1, vec2) => [() => mv(grad, vec2), () => mv(t(grad), vec1)],
});

/** x Wᵀ + b, as `nn.Linear` computes it. */
export const linear = register(
  'f nn.functional.linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor',
  (input: Tensor, weight: Tensor, bias: Tensor | null) => {
    check(
      input.ndim > 0 && weight.ndim > 0,
      () =>
        `both arguments to linear need to be at least 1D, but they are ${input.ndim}D and ${weight.ndim}D`,
    );
    if (input.ndim === 2 && bias !== null) return addmm(bias, input, t(weight));
    if (bias !== null && input.ndim > 0 && input.isContiguous) {
      const features = input.shape[input.ndim - 1];
      const lead = input.shape.slice(0, -1);
      const tall = addmm(bias, reshape(input, [numelOf(lead), features]), t(weight));
      return view(tall, [...lead, weight.shape[0]]);
    }
    const product = matmul(input, weight.ndim === 1 ? weight : t(weight));
    return bias === null ? product : add(product, bias);
  },
);
