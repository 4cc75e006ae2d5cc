import { check, fail } from '../errors.ts';
import {
  contiguousStrides,
  inferSize,
  type Shape,
  showShape,
  viewStrides,
  wrapDim,
  wrapDims,
} from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { cloneContiguous, contiguous } from './copy.ts';
import { register, type Unary, type UnaryWith } from './op.ts';
import { type Geometry, viewOp } from './view_op.ts';

/** The same memory under another shape. @throws RuntimeError where the strides don't allow it. */
export const view: UnaryWith<[Shape]> = viewOp('m view(Tensor input, int[] size) -> Tensor', {
  geometry: (self: Tensor, size: Shape): Geometry => {
    const shape = inferSize(size, self.numel);
    const strides = viewStrides(self.shape, self.strides, shape);
    if (strides === null) {
      fail(
        "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
      );
    }
    return { shape, strides, offset: self.offset };
  },
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => reshape(grad, self_sym_sizes),
});

/** What `reshape` gives where it had to copy: a view of the copy, which nobody else can see. */
const unsafeView: UnaryWith<[Shape]> = viewOp('m _unsafe_view(Tensor input, int[] size) -> Tensor', {
  geometry: (self: Tensor, size: Shape): Geometry => ({
    shape: size,
    strides: viewStrides(self.shape, self.strides, size) ?? contiguousStrides(size),
    offset: self.offset,
  }),
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => reshape(grad, self_sym_sizes),
});

/** How `reshape` records a view of what isn't contiguous. */
const reshapeAlias: UnaryWith<[Shape]> = viewOp('m _reshape_alias(Tensor input, int[] size) -> Tensor', {
  geometry: (self: Tensor, size: Shape): Geometry => ({
    shape: size,
    strides: viewStrides(self.shape, self.strides, size) as Shape,
    offset: self.offset,
  }),
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => reshape(grad, self_sym_sizes),
});

export const reshape: UnaryWith<[Shape]> = register(
  'fm reshape(Tensor input, int[] shape) -> Tensor',
  (self: Tensor, size: Shape) => {
    const shape = inferSize(size, self.numel);
    if (viewStrides(self.shape, self.strides, shape) !== null) {
      return self.isContiguous ? view(self, shape) : reshapeAlias(self, shape);
    }
    return withoutView(unsafeView(cloneContiguous(self), shape));
  },
);

/** Forgets that `tensor` is a view: it is the only one that looks at its memory. */
export function withoutView(tensor: Tensor): Tensor {
  tensor.view = null;
  return tensor;
}
export const privateView = (self: Tensor, shape: Shape): Tensor => withoutView(unsafeView(self, shape));

export const alias = viewOp('m _alias(Tensor input) -> Tensor', {
  node: 'AliasBackward0',
  geometry: (self: Tensor): Geometry => self,
  backward: (grad) => grad,
});
register('m view_as(Tensor input, Tensor other) -> Tensor', (self: Tensor, other: Tensor) =>
  view(self, other.shape),
);
register('m reshape_as(Tensor input, Tensor other) -> Tensor', (self: Tensor, other: Tensor) =>
  reshape(self, other.shape),
);

export const permute: UnaryWith<[Shape]> = viewOp('fm permute(Tensor input, int[] dims) -> Tensor', {
  geometry: (self: Tensor, dims: Shape): Geometry => {
    check(
      dims.length === self.ndim,
      () =>
        `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${self.ndim} is not equal to len(dims) = ${dims.length}`,
    );
    const order = dims.map((dim) => wrapDim(dim, self.ndim));
    check(new Set(order).size === order.length, () => 'permute(): duplicate dims are not allowed.');
    return {
      shape: order.map((d) => self.shape[d]),
      strides: order.map((d) => self.strides[d]),
      offset: self.offset,
    };
  },
  save: ({ args: [, dims] }) => ({ dims }),
  backward: (grad, { dims }) => permute(grad, inversePermutation(dims.map((d) => wrapDim(d, grad.ndim)))),
});

const inversePermutation = (dims: Shape): number[] => {
  const inverse = new Array<number>(dims.length);
  dims.forEach((from, to) => {
    inverse[from] = to;
  });
  return inverse;
};

