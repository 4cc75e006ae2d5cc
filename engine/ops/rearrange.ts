import { check } from '../errors.ts';
import { copyInto, emptyFor } from '../kernels/elementwise.ts';
import { contiguousStrides, elementOffsets, type Shape, showShape, wrapDim } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { expand, sum, sumDims } from './broadcast.ts';
import { cloneContiguous, contiguous, contiguousData } from './copy.ts';
import { embed } from './embed.ts';
import { op, register, type UnaryWith } from './op.ts';
import { diagonal } from './parts.ts';
import { refuseBool } from './supported.ts';
import { reshape, transpose, withoutView } from './view.ts';

/** `out` with each place taking its element from another place of `self`, found by its coordinates. */
function moved(
  self: Tensor,
  from: (coordinates: number[]) => void,
  out = empty(self.shape, self.dtype),
): Tensor {
  const data = contiguousData(self);
  const steps = contiguousStrides(self.shape);
  const places = elementOffsets(out.shape, out.strides);
  const coordinates = new Array<number>(self.ndim);
  for (let i = 0; i < data.length; i++) {
    let rest = i;
    for (let d = 0; d < self.ndim; d++) {
      coordinates[d] = Math.floor(rest / steps[d]);
      rest -= coordinates[d] * steps[d];
    }
    from(coordinates);
    let at = 0;
    for (let d = 0; d < self.ndim; d++) at += coordinates[d] * steps[d];
    out.storage.data[places[i]] = data[at];
  }
  return out;
}

export const flip: UnaryWith<[Shape]> = op('fm flip(Tensor input, int[] dims) -> Tensor', {
  forward: (self: Tensor, dims: Shape) => {
    const flipped = dims.map((dim) => wrapDim(dim, self.ndim));
    check(
      new Set(flipped).size === flipped.length,
      () =>
        `dim ${flipped.find((dim, i) => flipped.indexOf(dim) !== i)} appears multiple times in the list of dims`,
    );
    const turn = (at: number[]): void => {
      for (const d of flipped) at[d] = self.shape[d] - 1 - at[d];
    };
    return moved(self, turn, emptyFor(self.shape, self.dtype, [self]));
  },
  save: ({ args: [, dims] }) => ({ dims }),
  backward: (grad, { dims }) => flip(grad, dims),
  forwardMode: 'linear',
  batch: { along: 1 },
});

export const roll: UnaryWith<[Shape, Shape]> = op(
  'fm roll(Tensor input, int[1] shifts, int[1] dims=()) -> Tensor',
  {
    forward: (self: Tensor, shifts: Shape, dims: Shape) => {
      check(shifts.length > 0, () => '`shifts` required');
      if (dims.length === 0) {
        check(
          shifts.length === 1,
          () => `shifts and dimensions must align. shifts: ${shifts.length}, dims:0`,
        );
        const flat = moved(empty1d(self), (at) => {
          at[0] = modulo(at[0] - shifts[0], self.numel);
        });
        return reshapeRaw(flat, self.shape);
      }
      check(
        shifts.length === dims.length,
        () => `shifts and dimensions must align. shifts: ${shifts.length}, dims:${dims.length}`,
      );
      check(
        self.ndim > 0,
        () => `Dimension specified as ${dims[0]} but tensor has no dimensions`,
        'IndexError',
      );
      const at = dims.map((dim) => wrapDim(dim, self.ndim));
      return moved(self, (coordinates) => {
        at.forEach((d, i) => {
          coordinates[d] = modulo(coordinates[d] - shifts[i], self.shape[d]);
        });
      });
    },
    save: ({ args: [, shifts, dims] }) => ({ shifts, dims }),
    backward: (grad, { shifts, dims }) =>
      roll(
        grad,
        shifts.map((shift) => -shift),
        dims,
      ),
    forwardMode: 'linear',
  },
);

const modulo = (x: number, n: number): number => ((x % n) + n) % n;
const reshapeRaw = (self: Tensor, shape: Shape): Tensor => {
  const out = empty(shape, self.dtype);
  out.storage.data.set(self.storage.data);
  return out;
};
const empty1d = (self: Tensor): Tensor => {
  const out = empty([self.numel], self.dtype);
  out.storage.data.set(contiguousData(self));
  return out;
};

