import { scalar } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add } from './arithmetic.ts';
import { eachPlace } from './columns.ts';
import { clone } from './copy.ts';
import { fused } from './fused.ts';
import { matmul } from './matmul.ts';
import { register } from './op.ts';
import { constantPad } from './padding.ts';
import { type Course, courses, patches, placesIn, reach } from './patches.ts';
import { definePlanes } from './plane_map.ts';
import { refuseBool } from './supported.ts';
import { reshape, squeezeDim, transpose, unsqueeze, view } from './view.ts';

/** The padding of each dimension, in the order of `pad`: last dimension first, before and after. */
const padList = (before: Shape, after: Shape): number[] =>
  before.flatMap((size, d) => [after[d], size]).reverse();

/** PyTorch's name of the kernel, in refusals. */
const kernelName = (count: number, dilation: Shape, isTransposed: boolean): string => {
  if (isTransposed) return `slow_conv_transpose${count === 3 ? 3 : 2}d_out_cpu`;
  if (dilation.some((size) => size > 1)) return 'slow_conv_dilated<>';
  return count === 3 ? 'slow_conv3d_cpu' : 'slow_conv2d_cpu';
};

/** Under which names the arguments are saved. */
const NAMES = 'input weight _bias stride padding dilation transposed output_padding groups'.split(' ');

/** What a transposed convolution makes of sizes: that which an ordinary one would make the input's of. */
const transposedSize = (input: Tensor, moves: readonly Course[], outputPadding: Shape): number[] =>
  moves.map(
    (course, d) =>
      (input.shape[d + 2] - 1) * course.stride -
      2 * course.padding +
      reach(course) +
      outputPadding[outputPadding.length === 1 ? 0 : d],
  );

/** The columns that a kernel makes of each group of channels: batch, group, channels of it times kernel, places. */
function columnsOf(input: Tensor, places: Shape, moves: readonly Course[], groups: number): Tensor {
  const [batch, channels] = input.shape;
  const padding = moves.map((course) => course.padding);
  const kernel = numelOf(moves.map((course) => course.kernel));
  const seen = patches(constantPad(input, padList(padding, padding), scalar(0)), places, moves);
  const byGroup = reshape(seen, [batch, groups, channels / groups, numelOf(places), kernel]);
  const height = (channels / groups) * kernel;
  return reshape(transpose(byGroup, -2, -1), [batch, groups, height, numelOf(places)]);
}

/** Every filter's product with the patch at every place: the patches as columns, and one matrix product. */
function ordinary(input: Tensor, weight: Tensor, moves: readonly Course[], groups: number): Tensor {
  const places = moves.map((course, d) => placesIn(input.shape[d + 2], course, false));
  const columns = columnsOf(input, places, moves, groups);
  const filters = reshape(weight, [groups, weight.shape[0] / groups, columns.shape[2]]);
  return reshape(matmul(filters, columns), [input.shape[0], weight.shape[0], ...places]);
}

/** What the gradient of an ordinary convolution does: every number, times the filter, is added around its place. */
function transposed(
  input: Tensor,
  weight: Tensor,
  moves: readonly Course[],
  groups: number,
  size: Shape,
): Tensor {
  const [batch, channels, ...places] = input.shape;
  const kernel = numelOf(moves.map((course) => course.kernel));
  const height = weight.shape[1] * kernel;
  const filters = transpose(reshape(weight, [groups, channels / groups, height]), -2, -1);
  const columns = matmul(filters, reshape(input, [batch, groups, channels / groups, numelOf(places)]));
  const count = weight.shape[1] * groups;
  return addColumns(reshape(columns, [batch, count, kernel * numelOf(places)]), size, places, moves);
}

const addColumns = definePlanes<[Shape, Shape, readonly Course[]]>({
  node: 'Col2ImBackward0',
  gradientNode: 'Im2ColBackward0',
  save: () => ({}),
  map: (shape, size, places, moves) => ({
    from: shape[shape.length - 1],
    to: numelOf(size),
    shape: [...shape.slice(0, -1), ...size],
    each: (add) => eachPlace(size, places, moves, (target, source) => add(source, target, 1)),
  }),
});

