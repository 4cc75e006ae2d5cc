import { int64, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapUnary } from '../kernels/elementwise.ts';
import { numelOf, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { asTensor, div } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import { fused, oneNode } from './fused.ts';
import { multiOp, register } from './op.ts';
import { constantPad } from './padding.ts';
import { type Course, courses, patches, placesIn, reach } from './patches.ts';
import { scatterAdd } from './scatter.ts';
import { refuseBool, requireFloating } from './supported.ts';
import { reshape, squeezeDim, unsqueeze } from './view.ts';

// Pooling makes one number of every patch of the last two dimensions. In one dimension it is pooling of a picture one
// row high.

function placesOf(input: Tensor, moves: readonly Course[], roundUp: boolean): number[] {
  const size = input.shape.slice(-2);
  for (const { kernel, padding, dilation } of moves) {
    check(
      padding <= Math.floor((dilation * (kernel - 1) + 1) / 2),
      () =>
        `pad should be at most half of effective kernel size, but got pad=${padding}, kernel_size=${kernel} and dilation=${dilation}`,
    );
  }
  const places = moves.map((course, d) => placesIn(size[d], course, roundUp));
  check(
    places.every((count) => count > 0),
    () => {
      const [channels] = input.shape.slice(-3);
      return `Given input size: (${channels}x${size.join('x')}). Calculated output size: (${channels}x${places.map((count) => Math.max(count, 0)).join('x')}). Output size is too small`;
    },
  );
  return places;
}

/** The largest element of every patch, and its place in the plane; only that element gets the gradient. */
export const maxPool2d = multiOp(
  'f nn.functional._max_pool2d(Tensor input, int[2] kernel_size, int[2]? stride, int[2] padding, int[2] dilation, bool ceil_mode) -> (Tensor, Tensor)',
  {
    node: 'MaxPool2DWithIndicesBackward0',
    inputs: (input) => [input],
    forward: (
      input: Tensor,
      kernel: Shape,
      stride: Shape | null,
      padding: Shape,
      dilation: Shape,
      roundUp: boolean,
    ) => {
      refuseBool('max_pool2d', input);
      const moves = courses(2, kernel, stride, padding, dilation);
      const places = placesOf(input, moves, roundUp);
      const shape = [...input.shape.slice(0, -2), ...places];
      const values = empty(shape, input.dtype);
      const indices = empty(shape, int64);
      const data = contiguousData(input);
      const plane = numelOf(input.shape.slice(-2));
      const chosen = patchElements(input.shape.slice(-2), places, moves);
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
    },
    save: ({ args: [self], result }) => ({ self, result1: result[1] }),
    backward: ([grad], { self, result1 }) => grad && maxPoolBackward(grad, self, result1),
  },
);

const maxPoolBackward = oneNode(
  'MaxPool2DWithIndicesBackwardBackward0',
  ['grad_output', 'self', 'indices'],
  (grad: Tensor, self: Tensor, indices: Tensor) => {
    const size = numelOf(self.shape.slice(-2));
    const planes = numelOf(self.shape.slice(0, -2));
    const flat = (t: Tensor): Tensor => reshape(t, [planes, numelOf(indices.shape.slice(-2))]);
    const spread = scatterAdd(empty([planes, size], grad.dtype), 1, flat(indices), flat(grad));
    return reshape(spread, self.shape);
  },
  2,
);

/** For each place of the patch: which elements of the plane are under it. */
function patchElements(
  [height, width]: Shape,
  [rows, columns]: Shape,
  [down, across]: readonly Course[],
): number[][] {
  const under = ({ kernel, stride, padding, dilation }: Course, size: number, place: number): number[] =>
    Array.from({ length: kernel }, (_, k) => place * stride - padding + k * dilation).filter(
      (at) => at >= 0 && at < size,
    );
  return Array.from({ length: rows * columns }, (_, i) => {
    const left = under(across, width, i % columns);
    return under(down, height, Math.floor(i / columns)).flatMap((row) => left.map((at) => row * width + at));
  });
}

register(
  'f nn.functional._max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride, int[1] padding, int[1] dilation, bool ceil_mode) -> (Tensor, Tensor)',
  (input: Tensor, kernel: Shape, stride: Shape | null, padding: Shape, dilation: Shape, roundUp: boolean) =>
    maxPool2d(
      unsqueeze(input, -2),
      [1, ...kernel],
      stride && stride.length > 0 ? [1, ...stride] : null,
      [0, ...padding],
      [1, ...dilation],
      roundUp,
    ).map((result) => squeezeDim(result, -2)),
);

/** The mean of every patch. */
export const avgPool2d = fused(
  'f nn.functional.avg_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor',
  {
    node: 'AvgPool2DBackward0',
    gradientNode: 'AvgPool2DBackwardBackward0',
    inputs: (input) => [input],
    compose: (
      input: Tensor,
      kernel: Shape,
      stride: Shape | null,
      padding: Shape,
      roundUp: boolean,
      countPadding: boolean,
      divisor: number | null,
    ) => {
      const moves = courses(2, kernel, stride, padding, [1]);
      const places = placesOf(input, moves, roundUp);
      const size = input.shape.slice(-2);
      // Rounding up, the last patch may stick out further than the padding goes.
      const pad = moves.flatMap((course, d) => [
        Math.max(course.padding, (places[d] - 1) * course.stride + reach(course) - size[d] - course.padding),
        course.padding,
      ]);
      const seen = patches(constantPad(input, pad.reverse(), scalar(0)), places, moves);
      const counts = divisor === null ? patchCounts(input, places, moves, countPadding) : asTensor(divisor);
      if (input.dtype !== int64) requireFloating('avg_pool2d', input);
      const means = div(sumDims(seen, [-2, -1]), counts);
      // Means of whole numbers are cut to whole numbers.
      return input.isFloating ? means : cast(mapUnary(means, means.dtype, Math.trunc), input.dtype);
    },
  },
);

/** How many elements each patch's sum is divided by. */
function patchCounts(input: Tensor, places: Shape, moves: readonly Course[], countPadding: boolean): Tensor {
  const along = moves.map(({ kernel, stride, padding }, d) =>
    Array.from({ length: places[d] }, (_, i) => {
      const size = input.shape[input.ndim - 2 + d];
      const start = i * stride - padding;
      const end = Math.min(start + kernel, size + padding);
      return countPadding ? end - start : Math.min(end, size) - Math.max(start, 0);
    }),
  );
  const out = empty(places, input.dtype);
  out.storage.data.set(along[0].flatMap((rows) => along[1].map((columns) => rows * columns)));
  return out;
}

register(
  'f nn.functional.avg_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor',
  (
    input: Tensor,
    kernel: Shape,
    stride: Shape | null,
    padding: Shape,
    roundUp: boolean,
    countPadding: boolean,
  ) => {
    const steps = stride && stride.length > 0 ? [1, ...stride] : null;
    const picture = unsqueeze(input, -2);
    return squeezeDim(
      avgPool2d(picture, [1, ...kernel], steps, [0, ...padding], roundUp, countPadding, null),
      -2,
    );
  },
);
