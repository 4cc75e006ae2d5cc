import { check } from '../errors.ts';
import { type Shape, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { register } from './op.ts';
import { slice, splitSizes } from './parts.ts';

// Splitting at indices, or into a number of parts: every part is a slice.

register('fm split_with_sizes(Tensor input, int[] split_sizes, int dim=0) -> Tensor[]', splitSizes);

const between = (self: Tensor, edges: Shape, dim: number): Tensor[] =>
  edges.slice(1).map((end, i) => slice(self, dim, edges[i], end, 1));

function intoSections(self: Tensor, sections: number, dim: number): Tensor[] {
  check(
    self.ndim > 0,
    () => 'tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims',
  );
  const at = wrapDim(dim, self.ndim);
  check(sections > 0, () => `number of sections must be larger than 0, got ${sections}`);
  const size = self.shape[at];
  const small = Math.floor(size / sections);
  const larger = size % sections;
  const edges = Array.from({ length: sections + 1 }, (_, i) => i * small + Math.min(i, larger));
  return between(self, edges, at);
}

function atIndices(self: Tensor, indices: Shape, dim: number): Tensor[] {
  check(
    self.ndim > 0,
    () => 'tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims',
  );
  const at = wrapDim(dim, self.ndim);
  return between(self, [0, ...indices, self.shape[at]], at);
}

register('fm tensor_split(Tensor input, int[] indices, int dim=0) -> Tensor[]', atIndices);
register('fm tensor_split(Tensor input, int sections, int dim=0) -> Tensor[]', intoSections);
register(
  'fm tensor_split(Tensor input, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]',
  (self: Tensor, where: Tensor, dim: number) => {
    check(
      where.dtype.name === 'int64',
      () =>
        `tensor_split expected tensor_indices_or_sections to have dtype of long, but got ${where.dtype.scalarName}`,
    );
    check(
      where.ndim <= 1,
      () =>
        `tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a tensor with ${where.ndim} dims`,
    );
    const values = Array.from(contiguousData(where));
    return where.ndim === 0 ? intoSections(self, values[0], dim) : atIndices(self, values, dim);
  },
);

/** hsplit, vsplit and dsplit: the same along the first, second or third direction of a picture. */
function alongAxis(name: string, least: number, axis: (self: Tensor) => number): void {
  const checked = (self: Tensor): number => {
    check(
      self.ndim >= least,
      () =>
        `torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${self.ndim} dimensions!`,
    );
    return axis(self);
  };
  register(`fm ${name}(Tensor input, int sections) -> Tensor[]`, (self: Tensor, sections: number) => {
    const dim = checked(self);
    check(
      sections !== 0 && self.shape[dim] % sections === 0,
      () =>
        `torch.${name} attempted to split along dimension ${dim}, but the size of the dimension ${self.shape[dim]} is not divisible by the split_size ${sections}!`,
    );
    return intoSections(self, sections, dim);
  });
  register(`fm ${name}(Tensor input, int[] indices) -> Tensor[]`, (self: Tensor, indices: Shape) =>
    atIndices(self, indices, checked(self)),
  );
}
alongAxis('hsplit', 1, (self) => (self.ndim === 1 ? 0 : 1));
alongAxis('vsplit', 2, () => 0);
alongAxis('dsplit', 3, () => 2);