const convolution = fused(
  'f _convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups) -> Tensor',
  {
    node: 'ConvolutionBackward0',
    gradientNode: 'ConvolutionBackwardBackward0',
    gradientInputs: (input, weight) => [input, weight],
    inputs: (input, weight, bias) => [input, weight, bias],
    names: NAMES,
    saved: (_, __, ___, bias) => ({ bias_sym_sizes_opt: bias === null ? null : bias.shape }),
    compose: (
      input: Tensor,
      weight: Tensor,
      bias: Tensor | null,
      stride: Shape,
      padding: Shape,
      dilation: Shape,
      isTransposed: boolean,
      outputPadding: Shape,
      groups: number,
    ) => {
      refuseBool(kernelName(weight.ndim - 2, dilation, isTransposed), input);
      const kernel = weight.shape.slice(2);
      const moves = courses(kernel.length, kernel, stride, padding, dilation);
      const product = isTransposed
        ? transposed(input, weight, moves, groups, transposedSize(input, moves, outputPadding))
        : ordinary(input, weight, moves, groups);
      return bias === null ? clone(product) : add(product, view(bias, [-1, ...kernel.map(() => 1)]));
    },
  },
);

/** What both kinds of convolution refuse. */
function checkSettings(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  moves: readonly Course[],
  groups: number,
): void {
  check(weight.ndim >= 3, () => 'weight should have at least three dimensions');
  check(groups > 0, () => 'non-positive groups is not supported');
  for (const [name, other] of [
    ['weight', weight],
    ['bias', bias],
  ] as const) {
    check(
      other === null || other.dtype === input.dtype,
      () => `Input type (${input.dtype.cName}) and ${name} type (${other?.dtype.cName}) should be the same`,
    );
  }
  check(
    moves.every(({ padding }) => padding >= 0),
    () => 'negative padding is not supported',
  );
  check(
    moves.every(({ stride }) => stride > 0),
    () => 'non-positive stride is not supported',
  );
  check(
    moves.every(({ dilation }) => dilation >= 0),
    () => 'dilation should be greater than zero',
  );
  check(
    moves.every(({ dilation }) => dilation > 0),
    () => `dilation should be greater than zero, but got ${showShape(moves.map(({ dilation }) => dilation))}`,
  );
  check(
    weight.ndim === input.ndim,
    () =>
      `Expected ${weight.ndim}-dimensional input for ${weight.ndim}-dimensional weight${showShape(weight.shape)}, but got ${input.ndim}-dimensional input of size ${showShape(input.shape)} instead`,
  );
  check(
    weight.shape[0] >= groups,
    () =>
      `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${showShape(weight.shape)} instead`,
  );
  check(
    weight.shape[0] % groups === 0,
    () =>
      `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size ${showShape(weight.shape)} instead`,
  );
}

