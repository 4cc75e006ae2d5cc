import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { numelOf, type Shape, sameShape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, asTensor, mul, sub } from './arithmetic.ts';
import { clone, contiguous } from './copy.ts';
import { fused } from './fused.ts';
import { register } from './op.ts';
import { meanDims } from './reduce.ts';
import { requireFloating } from './supported.ts';
import { rsqrt } from './unary.ts';
import { populationVariance, variance } from './variance.ts';
import { reshape, view } from './view.ts';

/** (x - mean) / √(variance + eps), then · weight + bias where they are given. */
function normalized(
  x: Tensor,
  mean: Tensor,
  spread: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  const standard = mul(sub(x, mean), inverseSpread(spread, eps));
  const scaled = weight === null ? standard : mul(standard, weight);
  return contiguous(bias === null ? scaled : add(scaled, bias));
}

/** Each sample's last dimensions to mean 0 and variance 1. */
export const layerNorm = fused(
  'f nn.functional._layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05) -> Tensor',
  {
    node: 'NativeLayerNormBackward0',
    gradientNode: 'NativeLayerNormBackwardBackward0',
    gradientInputs: (input, _, weight) => [input, weight],
    names: ['input', 'normalized_shape', 'weight', 'bias', '_eps'],
    saved: (_, input, shape, __, ___, eps) => {
      const dims = shape.map((____, d) => d - shape.length);
      return {
        result1: () => meanDims(input, dims, true),
        result2: () => inverseSpread(populationVariance(input, dims), eps),
      };
    },
    inputs: (input, _, weight, bias) => [input, weight, bias],
    compose: (given: Tensor, shape: Shape, weight: Tensor | null, bias: Tensor | null, eps: number) => {
      check(
        shape.length > 0,
        () =>
          'Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []',
      );
      check(
        sameShape(given.shape.slice(given.ndim - shape.length), shape),
        () =>
          `Given normalized_shape=${showShape(shape)}, expected input with shape [*, ${shape.join(', ')}], but got input of size${showShape(given.shape)}`,
      );
      requireFloating('LayerNormKernelImpl', given);
      const input = contiguous(given);
      const dims = shape.map((_, d) => d - shape.length);
      return normalized(
        input,
        meanDims(input, dims, true),
        populationVariance(input, dims),
        weight,
        bias,
        eps,
      );
    },
  },
);

/** What the distances from the mean are multiplied by. */
const inverseSpread = (spread: Tensor, eps: number): Tensor => rsqrt(add(spread, asTensor(eps)));

/** All dimensions but that of the channels. */
const allButChannels = (input: Tensor): number[] => input.shape.map((_, d) => d).filter((d) => d !== 1);

const alongChannels = (values: Tensor, ndim: number): Tensor =>
  view(
    values,
    Array.from({ length: ndim }, (_, d) => (d === 1 ? -1 : 1)),
  );

/** What is normalised together, along the last dimension. */
const inGroups = (input: Tensor, groups: number): Tensor =>
  reshape(input, [input.shape[0], groups, numelOf(input.shape.slice(1)) / groups]);

/** Groups of channels to mean 0 and variance 1, each sample by itself. */
fused(
  'f nn.functional._group_norm(Tensor input, int num_groups, Tensor? weight, Tensor? bias, float eps) -> Tensor',
  {
    node: 'NativeGroupNormBackward0',
    inputs: (input, _, weight, bias) => [input, weight, bias],
    names: ['input', 'group', 'weight', '_bias', 'eps'],
    saved: (_, input, groups, __, ___, eps) => ({
      N: input.shape[0],
      C: input.shape[1],
      HxW: numelOf(input.shape.slice(2)),
      result1: () => meanDims(inGroups(input, groups), [-1]),
      result2: () =>
        inverseSpread(reshape(populationVariance(inGroups(input, groups), [-1]), [-1, groups]), eps),
    }),
    compose: (given: Tensor, groups: number, weight: Tensor | null, bias: Tensor | null, eps: number) => {
      const input = contiguous(given);
      const channels = input.shape[1];
      check(
        channels % groups === 0,
        () =>
          `Expected number of channels in input to be divisible by num_groups, but got input of shape ${showShape(input.shape)} and num_groups=${groups}`,
      );
      for (const [name, values] of Object.entries({ weight, bias })) {
        check(
          values === null || sameShape(values.shape, [channels]),
          () =>
            `Expected ${name} to be a vector of size equal to the number of channels in input, but got ${name} of shape ${showShape(values?.shape ?? [])} and input of shape ${showShape(input.shape)}`,
        );
      }
      const grouped = inGroups(input, groups);
      const spread = populationVariance(grouped, [-1]);
      const flat = normalized(grouped, meanDims(grouped, [-1], true), spread, null, null, eps);
      const standard = reshape(flat, input.shape);
      const scaled = weight === null ? standard : mul(standard, alongChannels(weight, input.ndim));
      return bias === null ? scaled : add(scaled, alongChannels(bias, input.ndim));
    },
  },
);

