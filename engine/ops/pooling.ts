import { int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { oneNode } from './fused.ts';
import { multiOp, register } from './op.ts';
import { type Course, courses, placesIn } from './patches.ts';
import { type PlaneMap, planeOp } from './plane_map.ts';
import { scatterAdd } from './scatter.ts';
import { refuseBool, requireFloating } from './supported.ts';
import { reshape, squeezeDim, unsqueeze } from './view.ts';

// Pooling makes one number of every patch of the last two or three dimensions. In one dimension it is pooling of a
// picture one row high.

/** How PyTorch names the dimensions of two and of three. */
const letters = (count: number): string => (count === 3 ? 'THW' : 'HW');

function checkMoves(moves: readonly Course[]): void {
  const count = moves.length;
  const named = (prefix: string, key: 'kernel' | 'stride' | 'dilation'): string =>
    moves.map((move, d) => `${prefix}${letters(count)[d]}: ${move[key]}`).join(' ');
  check(
    moves.every(({ kernel }) => kernel > 0),
    () => `kernel size should be greater than zero, but got ${named('k', 'kernel')}`,
  );
  check(
    moves.every(({ stride }) => stride > 0),
    () => `stride should be greater than zero, but got ${named('d', 'stride')}`,
  );
  check(
    moves.every(({ dilation }) => dilation > 0),
    () => `dilation should be greater than zero, but got ${named('dilation', 'dilation')}`,
  );
}

function checkShape(name: string, shape: Shape, count: number): void {
  const sizes = shape.slice(shape.length - count - 1);
  check(
    (shape.length === count + 1 || shape.length === count + 2) && sizes.every((size) => size !== 0),
    () =>
      `${name}Expected ${count + 1}D or ${count + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got:${name === '' && count === 2 ? '' : ' '}${showShape(shape)}`,
  );
}

function placesOf(name: string, shape: Shape, moves: readonly Course[], roundUp: boolean): number[] {
  const size = shape.slice(-moves.length);
  for (const { kernel, padding, dilation } of moves) {
    check(padding >= 0, () => `pad must be non-negative, but got pad: ${padding}`);
    check(
      padding <= Math.floor((dilation * (kernel - 1) + 1) / 2),
      () =>
        `pad should be at most half of effective kernel size, but got pad=${padding}, kernel_size=${kernel} and dilation=${dilation}`,
    );
  }
  checkShape(name, shape, moves.length);
  const places = moves.map((course, d) => placesIn(size[d], course, roundUp));
  check(
    places.every((count) => count > 0),
    () => {
      const [channels] = shape.slice(-moves.length - 1);
      return `Given input size: (${channels}x${size.join('x')}). Calculated output size: (${channels}x${places.join('x')}). Output size is too small`;
    },
  );
  return places;
}

/** A part of a dimension: the places that one number of the result is made of. */
export type Window = readonly number[];

/** The places of a plane that lie in a patch of each of its dimensions, for every combination of windows. */
export function planeWindows(size: Shape, windows: readonly (readonly Window[])[]): number[][] {
  return windows.reduce<number[][]>(
    (outer, own, d) =>
      outer.flatMap((before) =>
        own.map((inside) => before.flatMap((at) => inside.map((place) => at * size[d] + place))),
      ),
    [[0]],
  );
}

const windowsOf = (size: number, places: number, { kernel, stride, padding, dilation }: Course): Window[] =>
  Array.from({ length: places }, (_, place) =>
    Array.from({ length: kernel }, (_, k) => place * stride - padding + k * dilation).filter(
      (at) => at >= 0 && at < size,
    ),
  );

/** The largest element of every patch, and its place in the plane. */
export function largestOf(self: Tensor, windows: readonly (readonly Window[])[]): [Tensor, Tensor] {
  const count = windows.length;
  const shape = [...self.shape.slice(0, -count), ...windows.map(({ length }) => length)];
  const values = empty(shape, self.dtype);
  const indices = empty(shape, int64);
  const data = contiguousData(self);
  const size = self.shape.slice(-count);
  const plane = numelOf(size);
  const chosen = planeWindows(size, windows);
  for (let i = 0; i < values.numel; i++) {
    const start = Math.floor(i / chosen.length) * plane;
    const elements = chosen[i % chosen.length];
    let best = elements[0];
    for (const at of elements) {
      if (data[start + at] > data[start + best] || Number.isNaN(data[start + at])) best = at;
    }
    values.storage.data[i] = data[start + best];
    indices.storage.data[i] = best;
  }
  return [values, indices];
}

/** Only the largest elements, whose places are known, get the gradient: a node of its own. */
export const largestBackward = (node: string, count: number) =>
  oneNode(
    node,
    ['_grad_output', '_self', 'indices'],
    (grad: Tensor, self: Tensor, indices: Tensor) => {
      const size = numelOf(self.shape.slice(-count));
      const planes = numelOf(self.shape.slice(0, -count));
      const flat = (t: Tensor): Tensor => reshape(t, [planes, numelOf(indices.shape.slice(-count))]);
      const spread = scatterAdd(empty([planes, size], grad.dtype), 1, flat(indices), flat(grad));
      return reshape(spread, self.shape);
    },
    2,
  );

/** The largest element of every patch, and its place in the plane; only that element gets the gradient. */
function maxPool(count: 2 | 3) {
  const backward = largestBackward(`MaxPool${count}DWithIndicesBackwardBackward0`, count);
  const sizes = `int[${count}]`;
  return multiOp(
    `f nn.functional._max_pool${count}d(Tensor input, ${sizes} kernel_size, ${sizes}? stride, ${sizes} padding, ${sizes} dilation, bool ceil_mode) -> (Tensor, Tensor)`,
    {
      node: `MaxPool${count}DWithIndicesBackward0`,
      inputs: (input) => [input],
      forward: (
        input: Tensor,
        kernel: Shape,
        stride: Shape | null,
        padding: Shape,
        dilation: Shape,
        roundUp: boolean,
      ) => {
        const moves = courses(count, kernel, stride, padding, dilation);
        checkMoves(moves);
        const places = placesOf(count === 3 ? 'max_pool3d_with_indices: ' : '', input.shape, moves, roundUp);
        refuseBool(count === 3 ? 'max_pool3d_with_indices' : 'max_pool2d', input);
        const size = input.shape.slice(-count);
        return largestOf(
          input,
          moves.map((course, d) => windowsOf(size[d], places[d], course)),
        );
      },
      save: ({ args: [self, kernel_size, stride, padding, dilation, ceil_mode], result }) => ({
        self,
        kernel_size,
        stride: stride ?? [],
        padding,
        dilation,
        ceil_mode,
        result1: result[1],
      }),
      backward: ([grad], { self, result1 }) => grad && backward(grad, self, result1),
    },
  );
}
export const maxPool2d = maxPool(2);
maxPool(3);

register(
  'f nn.functional._max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride, int[1] padding, int[1] dilation, bool ceil_mode) -> (Tensor, Tensor)',
  (input: Tensor, kernel: Shape, stride: Shape | null, padding: Shape, dilation: Shape, roundUp: boolean) => {
    const size = input.shape[input.ndim - 1];
    check(
      (input.ndim === 2 || input.ndim === 3) && size !== 0 && input.shape[input.ndim - 2] !== 0,
      () =>
        `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${showShape(input.shape)}`,
    );
    const [course] = courses(1, kernel, stride, padding, dilation);
    for (const name of ['kernel', 'stride', 'dilation'] as const) {
      check(
        course[name] > 0,
        () =>
          `max_pool1d() ${name === 'kernel' ? 'kernel_size' : name} must be greater than zero, but got ${course[name]}`,
      );
    }
    const places = placesIn(size, course, roundUp);
    check(places > 0, () => `max_pool1d() Invalid computed output size: ${places}`);
    return maxPool2d(
      unsqueeze(input, -2),
      [1, ...kernel],
      stride && stride.length > 0 ? [1, ...stride] : null,
      [0, ...padding],
      [1, ...dilation],
      roundUp,
    ).map((result) => squeezeDim(result, -2));
  },
);

/** From which place of the padded input to which each patch goes, and how many of its elements are real. */
interface Stretch {
  readonly inside: Window;
  /** What a mean over the patch divides by, the padding counted. */
  readonly length: number;
}

const stretchesOf = (size: number, places: number, { kernel, stride, padding }: Course): Stretch[] =>
  Array.from({ length: places }, (_, place) => {
    const start = place * stride - padding;
    const end = Math.min(start + kernel, size + padding);
    const from = Math.max(start, 0);
    return {
      inside: Array.from({ length: Math.max(Math.min(end, size) - from, 0) }, (_, k) => from + k),
      length: end - start,
    };
  });

/** A map that gives the elements of each patch the same weight, such that those of a whole patch add up to 1. */
export function meansOf(
  shape: Shape,
  windows: readonly (readonly Window[])[],
  divisorOf: (patch: number, elements: number) => number,
): PlaneMap {
  const count = windows.length;
  const size = shape.slice(-count);
  const target = windows.map(({ length }) => length);
  return {
    from: numelOf(size),
    to: numelOf(target),
    shape: [...shape.slice(0, -count), ...target],
    each: (add) => {
      planeWindows(size, windows).forEach((elements, patch) => {
        const weight = 1 / divisorOf(patch, elements.length);
        for (const at of elements) add(at, patch, weight);
      });
    },
  };
}

/** The mean of every patch. */
function avgPool(count: 2 | 3) {
  const sizes = `int[${count}]`;
  return planeOp(
    `f nn.functional.avg_pool${count}d(Tensor input, ${sizes} kernel_size, ${sizes}? stride=None, ${sizes} padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor`,
    {
      node: `AvgPool${count}DBackward0`,
      gradientNode: `AvgPool${count}DBackwardBackward0`,
      save: (
        _: Shape,
        kernel_size: Shape,
        stride: Shape | null,
        padding: Shape,
        ceil_mode: boolean,
        count_include_pad: boolean,
        divisor_override: number | null,
      ) => ({ kernel_size, stride: stride ?? [], padding, ceil_mode, count_include_pad, divisor_override }),
      keeps: 'input',
      check: (input: Tensor) => {
        if (input.dtype !== int64)
          requireFloating(count === 2 ? 'avg_pool2d' : 'avg_pool3d_out_frame', input);
      },
      map: (shape, kernel, stride, padding, roundUp, countPadding, divisor) => {
        const moves = courses(count, kernel, stride, padding, [1]);
        check(divisor !== 0, () => 'divisor must be not zero');
        checkMoves(moves);
        const places = placesOf('', shape, moves, roundUp);
        const size = shape.slice(-count);
        const along = moves.map((course, d) => stretchesOf(size[d], places[d], course));
        const lengths = along.reduce<number[]>(
          (outer, own) => outer.flatMap((before) => own.map(({ length }) => before * length)),
          [1],
        );
        return meansOf(
          shape,
          along.map((own) => own.map(({ inside }) => inside)),
          (patch, elements) => divisor ?? (countPadding ? lengths[patch] : elements),
        );
      },
      // Means of whole numbers are cut to whole numbers.
      round: (input: Tensor) => (input.isFloating ? undefined : Math.trunc),
    },
  );
}
export const avgPool2d = avgPool(2);
avgPool(3);

for (const name of ['avg_pool1d', 'nn.functional.avg_pool1d']) {
  register(
    `f ${name}(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor`,
    (
      input: Tensor,
      kernel: Shape,
      stride: Shape | null,
      padding: Shape,
      roundUp: boolean,
      countPadding: boolean,
    ) => {
      check(
        input.ndim === 2 || input.ndim === 3,
        () =>
          `Expected 2 to 3 dimensions, but got ${input.ndim}-dimensional tensor for argument #1 'self' (while checking arguments for avg_pool1d)`,
      );
      const steps = stride && stride.length > 0 ? [1, ...stride] : null;
      const picture = unsqueeze(input, -2);
      return squeezeDim(
        avgPool2d(picture, [1, ...kernel], steps, [0, ...padding], roundUp, countPadding, null),
        -2,
      );
    },
  );
}
