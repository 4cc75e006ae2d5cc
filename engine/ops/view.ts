import { check, fail, warnings } from '../errors.ts';
import { contiguousStrides, inferSize, type Shape, showShape, viewStrides, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { cloneContiguous } from './copy.ts';
import { register, type Unary, type UnaryWith } from './op.ts';
import { type Geometry, multiViewOp, viewOp } from './view_op.ts';

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
    strides: contiguousStrides(size),
    offset: self.offset,
  }),
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => reshape(grad, self_sym_sizes),
});

export const reshape: UnaryWith<[Shape]> = register(
  'fm reshape(Tensor input, int[] shape) -> Tensor',
  (self: Tensor, size: Shape) => {
    const shape = inferSize(size, self.numel);
    if (viewStrides(self.shape, self.strides, shape) !== null) return view(self, shape);
    return withoutView(unsafeView(cloneContiguous(self), shape));
  },
);

/** Forgets that `tensor` is a view: it is the only one that looks at its memory. */
function withoutView(tensor: Tensor): Tensor {
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
  save: ({ args: [self, dims] }) => ({ dims: dims.map((dim) => wrapDim(dim, self.ndim)) }),
  backward: (grad, { dims }) => permute(grad, inversePermutation(dims)),
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
  if (self.ndim !== 2 && self.ndim !== 0) {
    warnings.emit(
      'The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor.',
      'UserWarning',
    );
  }
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
  save: ({ args: [self, dim] }) => ({ dim: wrapDim(dim, self.ndim + 1) }),
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
export const squeezePrivate = (self: Tensor, dim: number): Tensor => withoutView(squeezeFresh(self, dim));

export const squeezeDims = viewOp('fm squeeze(Tensor input, int[] dim) -> Tensor', {
  node: 'SqueezeBackward2',
  geometry: (self: Tensor, dims: Shape) =>
    without(
      self,
      dims.map((dim) => wrapDim(dim, self.ndim)),
    ),
  save: ({ args: [self, dims] }) => ({ dims, self_sym_sizes: self.shape }),
  backward: (grad, { dims, self_sym_sizes }) => {
    const wrapped = dims.map((dim) => wrapDim(dim, self_sym_sizes.length));
    return wrapped
      .filter((d) => self_sym_sizes[d] === 1)
      .sort((a, b) => a - b)
      .reduce((result, d) => unsqueeze(result, d), grad);
  },
});

export const select = viewOp('fm select(Tensor input, int dim, int index) -> Tensor', {
  geometry: (self: Tensor, dim: number, index: number): Geometry => {
    check(self.ndim > 0, () => 'select() cannot be applied to a 0-dim tensor.', 'IndexError');
    const at = wrapDim(dim, self.ndim);
    const size = self.shape[at];
    check(
      index >= -size && index < size,
      () =>
        `select(): index ${index} out of range for tensor of size ${showShape(self.shape)} at dimension ${at}`,
      'IndexError',
    );
    return {
      shape: self.shape.filter((_, d) => d !== at),
      strides: self.strides.filter((_, d) => d !== at),
      offset: self.offset + (index < 0 ? index + size : index) * self.strides[at],
    };
  },
  save: ({ args: [self, dim, index] }) => ({ self_sym_sizes: self.shape, dim, index }),
});

export const slice = viewOp('m _slice(Tensor input, int dim, int start, int end, int step) -> Tensor', {
  node: 'SliceBackward0',
  geometry: (self: Tensor, dim: number, start: number, end: number, step: number): Geometry => {
    const at = wrapDim(dim, self.ndim);
    const size = self.shape[at];
    const clampTo = (low: number, i: number): number => Math.min(Math.max(i < 0 ? i + size : i, low), size);
    const from = clampTo(0, start);
    const to = clampTo(from, end);
    return {
      shape: self.shape.map((own, d) => (d === at ? Math.ceil((to - from) / step) : own)),
      strides: self.strides.map((own, d) => (d === at ? own * step : own)),
      offset: self.offset + from * self.strides[at],
    };
  },
  save: ({ args: [self, dim, start, end, step] }) => ({ self_sym_sizes: self.shape, dim, start, end, step }),
});

export const narrow = register(
  'fm narrow(Tensor input, int dim, int start, int length) -> Tensor',
  (self: Tensor, dim: number, start: number, length: number) => {
    check(self.ndim > 0, () => 'narrow() cannot be applied to a 0-dim tensor.');
    check(length >= 0, () => 'narrow(): length must be non-negative.');
    const size = self.shape[wrapDim(dim, self.ndim)];
    check(
      start >= -size && start <= size,
      () =>
        `start (${start}) is out of bounds for dimension of size ${size}: expected range [${-size}, ${size}]`,
      'IndexError',
    );
    const from = start < 0 ? start + size : start;
    check(
      from + length <= size,
      () => `start (${from}) + length (${length}) exceeds dimension size (${size}).`,
    );
    return slice(self, dim, from, from + length, 1);
  },
);

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
register('fm ravel(Tensor input) -> Tensor', (self: Tensor) => reshape(self, [-1]));

export const unflatten = register(
  'fm unflatten(Tensor input, int dim, int[] sizes) -> Tensor',
  (self: Tensor, dim: number, sizes: Shape) => {
    const at = wrapDim(dim, self.ndim);
    check(sizes.length > 0, () => 'unflatten: sizes must be non-empty');
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
    const rest = self.shape.map((_, d) => d).filter((d) => !from.includes(d));
    const order = self.shape.map((_, d) => (to.includes(d) ? from[to.indexOf(d)] : (rest.shift() as number)));
    return permute(self, order);
  },
);

export const diagonal = viewOp('fm diagonal(Tensor input, int offset=0, int dim1=0, int dim2=1) -> Tensor', {
  geometry: (self: Tensor, offset: number = 0, dim1: number = 0, dim2: number = 1): Geometry => {
    const a = wrapDim(dim1, self.ndim);
    const b = wrapDim(dim2, self.ndim);
    check(a !== b, () => `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
    const length = Math.max(
      0,
      offset >= 0
        ? Math.min(self.shape[a], self.shape[b] - offset)
        : Math.min(self.shape[a] + offset, self.shape[b]),
    );
    const start = length === 0 ? 0 : offset >= 0 ? offset * self.strides[b] : -offset * self.strides[a];
    const keep = (_: number, d: number): boolean => d !== a && d !== b;
    return {
      shape: [...self.shape.filter(keep), length],
      strides: [...self.strides.filter(keep), self.strides[a] + self.strides[b]],
      offset: self.offset + start,
    };
  },
  save: ({ args: [self, offset = 0, dim1 = 0, dim2 = 1] }) => ({
    self_sym_sizes: self.shape,
    offset,
    dim1,
    dim2,
  }),
});

export const unfold = viewOp('m unfold(Tensor input, int dimension, int size, int step) -> Tensor', {
  geometry: (self: Tensor, dimension: number, size: number, step: number): Geometry => {
    const at = wrapDim(dimension, self.ndim);
    const length = self.ndim === 0 ? 1 : self.shape[at];
    check(
      size <= length,
      () => `maximum size for tensor at dimension ${at} is ${length} but size is ${size}`,
    );
    check(step > 0, () => `step is ${step} but must be > 0`);
    const stride = self.ndim === 0 ? 1 : self.strides[at];
    return {
      shape: [...self.shape.map((own, d) => (d === at ? Math.floor((length - size) / step) + 1 : own)), size],
      strides: [...self.strides.map((own, d) => (d === at ? stride * step : own)), stride],
      offset: self.offset,
    };
  },
  save: ({ args: [self, dimension, size, step] }) => ({ self_sym_sizes: self.shape, dimension, size, step }),
});

export const unbind = multiViewOp('fm unbind(Tensor input, int dim=0) -> Tensor[]', {
  geometries: (self: Tensor, dim: number = 0): Geometry[] => {
    check(self.ndim > 0, () => 'Dimension specified as 0 but tensor has no dimensions', 'IndexError');
    const at = wrapDim(dim, self.ndim);
    return Array.from({ length: self.shape[at] }, (_, i) => ({
      shape: self.shape.filter((__, d) => d !== at),
      strides: self.strides.filter((__, d) => d !== at),
      offset: self.offset + i * self.strides[at],
    }));
  },
  save: ({ args: [self, dim = 0] }) => ({ dim, self_sym_sizes: self.shape }),
});

/** Cuts `dim` into consecutive pieces of these sizes. */
function pieces(self: Tensor, sizes: Shape, dim: number): Geometry[] {
  let from = 0;
  return sizes.map((size) => {
    const offset = self.offset + from * self.strides[dim];
    from += size;
    return { shape: self.shape.map((own, d) => (d === dim ? size : own)), strides: self.strides, offset };
  });
}

const equalPieces = (length: number, size: number): number[] =>
  length === 0
    ? [0]
    : Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));

export const split = multiViewOp('fm split(Tensor input, int split_size, int dim=0) -> Tensor[]', {
  geometries: (self: Tensor, size: number, dim: number = 0) => {
    check(self.ndim > 0, () => 'split expects at least a 1-dimensional tensor');
    check(size >= 0, () => `split expects split_size be non-negative, but got split_size=${size}`);
    const at = wrapDim(dim, self.ndim);
    check(
      size > 0 || self.shape[at] === 0,
      () => `split_size can only be 0 if dimension size is 0, but got dimension size of ${self.shape[at]}`,
    );
    return pieces(self, equalPieces(self.shape[at], size), at);
  },
  save: ({ args: [self, split_size, dim = 0] }) => ({ self_sym_sizes: self.shape, split_size, dim }),
});

export const splitSizes = multiViewOp('fm split(Tensor input, int[] split_size, int dim=0) -> Tensor[]', {
  node: 'SplitWithSizesBackward0',
  geometries: (self: Tensor, sizes: Shape, dim: number = 0) => {
    check(self.ndim > 0, () => 'split expects at least a 1-dimensional tensor');
    const at = wrapDim(dim, self.ndim);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    check(
      total === self.shape[at],
      () =>
        `split_with_sizes expects split_sizes to sum exactly to ${self.shape[at]} (input tensor's size at dimension ${at}), but got split_sizes=${showShape(sizes)}`,
    );
    return pieces(self, sizes, at);
  },
  save: ({ args: [self, split_sizes, dim = 0] }) => ({ self_sym_sizes: self.shape, split_sizes, dim }),
});

export const chunk = register(
  'fm chunk(Tensor input, int chunks, int dim=0) -> Tensor[]',
  (self: Tensor, chunks: number, dim: number) => {
    check(self.ndim > 0, () => 'chunk expects at least a 1-dimensional tensor');
    check(chunks > 0, () => `chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
    const length = self.shape[wrapDim(dim, self.ndim)];
    return split(self, Math.max(Math.ceil(length / chunks), length === 0 ? 0 : 1), dim);
  },
);