/** tril, triu: one side of a diagonal, the other set to zero. */
function triangle(
  name: string,
  keeps: (row: number, column: number, diagonal: number) => boolean,
): UnaryWith<[number]> {
  const run: UnaryWith<[number]> = op(`fm ${name}(Tensor input, int diagonal=0) -> Tensor`, {
    forward: (self: Tensor, offset: number) => {
      check(self.ndim >= 2, () => `${name}: input tensor must have at least 2 dimensions`);
      const out = empty(self.shape, self.dtype);
      copyInto(out, self);
      const [rows, columns] = self.shape.slice(-2);
      for (let i = 0; i < out.storage.data.length; i++) {
        if (!keeps(Math.floor(i / columns) % rows, i % columns, offset)) out.storage.data[i] = 0;
      }
      return out;
    },
    save: ({ args: [, offset] }) => ({ diagonal: offset }),
    backward: (grad, saved) => run(grad, saved.diagonal),
    forwardMode: 'linear',
  });
  return run;
}
export const tril = triangle('tril', (row, column, k) => column - row <= k);
export const triu = triangle('triu', (row, column, k) => column - row >= k);

export const repeat = op('m repeat(Tensor input, int[] repeats) -> Tensor', {
  forward: (self: Tensor, repeats: Shape) => {
    check(
      repeats.length >= self.ndim,
      () => 'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor',
    );
    const shape = [...new Array(repeats.length - self.ndim).fill(1), ...self.shape];
    const wanted = shape.map((size, d) => size * repeats[d]);
    const negative = wanted.find((size) => size < 0);
    check(
      negative === undefined,
      () => `Trying to create tensor with negative dimension ${negative}: ${showShape(wanted)}`,
    );
    const out = empty(
      shape.map((size, d) => size * repeats[d]),
      self.dtype,
    );
    const data = contiguousData(self);
    const steps = out.shape.map((_, d) => shape.slice(d + 1).reduce((n, size) => n * size, 1));
    const reads = new Int32Array(out.numel);
    elementOffsets(out.shape, out.strides).forEach((place, i) => {
      let rest = place;
      let at = 0;
      for (let d = 0; d < shape.length; d++) {
        const coordinate = Math.floor(rest / out.strides[d]);
        rest -= coordinate * out.strides[d];
        at += (coordinate % shape[d]) * steps[d];
      }
      reads[i] = at;
    });
    for (let i = 0; i < reads.length; i++) out.storage.data[i] = data[reads[i]];
    return out;
  },
  save: ({ args: [self, repeats] }) => ({ self_sym_sizes: self.shape, repeats }),
  backward: (grad, { self_sym_sizes, repeats }) => {
    const shape = [...new Array(repeats.length - self_sym_sizes.length).fill(1), ...self_sym_sizes];
    const split = reshape(
      grad,
      shape.flatMap((size, d) => [repeats[d], size]),
    );
    const lead = shape.length - self_sym_sizes.length;
    const dims = shape.flatMap((_, d) => (d < lead ? [2 * d, 2 * d + 1] : [2 * d]));
    return dims.length === 0 ? split : sumDims(split, dims);
  },
  forwardMode: 'linear',
});
register('fm tile(Tensor input, int[] dims) -> Tensor', (self: Tensor, dims: Shape) =>
  repeat(self, [...new Array(Math.max(0, self.ndim - dims.length)).fill(1), ...dims]),
);

/** The sum of the main diagonal of a matrix. */
export const trace = op('fm trace(Tensor input) -> Tensor', {
  forward: (self: Tensor) => {
    check(self.ndim === 2, () => `trace: expected a matrix, but got tensor with dim ${self.ndim}`);
    refuseBool('trace', self);
    return sum(diagonal(self));
  },
  save: ({ args: [self] }) => ({ self_sym_sizes: self.shape }),
  backward: (grad, { self_sym_sizes }) => mul(expand(grad, self_sym_sizes), eyeLike(grad, self_sym_sizes)),
  forwardMode: 'linear',
});
const eyeLike = (like: Tensor, [rows, columns]: Shape): Tensor => {
  const out = full([rows, columns], 0, like.dtype);
  for (let i = 0; i < Math.min(rows, columns); i++) out.storage.data[i * columns + i] = 1;
  return out;
};

