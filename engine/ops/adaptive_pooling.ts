import { check } from '../errors.ts';
import { type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { multiOp, register } from './op.ts';
import { planeOp } from './plane_map.ts';
import { largestBackward, largestOf, meansOf, type Window } from './pooling.ts';
import { meanDims } from './reduce.ts';
import { refuseBool, requireFloating } from './supported.ts';
import { squeezeDim, unsqueeze } from './view.ts';

// Pooling that is told how many numbers to make of each dimension, and cuts it into as many parts, which may overlap.

const partsOf = (size: number, count: number): Window[] =>
  Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * size) / count);
    const end = Math.ceil(((i + 1) * size) / count);
    return Array.from({ length: end - start }, (_, k) => start + k);
  });

/** The sizes as PyTorch lists them here, which leaves out a space. */
const shown = (sizes: Shape): string =>
  sizes.length === 3 ? `${sizes[0]}, ${sizes[1]},${sizes[2]}` : sizes.join(', ');

/** The sizes of all dimensions, of which a single one may be given. */
const forEach = (sizes: Shape, count: number): Shape =>
  sizes.length === 1 ? new Array<number>(count).fill(sizes[0]) : sizes;

const windowsOf = (shape: Shape, target: Shape): Window[][] =>
  target.map((count, d) => partsOf(shape[shape.length - target.length + d], count));

function checkShape(name: string, kind: string, shape: Shape, target: Shape): void {
  const count = target.length;
  check(
    shape.length === count + 1 || shape.length === count + 2,
    () => `${name}(): Expected ${count + 1}D or ${count + 2}D tensor, but got ${showShape(shape)}`,
  );
  for (let i = 1; i <= count; i++) {
    const d = kind === 'max' ? shape.length - count - 1 + i : shape.length - i;
    check(
      shape[d] > 0,
      () =>
        `${name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ${showShape(shape)} with dimension ${kind === 'max' ? d : d - shape.length} being empty`,
    );
  }
}

/** The mean of every part. */
function adaptiveAvgPool(count: 2 | 3) {
  const name = `adaptive_avg_pool${count}d`;
  const means = planeOp<[Shape]>(
    `f nn.functional._adaptive_means${count}d(Tensor input, int[] output_size) -> Tensor`,
    {
      node: `AdaptiveAvgPool${count}DBackward0`,
      gradientNode: `AdaptiveAvgPool${count}DBackwardBackward0`,
      save: () => ({}),
      keeps: 'input',
      saveOfGradient: (_: Shape, target: Shape) =>
        Object.fromEntries(
          target.map((_, i) => [`grad_output_sym_argsize_minus_${i + 1}`, target[count - 1 - i]]),
        ),
      check: (input: Tensor) =>
        requireFloating(count === 2 ? 'adaptive_avg_pool2d' : 'adaptive_avg_pool3d_cpu', input),
      map: (shape: Shape, target: Shape) => {
        checkShape(name, 'avg', shape, target);
        return meansOf(shape, windowsOf(shape, target), (_, elements) => elements);
      },
    },
  );
  return register(
    `f nn.functional._${name}(Tensor input, int[${count}] output_size) -> Tensor`,
    (input: Tensor, given: Shape): Tensor => {
      check(given.length > 0, () => `${name}: output_size must be ${count}`);
      const size = forEach(given, count);
      check(
        size.every((length) => length >= 0),
        () =>
          `${name}: elements of output_size must be greater than or equal to 0 but received {${shown(size)}}`,
      );
      const single = size.every((length) => length === 1) && input.ndim > count;
      return single
        ? meanDims(
            input,
            size.map((_, i) => -1 - i),
            true,
          )
        : means(input, size);
    },
  );
}
const adaptiveAvgPool2d = adaptiveAvgPool(2);
adaptiveAvgPool(3);

/** The largest element of every part, and its place. */
function adaptiveMaxPool(count: 2 | 3) {
  const name = `adaptive_max_pool${count}d`;
  const backward = largestBackward(`AdaptiveMaxPool${count}DBackwardBackward0`, count);
  return multiOp(`f nn.functional._${name}(Tensor input, int[${count}] output_size) -> (Tensor, Tensor)`, {
    node: `AdaptiveMaxPool${count}DBackward0`,
    inputs: (input) => [input],
    forward: (input: Tensor, given: Shape) => {
      check(given.length > 0, () => `${name}(): internal error: output_size.size() must be ${count}`);
      const size = forEach(given, count);
      checkShape(name, 'max', input.shape, size);
      refuseBool(name, input);
      check(
        size.every((length) => length >= 0),
        () =>
          `Trying to create tensor with negative dimension ${size.find((length) => length < 0)}: ${showShape([...input.shape.slice(0, -count), ...size])}`,
      );
      return largestOf(input, windowsOf(input.shape, size));
    },
    save: ({ args: [self], result }) => ({ self, result1: result[1] }),
    backward: ([grad], { self, result1 }) => grad && backward(grad, self, result1),
  });
}
const adaptiveMaxPool2d = adaptiveMaxPool(2);
adaptiveMaxPool(3);

/** Of a vector, as of a picture one row high. */
function inOneDimension(input: Tensor, size: Shape, name: string): Tensor {
  check(
    size.length === 1,
    () => `${name}() argument 'output_size' should contain one int (got ${size.length})`,
  );
  check(
    input.ndim === 2 || input.ndim === 3,
    () =>
      `Expected 2 to 3 dimensions, but got ${input.ndim}-dimensional tensor for argument #1 'self' (while checking arguments for ${name})`,
  );
  return unsqueeze(input, -2);
}

for (const name of ['adaptive_avg_pool1d', 'nn.functional.adaptive_avg_pool1d']) {
  register(
    `f ${name}(Tensor input, int[1] output_size) -> Tensor`,
    (input: Tensor, size: Shape): Tensor =>
      squeezeDim(adaptiveAvgPool2d(inOneDimension(input, size, 'adaptive_avg_pool1d'), [1, ...size]), -2),
  );
}
register(
  'f adaptive_max_pool1d(Tensor input, int[1] output_size) -> (Tensor, Tensor)',
  (input: Tensor, size: Shape): Tensor[] =>
    adaptiveMaxPool2d(inOneDimension(input, size, 'adaptive_max_pool1d'), [1, ...size]).map((one) =>
      squeezeDim(one, -2),
    ),
);
