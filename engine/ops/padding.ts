import { int64, type Scalar, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { type Shape, showShape } from '../shape.ts';
import { empty, full, Tensor } from '../tensor.ts';
import { levels } from '../transforms/levels.ts';
import { cloned } from './copy.ts';
import { fused } from './fused.ts';
import { indexSelect } from './index_along.ts';
import { copy_ } from './inplace.ts';
import { cat } from './join.ts';
import { op, register, type UnaryWith } from './op.ts';
import { slice } from './parts.ts';
import { refuseBool } from './supported.ts';

/** What is added before and after a dimension; negative numbers take away. */
interface Padding {
  readonly dim: number;
  readonly before: number;
  readonly after: number;
}

/** PyTorch lists the padding from the last dimension forwards: before, after, before, after… */
const paddings = (pad: Shape, ndim: number): Padding[] =>
  Array.from({ length: pad.length / 2 }, (_, i) => ({
    dim: ndim - 1 - i,
    before: pad[2 * i],
    after: pad[2 * i + 1],
  }));

function paddedShape(self: Tensor, pad: Shape): number[] {
  check(pad.length % 2 === 0, () => 'Padding length must be divisible by 2');
  check(
    pad.length <= 2 * self.ndim,
    () =>
      `Padding length should be less than or equal to two times the input dimension but got padding length ${pad.length} and input of dimension ${self.ndim}`,
  );
  const shape = [...self.shape];
  for (const { dim, before, after } of paddings(pad, self.ndim)) shape[dim] += before + after;
  check(
    shape.every((size) => size >= 0),
    () => 'narrow(): length must be non-negative.',
  );
  return shape;
}

/** The part of `self` that is left when `cuts` are taken off, without history. */
function inside(self: Tensor, cuts: readonly Padding[]): Tensor {
  const shape = [...self.shape];
  let { offset } = self;
  for (const { dim, before, after } of cuts) {
    shape[dim] = Math.max(0, shape[dim] - Math.max(before, 0) - Math.max(after, 0));
    offset += Math.max(before, 0) * self.strides[dim];
  }
  return new Tensor(self.storage, shape, self.strides, offset, self.dtype);
}

const opposite = ({ dim, before, after }: Padding): Padding => ({ dim, before: -before, after: -after });

export const constantPad: UnaryWith<[Shape, Scalar]> = op(
  'f constant_pad_nd(Tensor input, int[] pad, Scalar value=0) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, pad: Shape, { value }: Scalar) => {
      const shape = paddedShape(self, pad);
      const sides = paddings(pad, self.ndim);
      if (pad.every((size) => size <= 0)) return cloned(inside(self, sides.map(opposite)));
      const out = full(shape, value, self.dtype);
      copyInto(inside(out, sides), inside(self, sides.map(opposite)));
      return out;
    },
    save: ({ args: [, pad] }) => ({ pad }),
    backward: (grad, { pad }) =>
      constantPad(
        grad,
        pad.map((size) => -size),
        scalar(0),
      ),
  },
);

/** Padding with elements of the input: `source` says which, for a place that may lie outside. */
function paddingFromInput(name: string, source: (place: number, size: number) => number) {
  return [1, 2, 3].map((count) =>
    fused(`f nn.functional._${name}${count}d(Tensor input, int[] padding) -> Tensor`, {
      node: `${name === 'reflection_pad' ? 'Reflection' : 'Replication'}Pad${count}DBackward0`,
      gradientNode: `${name === 'reflection_pad' ? 'Reflection' : 'Replication'}Pad${count}DBackwardBackward0`,
      compose: (self: Tensor, pad: Shape) => {
        refuseBool(`${name}${count}d`, self);
        return paddings(pad, self.ndim).reduce((result, { dim, before, after }) => {
          const size = self.shape[dim];
          const places = empty([before + size + after], int64);
          places.storage.data.forEach((_, i, data) => {
            data[i] = source(i - before, size);
          });
          return indexSelect(result, dim, places);
        }, self);
      },
    }),
  );
}

const reflect = paddingFromInput('reflection_pad', (place, size) => {
  const folded = Math.abs(place);
  return folded < size ? folded : 2 * (size - 1) - folded;
});
const replicate = paddingFromInput('replication_pad', (place, size) =>
  Math.min(Math.max(place, 0), size - 1),
);

/** The input goes on from its other end. Written piece by piece into a fresh tensor, as PyTorch does it. */
function padCircular(self: Tensor, pad: Shape): Tensor {
  if (levels.top !== null) return paddings(pad, self.ndim).reduce(wrapAround, self);
  const out = empty(paddedShape(self, pad), self.dtype);
  const sides = paddings(pad, self.ndim);
  const within = (whole: Tensor, { dim, before, after }: Padding): Tensor =>
    slice(whole, dim, Math.max(before, 0), whole.shape[dim] - Math.max(after, 0), 1);
  copy_(sides.reduce(within, out), sides.map(opposite).reduce(within, self));
  for (const { dim, before, after } of sides) {
    const size = out.shape[dim];
    const [left, right] = [Math.max(before, 0), Math.max(after, 0)];
    if (left > 0) copy_(slice(out, dim, 0, left, 1), slice(out, dim, size - right - left, size - right, 1));
    if (right > 0) copy_(slice(out, dim, size - right, size, 1), slice(out, dim, left, left + right, 1));
  }
  return out;
}

/** The same along one dimension, put together: in transforms nothing is written in place. */
function wrapAround(self: Tensor, { dim, before, after }: Padding): Tensor {
  const size = self.shape[dim];
  const kept = slice(self, dim, Math.max(-before, 0), size - Math.max(-after, 0), 1);
  const length = kept.shape[dim];
  return cat(
    [
      slice(kept, dim, length - Math.max(before, 0), length, 1),
      kept,
      slice(kept, dim, 0, Math.max(after, 0), 1),
    ],
    dim,
  );
}

function requireSmallPadding(self: Tensor, pad: Shape): void {
  for (const { dim, before, after } of paddings(pad, self.ndim)) {
    check(
      before < self.shape[dim] && after < self.shape[dim],
      () =>
        `Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (${before}, ${after}) at dimension ${dim} of input ${showShape(self.shape)}`,
    );
  }
}

register(
  'f nn.functional._pad(Tensor input, int[] pad, str mode="constant", float? value=None) -> Tensor',
  (self: Tensor, pad: Shape, mode: string, value: number | null) => {
    if (mode === 'constant') return constantPad(self, pad, scalar(value ?? 0));
    check(value === null, () => `Padding mode "${mode}" doesn't take in value argument`, 'ValueError');
    if (mode === 'circular') return padCircular(self, pad);
    const count = pad.length / 2;
    if (![1, 2, 3].includes(count) || self.ndim < count + 1 || self.ndim > count + 2) {
      fail(
        'Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now',
        'NotImplementedError',
      );
    }
    if (mode === 'replicate') return replicate[count - 1](self, pad);
    if (mode !== 'reflect') return fail(`Unrecognised padding mode ${mode}`, 'NotImplementedError');
    requireSmallPadding(self, pad);
    return reflect[count - 1](self, pad);
  },
);