/** Each channel (dimension 1) to mean 0 and variance 1: the batch's own, or the given ones. */
const normalizeChannels = fused(
  'f nn.functional._normalize_channels(Tensor input, Tensor? mean, Tensor? variance, Tensor? weight, Tensor? bias, float eps) -> Tensor',
  {
    node: 'NativeBatchNormBackward0',
    gradientNode: 'NativeBatchNormBackwardBackward0',
    gradientInputs: (input, _, __, weight) => [input, weight],
    inputs: (input, _, __, weight, bias) => [input, weight, bias],
    names: ['input', 'running_mean', 'running_var', 'weight', '_bias', 'eps'],
    saved: (_, input, mean, __, ___, ____, eps) => {
      const none = empty([0], input.dtype);
      const dims = allButChannels(input);
      return {
        training: mean === null,
        result1: () => (mean === null ? meanDims(input, dims) : none),
        result2: () =>
          mean === null
            ? inverseSpread(reshape(populationVariance(input, dims), [input.shape[1]]), eps)
            : none,
      };
    },
    compose: (
      given: Tensor,
      mean: Tensor | null,
      spread: Tensor | null,
      weight: Tensor | null,
      bias: Tensor | null,
      eps: number,
    ) => {
      requireFloating('batch_norm', given);
      const input = contiguous(given);
      const channels = (values: Tensor | null) => values && alongChannels(values, input.ndim);
      const dims = allButChannels(input);
      return normalized(
        input,
        channels(mean) ?? meanDims(input, dims, true),
        channels(spread) ?? populationVariance(input, dims),
        channels(weight),
        channels(bias),
        eps,
      );
    },
  },
);

register(
  'f nn.functional._batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05) -> Tensor',
  (
    input: Tensor,
    runningMean: Tensor | null,
    runningVariance: Tensor | null,
    weight: Tensor | null,
    bias: Tensor | null,
    training: boolean,
    momentum: number,
    eps: number,
  ) => {
    if (input.numel === 0) return clone(input);
    for (const [name, values] of Object.entries({
      running_mean: runningMean,
      running_var: runningVariance,
      weight,
      bias,
    })) {
      check(
        training || values !== null || !name.startsWith('running'),
        () => `${name} must be defined in evaluation mode`,
      );
      check(
        values === null || values.numel === input.shape[1],
        () => `${name} should contain ${input.shape[1]} elements not ${values?.numel}`,
      );
    }
    if (!training) return normalizeChannels(input, runningMean, runningVariance, weight, bias, eps);
    requireFloating('batch_norm', input);
    const dims = allButChannels(input);
    if (runningMean !== null) follow(runningMean, meanDims(input, dims), momentum);
    if (runningVariance !== null) follow(runningVariance, variance(input, dims), momentum);
    return normalizeChannels(input, null, null, weight, bias, eps);
  },
);

/** Moves a running statistic a step of size `momentum` towards its newest value, outside the graph and uncounted. */
function follow(running: Tensor, newest: Tensor, momentum: number): void {
  const kept = mul(running, asTensor(1 - momentum));
  copyInto(running, add(kept, mul(newest, asTensor(momentum))));
}