function swapped(self: Tensor, dim0: number, dim1: number): Geometry {
  const shape = [...self.shape];
  const strides = [...self.strides];
  if (shape.length > 0) {
    [shape[dim0], shape[dim1]] = [shape[dim1], shape[dim0]];
    [strides[dim0], strides[dim1]] = [strides[dim1], strides[dim0]];
  }
  return { shape, strides, offset: self.offset };
}

export const transpose: UnaryWith<[number, number]> = viewOp(
  'fm transpose(Tensor input, int dim0, int dim1) -> Tensor',
  {
    geometry: (self: Tensor, dim0: number, dim1: number) =>
      swapped(self, wrapDim(dim0, self.ndim), wrapDim(dim1, self.ndim)),
    save: ({ args: [, dim0, dim1] }) => ({ dim0, dim1 }),
    backward: (grad, { dim0, dim1 }) => transpose(grad, dim0, dim1),
  },
);
register('fm swapaxes(Tensor input, int axis0, int axis1) -> Tensor', transpose);
register('fm swapdims(Tensor input, int dim0, int dim1) -> Tensor', transpose);

export const t: Unary = viewOp('fm t(Tensor input) -> Tensor', {
  geometry: (self: Tensor) => {
    check(self.ndim <= 2, () => `t() expects a tensor with <= 2 dimensions, but self is ${self.ndim}D`);
    return self.ndim < 2 ? self : swapped(self, 0, 1);
  },
  backward: (grad) => t(grad),
});

/** The attribute `.T`: all dimensions reversed. */
export const reversed = register('m _numpy_T(Tensor input) -> Tensor', (self: Tensor) => {
  return permute(
    self,
    self.shape.map((_, d) => self.ndim - 1 - d),
  );
});
export const matrixTranspose = register('m _mT(Tensor input) -> Tensor', (self: Tensor) => {
  check(
    self.ndim >= 2,
    () => `tensor.mT is only supported on matrices or batches of matrices. Got ${self.ndim}-D tensor.`,
  );
  return transpose(self, -2, -1);
});

export const unsqueeze: UnaryWith<[number]> = viewOp('fm unsqueeze(Tensor input, int dim) -> Tensor', {
  geometry: (self: Tensor, dim: number): Geometry => {
    const at = wrapDim(dim, self.ndim + 1);
    const stride = at < self.ndim ? self.shape[at] * self.strides[at] : 1;
    return {
      shape: [...self.shape.slice(0, at), 1, ...self.shape.slice(at)],
      strides: [...self.strides.slice(0, at), stride, ...self.strides.slice(at)],
      offset: self.offset,
    };
  },
  save: ({ args: [, dim] }) => ({ dim }),
  backward: (grad, { dim }) => squeezeDim(grad, dim),
});

const without = (self: Tensor, dims: Shape): Geometry => {
  const kept = self.shape.map((_, d) => d).filter((d) => !(dims.includes(d) && self.shape[d] === 1));
  return {
    shape: kept.map((d) => self.shape[d]),
    strides: kept.map((d) => self.strides[d]),
    offset: self.offset,
  };
};

/** Gives the dimensions of size 1 back that squeezing took. */
const unsqueezeTo = (grad: Tensor, shape: Shape): Tensor => {
  let result = grad;
  shape.forEach((size, d) => {
    if (size === 1 && result.shape.length < shape.length) result = unsqueeze(result, d);
  });
  return result;
};

export const squeeze = viewOp('fm squeeze(Tensor input) -> Tensor', {
  geometry: (self: Tensor) =>
    without(
      self,
      self.shape.map((_, d) => d),
    ),
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => unsqueezeTo(grad, self_sym_sizes),
});
const squeezeOne = (signature: string, node: string): UnaryWith<[number]> =>
  viewOp(signature, {
    node,
    geometry: (self: Tensor, dim: number) => without(self, [wrapDim(dim, self.ndim)]),
    save: ({ args: [self, dim] }) => ({ dim, self_sym_sizes: self.shape }),
    backward: (grad, { dim, self_sym_sizes }) => {
      const at = wrapDim(dim, self_sym_sizes.length);
      return self_sym_sizes[at] === 1 ? unsqueeze(grad, at) : grad;
    },
  });
