import { check } from '../errors.ts';
import { type Shape, showShape, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { register } from './op.ts';
import { defineMultiView, type Geometry, multiViewOp, viewOp } from './view_op.ts';

// Views of a part of a tensor, or of all its parts.

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
    check(self.ndim > 0, () => 'slice() cannot be applied to a 0-dim tensor.');
    const at = wrapDim(dim, self.ndim);
    check(step > 0, () => 'slice step must be positive');
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
      () => `start out of range (expected to be in range of [${-size}, ${size}], but got ${start})`,
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
    const at = wrapDim(dim, self.ndim);
    check(self.ndim > 0, () => `Dimension specified as ${at} but tensor has no dimensions`, 'IndexError');
    return Array.from({ length: self.shape[at] }, (_, i) => ({
      shape: self.shape.filter((__, d) => d !== at),
      strides: self.strides.filter((__, d) => d !== at),
      offset: self.offset + i * self.strides[at],
    }));
  },
  save: ({ args: [self, dim = 0] }) => ({ dim, _sizes: self.shape }),
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

const intoEqual = {
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
  save: ({ args: [self, split_size, dim = 0] }: { readonly args: [Tensor, number, number?] }) => ({
    self_sym_sizes: self.shape,
    split_size,
    dim,
  }),
};
export const split = multiViewOp('fm split(Tensor input, int split_size, int dim=0) -> Tensor[]', intoEqual);

/** The same, of tensors that only look at one memory by chance: nobody takes them for views. */
const privateParts = defineMultiView('UnsafeSplitBackward0', intoEqual);
const unsafeSplit = register(
  'fm unsafe_split(Tensor input, int split_size, int dim=0) -> Tensor[]',
  (self: Tensor, size: number, dim: number) => {
    const parts = privateParts(self, size, dim);
    for (const part of parts) part.view = null;
    return parts;
  },
);

export const splitSizes = multiViewOp('fm split(Tensor input, int[] split_size, int dim=0) -> Tensor[]', {
  node: 'SplitWithSizesBackward0',
  geometries: (self: Tensor, sizes: Shape, dim: number = 0) => {
    check(self.ndim > 0, () => 'split expects at least a 1-dimensional tensor');
    const at = wrapDim(dim, self.ndim);
    check(
      sizes.every((size) => size >= 0),
      () =>
        `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${showShape(sizes)}`,
    );
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

/** chunk and unsafe_chunk: so many pieces of one size, the last of which may be smaller. */
const chunks = (
  name: string,
  equal: (self: Tensor, size: number, dim: number) => Tensor[],
): ((self: Tensor, chunks: number, dim: number) => Tensor[]) =>
  register(
    `fm ${name}(Tensor input, int chunks, int dim=0) -> Tensor[]`,
    (self: Tensor, count: number, dim: number) => {
      check(self.ndim > 0, () => 'chunk expects at least a 1-dimensional tensor');
      check(count > 0, () => `chunk expects \`chunks\` to be greater than 0, got: ${count}`);
      const length = self.shape[wrapDim(dim, self.ndim)];
      if (length === 0) return splitSizes(self, new Array<number>(count).fill(0), dim);
      return equal(self, Math.ceil(length / count), dim);
    },
  );
export const chunk = chunks('chunk', split);
chunks('unsafe_chunk', unsafeSplit);
