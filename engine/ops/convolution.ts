import { scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add } from './arithmetic.ts';
import { clone } from './copy.ts';
import { fused } from './fused.ts';
import { matmul } from './matmul.ts';
import { register } from './op.ts';
import { constantPad } from './padding.ts';
import { type Course, courses, patches, placesIn, reach } from './patches.ts';
import { refuseBool } from './supported.ts';
import { reshape, squeezeDim, transpose, unsqueeze, view } from './view.ts';

/** The padding of each dimension, in the order of `pad`: last dimension first, before and after. */
const padList = (before: Shape, after: Shape): number[] =>
  before.flatMap((size, d) => [after[d], size]).reverse();

/** PyTorch's name of the kernel, in refusals. */
const kernelName = (count: number, dilation: Shape): string =>
  dilation.some((size) => size > 1)
    ? 'slow_conv_dilated<>'
    : count === 3
      ? 'slow_conv3d_cpu'
      : 'slow_conv2d_cpu';

/** Every filter's product with the patch at every place: the patches as columns, and one matrix product. */
const convolution = fused(
  'f _convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> Tensor',
  {
    node: 'ConvolutionBackward0',
    gradientNode: 'ConvolutionBackwardBackward0',
    gradientInputs: (input, weight) => [input, weight],
    inputs: (input, weight, bias) => [input, weight, bias],
    compose: (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      stride: Shape,
      padding: Shape,
      dilation: Shape,
      groups: number,
    ) => {
      refuseBool(kernelName(weight.ndim - 2, dilation), input);
      const [batch, channels] = input.shape;
      const kernel = weight.shape.slice(2);
      const moves = courses(kernel.length, kernel, stride, padding, dilation);
      const places = moves.map((course, d) => placesIn(input.shape[d + 2], course, false));
      const seen = patches(constantPad(input, padList(padding, padding), scalar(0)), places, moves);
      const height = (channels / groups) * numelOf(kernel);
      const byGroup = reshape(seen, [batch, groups, channels / groups, numelOf(places), numelOf(kernel)]);
      const columns = reshape(transpose(byGroup, -2, -1), [batch, groups, height, numelOf(places)]);
      const filters = reshape(weight, [groups, weight.shape[0] / groups, height]);
      const product = reshape(matmul(filters, columns), [batch, weight.shape[0], ...places]);
      return bias === null ? clone(product) : add(product, view(bias, [-1, ...places.map(() => 1)]));
    },
  },
);

function checkSizes(input: Tensor, weight: Tensor, moves: readonly Course[], groups: number): void {
  check(
    input.shape[1] === weight.shape[1] * groups,
    () =>
      `Given groups=${groups}, weight of size ${showShape(weight.shape)}, expected input${showShape(input.shape)} to have ${weight.shape[1] * groups} channels, but got ${input.shape[1]} channels instead`,
  );
  check(
    weight.shape[0] % groups === 0,
    () =>
      `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size ${showShape(weight.shape)} instead`,
  );
  const sizes = moves.map(({ padding }, d) => input.shape[d + 2] + 2 * padding);
  const reaches = moves.map(reach);
  check(
    reaches.every((size, d) => size <= sizes[d]),
    () =>
      `Calculated padded input size per channel: (${sizes.join(' x ')}). Kernel size: (${reaches.join(' x ')}). Kernel size can't be greater than actual input size`,
  );
}

/** What to put before and after each dimension so that the result has the size of the input. */
function samePadding(moves: readonly Course[]): { before: number[]; after: number[] } {
  check(
    moves.every(({ stride }) => stride === 1),
    () => "padding='same' is not supported for strided convolutions",
  );
  const before = moves.map((course) => Math.floor((reach(course) - 1) / 2));
  return { before, after: moves.map((course, d) => reach(course) - 1 - before[d]) };
}

/** conv1d, conv2d, conv3d: `count` dimensions after those of the batch (which may be missing) and the channels. */
function convolutionOf(count: number): void {
  const sizes = `int[${count}]`;
  const call = (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    stride: Shape,
    padding: Shape | string,
    dilation: Shape,
    groups: number,
  ): Tensor => {
    check(
      input.ndim === count + 1 || input.ndim === count + 2,
      () =>
        `Expected ${count + 1}D (unbatched) or ${count + 2}D (batched) input to conv${count}d, but got input of size: ${showShape(input.shape)}`,
    );
    if (input.ndim === count + 1) {
      return squeezeDim(call(unsqueeze(input, 0), weight, bias, stride, padding, dilation, groups), 0);
    }
    const moves = courses(count, weight.shape.slice(2), stride, [0], dilation);
    let padded = input;
    let sides = moves.map(() => 0);
    if (padding === 'same') {
      const { before, after } = samePadding(moves);
      // What one side has more of is added first: the operation itself pads both sides alike.
      if (after.some((size, d) => size !== before[d])) {
        const more = after.map((size, d) => size - before[d]);
        padded = constantPad(input, padList(sides, more), scalar(0));
      }
      sides = before;
    } else if (typeof padding !== 'string') {
      sides = moves.map((_, d) => padding[padding.length === 1 ? 0 : d]);
    } else if (padding !== 'valid') fail(`Invalid padding string: '${padding}'`);
    checkSizes(
      padded,
      weight,
      moves.map((course, d) => ({ ...course, padding: sides[d] })),
      groups,
    );
    const steps = moves.map((course) => course.stride);
    const gaps = moves.map((course) => course.dilation);
    return convolution(padded, weight, bias, steps, sides, gaps, groups);
  };
  for (const name of [`conv${count}d`, `nn.functional.conv${count}d`]) {
    for (const padding of [`${sizes} padding=0`, 'str padding="valid"']) {
      register(
        `f ${name}(Tensor input, Tensor weight, Tensor? bias=None, ${sizes} stride=1, ${padding}, ${sizes} dilation=1, int groups=1) -> Tensor`,
        call,
      );
    }
  }
}
for (const count of [1, 2, 3]) convolutionOf(count);