export const squeezeDim = squeezeOne('fm squeeze(Tensor input, int dim) -> Tensor', 'SqueezeBackward1');
/** The same for a result that nobody else can see: PyTorch squeezes it in place. */
const squeezeFresh = squeezeOne('m _squeeze_fresh(Tensor input, int dim) -> Tensor', 'SqueezeBackward4');
export const squeezePrivate = (self: Tensor, dim: number): Tensor => {
  const result = withoutView(squeezeFresh(self, dim));
  if (!result.version.off) result.version.value++;
  return result;
};

export const squeezeDims = viewOp('fm squeeze(Tensor input, int[] dim) -> Tensor', {
  node: 'SqueezeBackward2',
  geometry: (self: Tensor, dims: Shape) => without(self, dims.length === 0 ? [] : wrapDims(dims, self.ndim)),
  save: ({ args: [self, dim] }) => ({ dim, self_sym_sizes: self.shape }),
  backward: (grad, { dim: dims, self_sym_sizes }) => {
    const wrapped = dims.map((dim) => wrapDim(dim, self_sym_sizes.length));
    return wrapped
      .filter((d) => self_sym_sizes[d] === 1)
      .sort((a, b) => a - b)
      .reduce((result, d) => unsqueeze(result, d), grad);
  },
});

export const flatten = register(
  'fm flatten(Tensor input, int start_dim=0, int end_dim=-1) -> Tensor',
  (self: Tensor, startDim: number, endDim: number) => {
    const start = wrapDim(startDim, self.ndim);
    const end = wrapDim(endDim, self.ndim);
    check(start <= end, () => 'flatten() has invalid args: start_dim cannot come after end_dim');
    if (self.ndim === 0) return reshape(self, [1]);
    if (start === end) return self;
    const middle = self.shape.slice(start, end + 1).reduce((product, size) => product * size, 1);
    return reshape(self, [...self.shape.slice(0, start), middle, ...self.shape.slice(end + 1)]);
  },
);
register('fm ravel(Tensor input) -> Tensor', (self: Tensor) => view(contiguous(self), [-1]));

export const unflatten = register(
  'fm unflatten(Tensor input, int dim, int[] sizes) -> Tensor',
  (self: Tensor, dim: number, sizes: Shape) => {
    const at = wrapDim(dim, self.ndim);
    check(sizes.length > 0, () => 'unflatten: sizes must be non-empty');
    const unexpected = (text: string): never => fail(`unflatten got an unexpected error:\n${text}`);
    if (self.ndim === 0) unexpected(`Dimension specified as ${at} but tensor has no dimensions`);
    if (sizes.filter((size) => size === -1).length > 1) unexpected('only one dimension can be inferred');
    const known = sizes.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
    const fits = sizes.includes(-1) ? self.shape[at] % known === 0 : known === self.shape[at];
    check(
      fits,
      () =>
        `unflatten: Provided sizes ${showShape(sizes)} don't multiply up to the size of dim ${at} (${self.shape[at]}) in the input tensor`,
    );
    const filled = sizes.map((size) => (size === -1 ? self.shape[at] / known : size));
    return view(self, [...self.shape.slice(0, at), ...filled, ...self.shape.slice(at + 1)]);
  },
);

export const movedim = register(
  'fm movedim(Tensor input, int[1] source, int[1] destination) -> Tensor',
  (self: Tensor, source: Shape, destination: Shape) => {
    check(
      source.length === destination.length,
      () =>
        `movedim: Invalid source or destination dims: source (${showShape(source)} dims) should contain the same number of dims as destination (${showShape(destination)} dims)`,
    );
    const from = source.map((dim) => wrapDim(dim, self.ndim));
    const to = destination.map((dim) => wrapDim(dim, self.ndim));
    const repeats = (dims: Shape): boolean => new Set(dims).size < dims.length;
    check(!repeats(from), () => `movedim: repeated dim in \`source\` (${showShape(source)})`);
    check(!repeats(to), () => `movedim: repeated dim in \`destination\` (${showShape(destination)})`);
    const rest = self.shape.map((_, d) => d).filter((d) => !from.includes(d));
    const order = self.shape.map((_, d) => (to.includes(d) ? from[to.indexOf(d)] : (rest.shift() as number)));
    return self.ndim === 0 ? alias(self) : permute(self, order);
  },
);
register('fm moveaxis(Tensor input, int[1] source, int[1] destination) -> Tensor', movedim);
