import { check, warnings } from '../errors.ts';
import { numelOf, type Shape, showShape, sizeAlong, wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { mul, sub } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { dot, mm } from './matmul.ts';
import { type Binary, op, register, type UnaryWith } from './op.ts';
import { roll } from './rearrange.ts';
import { refuseBool } from './supported.ts';
import { flatten, permute, privateView, reshape } from './view.ts';

export const outer: Binary = register(
  'fm outer(Tensor input, Tensor vec2) -> Tensor',
  (self: Tensor, other: Tensor) => {
    check(self.ndim === 1, () => `outer: Expected 1-D argument self, but got ${self.ndim}-D`);
    check(other.ndim === 1, () => `outer: Expected 1-D argument vec2, but got ${other.ndim}-D`);
    return mul(reshape(self, [self.numel, 1]), other);
  },
);
register('fm ger(Tensor input, Tensor vec2) -> Tensor', outer);

/** Sums of products over the dimensions listed, pair by pair. */
export const tensordot = register(
  'f _tensordot(Tensor input, Tensor other, int[] dims_self, int[] dims_other) -> Tensor',
  (self: Tensor, other: Tensor, dims1: Shape, dims2: Shape) => {
    check(dims1.length === dims2.length, () => 'both dimension lists should have same length');
    check(self.dtype === other.dtype, () => 'both inputs should have same dtype');
    let [a, b] = [self, other];
    const [over1, over2] = [dims1.map((d) => wrapDim(d, a.ndim)), dims2.map((d) => wrapDim(d, b.ndim))];
    over1.forEach((d, i) => {
      const [size1, size2] = [a.shape[d], b.shape[over2[i]]];
      if (size2 === 1) a = sumDims(a, [d], true);
      else if (size1 === 1) b = sumDims(b, [over2[i]], true);
      else
        check(
          size1 === size2,
          () =>
            `contracted dimensions need to match, but first has size ${size1} in dim ${dims1[i]} and second has size ${size2} in dim ${dims2[i]}`,
        );
    });
    const kept = (x: Tensor, over: readonly number[]): number[] =>
      x.shape.map((_, d) => d).filter((d) => !over.includes(d));
    const [kept1, kept2] = [kept(a, over1), kept(b, over2)];
    const sizes1 = kept1.map((d) => a.shape[d]);
    const sizes2 = kept2.map((d) => b.shape[d]);
    const inner = numelOf(over1.map((d) => a.shape[d]));
    const left = permute(a, [...kept1, ...over1]);
    const right = permute(b, [...over2, ...kept2]);
    const [rows, columns] = [numelOf(sizes1), numelOf(sizes2)];
    // What is left over is one number.
    if (rows === 1 && columns === 1) {
      return reshape(dot(flatten(left, 0, -1), flatten(right, 0, -1)), [...sizes1, ...sizes2]);
    }
    return reshape(mm(reshape(left, [rows, inner]), reshape(right, [inner, columns])), [
      ...sizes1,
      ...sizes2,
    ]);
  },
);

/** Sums of products over the last dimension of both. */
register('fm inner(Tensor input, Tensor other) -> Tensor', (self: Tensor, other: Tensor) => {
  if (self.ndim === 0 || other.ndim === 0) return mul(self, other);
  check(
    self.shape[self.ndim - 1] === other.shape[other.ndim - 1],
    () =>
      `inner() the last dimension must match on both input tensors but got shapes ${showShape(self.shape)} and ${showShape(other.shape)}`,
  );
  return tensordot(self, other, [-1], [-1]);
});

/** Every element of `self` times the whole of `other`. */
register('fm kron(Tensor input, Tensor other) -> Tensor', (self: Tensor, other: Tensor) => {
  const count = Math.max(self.ndim, other.ndim);
  const padded = (x: Tensor): number[] => [...new Array<number>(count - x.ndim).fill(1), ...x.shape];
  const [left, right] = [padded(self), padded(other)];
  const product = mul(
    privateView(
      self,
      left.flatMap((size) => [size, 1]),
    ),
    privateView(
      other,
      right.flatMap((size) => [1, size]),
    ),
  );
  // The examples of a batch needn't lie in a row.
  const fold = isBatched(product) ? reshape : privateView;
  return fold(
    product,
    left.map((size, d) => size * right[d]),
  );
});

/** a × b along `dim`: each component from the two that follow it, in a circle. */
const crossAlong: UnaryWith<[Tensor, number]> = op(
  'f _linalg_cross(Tensor input, Tensor other, int dim) -> Tensor',
  {
    node: 'LinalgCrossBackward0',
    inputs: (self, other) => [self, other],
    forward: (self: Tensor, other: Tensor, dim: number) => {
      refuseBool('cross', self);
      const next = (x: Tensor, by: number): Tensor => roll(x, [-by], [dim]);
      return sub(mul(next(self, 1), next(other, 2)), mul(next(self, 2), next(other, 1)));
    },
    save: ({ args: [self, other, dim] }) => ({ self, other, dim }),
    backward: (grad, { self, other, dim }, needs) => [
      needs[0] ? crossAlong(other, grad, dim) : null,
      needs[1] ? crossAlong(grad, self, dim) : null,
    ],
  },
);

export const cross = register(
  'f linalg.cross(Tensor input, Tensor other, *, int dim=-1) -> Tensor',
  (self: Tensor, other: Tensor, dim: number) => {
    check(self.ndim === other.ndim, () => 'linalg.cross: inputs must have the same number of dimensions.');
    const [size, otherSize] = [sizeAlong(self.shape, dim), sizeAlong(other.shape, dim)];
    check(
      size === 3 && otherSize === 3,
      () => `linalg.cross: inputs dimension ${dim} must have length 3. Got ${size} and ${otherSize}`,
    );
    return crossAlong(self, other, dim);
  },
);
register(
  'fm cross(Tensor input, Tensor other, int? dim=None) -> Tensor',
  (self: Tensor, other: Tensor, dim: number | null) => {
    if (dim !== null) return cross(self, other, dim);
    warnings.emit(
      'Using torch.cross without specifying the dim arg is deprecated.\nPlease either pass the dim explicitly or simply use torch.linalg.cross.\nThe default value of dim will change to agree with that of linalg.cross in a future release.',
      'UserWarning',
    );
    check(self.ndim === other.ndim, () => 'linalg.cross: inputs must have the same number of dimensions.');
    const found = self.shape.indexOf(3);
    check(found !== -1, () => 'no dimension of size 3 in input');
    return cross(self, other, found);
  },
);