function checkSizes(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  moves: readonly Course[],
  groups: number,
): void {
  checkSettings(input, weight, bias, moves, groups);
  check(
    input.shape[1] === weight.shape[1] * groups,
    () =>
      `Given groups=${groups}, weight of size ${showShape(weight.shape)}, expected input${showShape(input.shape)} to have ${weight.shape[1] * groups} channels, but got ${input.shape[1]} channels instead`,
  );
  check(
    bias === null || (bias.ndim === 1 && bias.shape[0] === weight.shape[0]),
    () =>
      `Given weight of size ${showShape(weight.shape)}, expected bias to be 1-dimensional with ${weight.shape[0]} elements, but got bias of size ${showShape(bias?.shape ?? [])} instead`,
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
    checkSettings(input, weight, bias, moves, groups);
    let padded = input;
    let sides = moves.map(() => 0);
    if (padding === 'same') {
      const { before, after } = samePadding(moves);
      // What one side has more of is added first: the operation itself pads both sides alike.
      if (after.some((size, d) => size !== before[d])) {
        warnings.emit(
          "Using padding='same' with even kernel lengths and odd dilation may require a zero-padded copy of the input be created",
          'UserWarning',
        );
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
      bias,
      moves.map((course, d) => ({ ...course, padding: sides[d] })),
      groups,
    );
    const steps = moves.map((course) => course.stride);
    const gaps = moves.map((course) => course.dilation);
    const none = moves.map(() => 0);
    return convolution(padded, weight, bias, steps, sides, gaps, false, none, groups);
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

/** conv_transpose1d, 2d and 3d. */
function transposedConvolutionOf(count: number): void {
  const sizes = `int[${count}]`;
  const call = (
    input: Tensor,
    weight: Tensor,
    bias: Tensor | null,
    stride: Shape,
    padding: Shape,
    outputPadding: Shape,
    groups: number,
    dilation: Shape,
  ): Tensor => {
    check(
      input.ndim === count + 1 || input.ndim === count + 2,
      () =>
        `Expected ${count + 1}D (unbatched) or ${count + 2}D (batched) input to conv_transpose${count}d, but got input of size: ${showShape(input.shape)}`,
    );
    if (input.ndim === count + 1) {
      return squeezeDim(
        call(unsqueeze(input, 0), weight, bias, stride, padding, outputPadding, groups, dilation),
        0,
      );
    }
    const moves = courses(count, weight.shape.slice(2), stride, padding, dilation);
    const more = moves.map((_, d) => outputPadding[outputPadding.length === 1 ? 0 : d]);
    checkTransposedSizes(input, weight, bias, moves, more, groups);
    return convolution(
      input,
      weight,
      bias,
      moves.map((course) => course.stride),
      moves.map((course) => course.padding),
      moves.map((course) => course.dilation),
      true,
      more,
      groups,
    );
  };
  for (const name of [`conv_transpose${count}d`, `nn.functional.conv_transpose${count}d`]) {
    register(
      `f ${name}(Tensor input, Tensor weight, Tensor? bias=None, ${sizes} stride=1, ${sizes} padding=0, ${sizes} output_padding=0, int groups=1, ${sizes} dilation=1) -> Tensor`,
      call,
    );
  }
}
for (const count of [1, 2, 3]) transposedConvolutionOf(count);

function checkTransposedSizes(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  moves: readonly Course[],
  outputPadding: Shape,
  groups: number,
): void {
  checkSettings(input, weight, bias, moves, groups);
  check(
    outputPadding.every((size) => size >= 0),
    () => 'negative output_padding is not supported',
  );
  check(
    input.shape[1] === weight.shape[0],
    () =>
      `Given transposed=1, weight of size ${showShape(weight.shape)}, expected input${showShape(input.shape)} to have ${weight.shape[0]} channels, but got ${input.shape[1]} channels instead`,
  );
  const channels = weight.shape[1] * groups;
  check(
    bias === null || (bias.ndim === 1 && bias.shape[0] === channels),
    () =>
      `Given transposed=1, weight of size ${showShape(weight.shape)}, expected bias to be 1-dimensional with ${channels} elements, but got bias of size ${showShape(bias?.shape ?? [])} instead`,
  );
  check(
    moves.every(({ stride, dilation }, d) => outputPadding[d] < stride || outputPadding[d] < dilation),
    () =>
      moves.length === 3
        ? `output padding must be smaller than either stride or dilation, but got output_padding_depth: ${outputPadding[0]} output_padding_height: ${outputPadding[1]} output_padding_width: ${outputPadding[2]} stride_depth: ${moves[0].stride} stride_height: ${moves[1].stride} stride_width: ${moves[2].stride} dilation_depth: ${moves[0].dilation} dilation_height: ${moves[1].dilation} dilation_width: ${moves[2].dilation}`
        : `output padding must be smaller than either stride or dilation, but got output_padding_height: ${moves.length === 1 ? 0 : outputPadding[0]} output_padding_width: ${outputPadding[outputPadding.length - 1]} stride_height: ${moves.length === 1 ? 1 : moves[0].stride} stride_width: ${moves[moves.length - 1].stride} dilation_height: ${moves.length === 1 ? 1 : moves[0].dilation} dilation_width: ${moves[moves.length - 1].dilation}`,
  );
}