/** Matrices, in dimensions `dim1` and `dim2`, with the last dimension of `self` on the diagonal `offset`. */
export const diagEmbed: UnaryWith<[number, number?, number?]> = op(
  'fm diag_embed(Tensor input, int offset=0, int dim1=-2, int dim2=-1) -> Tensor',
  {
    forward: (self: Tensor, offset: number, dim1: number = -2, dim2: number = -1) => {
      const length = self.shape[self.ndim - 1] + Math.abs(offset);
      const [first, second] = [wrapDim(dim1, self.ndim + 1), wrapDim(dim2, self.ndim + 1)];
      check(first !== second, () => `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
      const shape = self.shape.slice(0, -1);
      for (const d of [first, second].sort((a, b) => a - b)) shape.splice(d, 0, length);
      const out = empty(shape, self.dtype);
      copyInto(diagonal(out, offset, first, second), self);
      return out;
    },
    save: ({ args: [, offset, dim1 = -2, dim2 = -1] }) => ({ offset, dim1, dim2 }),
    backward: (grad, { offset, dim1, dim2 }) => diagonal(grad, offset, dim1, dim2),
    forwardMode: 'linear',
  },
);

/** A plane turned by k right angles. */
const turned: UnaryWith<[number, Shape]> = op('fm rot90(Tensor input, int k=1, int[] dims=[0,1]) -> Tensor', {
  forward: (self: Tensor, k: number, dims: Shape) => {
    check(dims.length === 2, () => `expected total rotation dims == 2, but got dims = ${dims.length}`);
    check(self.ndim >= 2, () => `expected total dims >= 2, but got total dims = ${self.ndim}`);
    check(
      dims[0] !== dims[1] && Math.abs(dims[0] - dims[1]) !== self.ndim,
      () => `expected rotation dims to be different, but got dim0 = ${dims[0]} and dim1 = ${dims[1]}`,
    );
    for (const [i, dim] of dims.entries()) {
      check(dim < self.ndim && dim >= -self.ndim, () => `Rotation dim${i} out of range, dim${i} = ${dim}`);
    }
    const [first, second] = dims;
    switch (modulo(k, 4)) {
      case 1:
        return withoutView(transpose(flip(self, [second]), first, second));
      case 2:
        return flip(self, dims);
      case 3:
        return withoutView(transpose(flip(self, [first]), first, second));
      default:
        return cloneContiguous(self);
    }
  },
  save: ({ args: [, k, dims] }) => ({ k, dims }),
  backward: (grad, { k, dims }) => turned(grad, -k, dims),
  forwardMode: 'linear',
});

const diagonalCopy: UnaryWith<[number]> = op('m _diagonal_copy(Tensor input, int offset) -> Tensor', {
  node: 'DiagonalBackward0_copy',
  forward: (self: Tensor, offset: number) => cloneContiguous(diagonal(self, offset)),
  save: ({ args: [self, offset] }) => ({ self_sym_sizes: self.shape, offset, dim1: 0, dim2: 1 }),
  backward: (grad, { self_sym_sizes: shape, offset }) => {
    const [, columns] = shape;
    const first = offset >= 0 ? offset : -offset * columns;
    const place = { shape: grad.shape, strides: [columns + 1], offset: first };
    return embed('DiagonalBackwardBackward0_copy', [grad], shape, [place]);
  },
  forwardMode: 'linear',
});

register('fm diagflat(Tensor input, int offset=0) -> Tensor', (self: Tensor, offset: number) =>
  diagEmbed(reshape(contiguous(self), [-1]), offset),
);

/** A vector's diagonal matrix, or a matrix's diagonal. */
export const diag: UnaryWith<[number]> = register(
  'fm diag(Tensor input, int diagonal=0) -> Tensor',
  (self: Tensor, offset: number) => {
    check(self.ndim === 1 || self.ndim === 2, () => `diag(): Supports 1D or 2D tensors. Got ${self.ndim}D`);
    return self.ndim === 1 ? diagEmbed(self, offset) : diagonalCopy(self, offset);
  },
);
