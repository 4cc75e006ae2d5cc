import { expect, test } from 'vitest';
import { grad } from '../autograd/backward.ts';
import { bool, float64, int32, int64 } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import { empty, item, type Tensor } from '../tensor.ts';
import { add, mul } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { contiguousData } from './copy.ts';
import './index.ts';
import '../transforms/index.ts';
import { leavesAmong, wrongBatchedGradients, wrongBatches, wrongTangents } from '../transforms/testing.ts';
import { type RegisteredOp, registry } from './op.ts';
import { zerosFor } from './unary.ts';

// Every registered operation, called with small tensors: its gradient, and the gradient of its gradient, against
// central differences.

let state = 1;
/** The same numbers on every run, from 0.2 to 0.9, no two of them close together. */
const nextNumber = (): number => {
  state = (state * 16807) % 2147483647;
  return 0.2 + 0.7 * (state / 2147483647);
};

function filled(shape: Shape, dtype: typeof float64, value: (i: number) => number): Tensor {
  const tensor = empty(shape, dtype);
  tensor.storage.data.forEach((_, i, data) => {
    data[i] = value(i);
  });
  return tensor;
}

/** A leaf with numbers that most functions are defined for. */
function leaf(shape: Shape = [3, 3], shift = 0): Tensor {
  const tensor = filled(shape, float64, () => shift + nextNumber());
  tensor.requiresGradFlag = true;
  return tensor;
}
const constant = (shape: Shape): Tensor => filled(shape, float64, nextNumber);
const places = (shape: Shape): Tensor => filled(shape, int64, (i) => (i * 2 + 1) % 3);
const pivots = (): Tensor => filled([3], int32, (i) => i + 1);
const mask = (): Tensor => filled([3, 3], bool, (i) => (i % 4 === 1 ? 0 : 1));

const number = (value: number) => ({ value, category: 3 });

/** Arguments by the parameter's name, where the usual ones of its type won't do: for all operations, or for one. */
const byName: Record<string, () => unknown> = {
  mask,
  condition: mask,
  index: () => places([3, 3]),
  dim1: () => 1,
  axis1: () => 1,
  size: () => [3, 3],
  shape: () => [3, 3],
  dims: () => [0, 1],
  repeats: () => [2, 1],
  shifts: () => [1],
  padding: () => [0],
  dilation: () => [1],
  pad: () => [1, 1],
  dtype: () => float64,
  reduction: () => 1,
  max: () => number(0.8),
  min: () => number(0.4),
};
const particular: Record<string, Record<string, () => unknown>> = {
  acosh: { input: () => leaf([3, 3], 1) },
  arccosh: { input: () => leaf([3, 3], 1) },
  'clamp(Tensor input, Tensor? min=None, Tensor? max=None)': {
    min: () => leaf([3, 3], -0.2),
    max: () => leaf([3, 3], 0.3),
  },
  'clip(Tensor input, Tensor? min=None, Tensor? max=None)': {
    min: () => leaf([3, 3], -0.2),
    max: () => leaf([3, 3], 0.3),
  },
  // PyTorch has no derivative with respect to their first argument.
  "quantile(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')": {
    q: () => leaf([2]),
  },
  "nanquantile(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')": {
    q: () => leaf([2]),
  },
  'remainder(Scalar self, Tensor other)': { other: () => constant([3, 3]) },
  'fill(Tensor input, Tensor value)': { value: () => leaf([]) },
  igamma: { input: () => constant([3, 3]) },
  igammac: { input: () => constant([3, 3]) },
  'special.gammainc': { input: () => constant([3, 3]) },
  'special.gammaincc': { input: () => constant([3, 3]) },
  'special.zeta(Tensor input, Tensor other)': { input: () => filled([3, 3], float64, (i) => 2 + i / 4) },
  'special.zeta(Tensor input, Scalar other)': { input: () => filled([3, 3], float64, (i) => 2 + i / 4) },
  'special.zeta(Scalar self, Tensor other)': { self: () => number(2.5) },
  'clamp_min(Tensor input, Tensor min)': { min: leaf },
  'clamp_max(Tensor input, Tensor max)': { max: leaf },
  'masked_fill(Tensor input, Tensor mask, Tensor value)': { value: () => leaf([]) },
  'index_fill(Tensor input, int dim, Tensor index, Tensor value)': {
    index: () => places([2]),
    value: () => leaf([]),
  },
  index_fill: { index: () => places([2]) },
  index_select: { index: () => places([2]) },
  index_copy: { index: () => places([2]), source: () => leaf([3, 2]) },
  index_add: { index: () => places([2]), source: () => leaf([3, 2]) },
  slice_scatter: { src: () => leaf([2, 3]), start: () => 1, end: () => 3 },
  scatter_reduce: { reduce: () => 'amax', index: () => filled([3, 3], int64, (i) => i % 2) },
  index_reduce: { reduce: () => 'mean', index: () => places([3]) },
  scatter: { index: () => filled([3, 3], int64, (i) => ((i % 3) + Math.floor(i / 3)) % 3) },
  take: { index: () => filled([4], int64, (i) => 2 * i) },
  put: { index: () => filled([4], int64, (i) => 2 * i), source: () => leaf([4]) },
  index_put: { values: () => leaf([2, 3]) },
  _put_back: { grad: () => leaf([3]), indices: () => places([3]) },
  _take_along: { indices: () => places([3]) },
  select: { dim: () => 0, index: () => 1 },
  'div(Tensor input, Tensor|Number other, *, str? rounding_mode)': { rounding_mode: () => 'floor' },
  'divide(Tensor input, Tensor|Number other, *, str? rounding_mode)': { rounding_mode: () => 'floor' },
  narrow: { dim: () => 0, start: () => 1, length: () => 2 },
  _slice: { dim: () => 0, start: () => 0, end: () => 3, step: () => 2 },
  unflatten: { sizes: () => [3, 1] },
  unfold: { size: () => 2 },
  movedim: { source: () => [0], destination: () => [1] },
  'split(Tensor input, int[] split_size, int dim=0)': { split_size: () => [1, 2] },
  split_with_sizes: { split_sizes: () => [1, 2] },
  tensor_split: { tensor_indices_or_sections: () => places([1]) },
  dsplit: { input: () => leaf([2, 3, 3]) },
  chunk: { chunks: () => 2 },
  expand: { input: () => leaf([3, 1]) },
  broadcast_to: { input: () => leaf([3, 1]) },
  sum_to_size: { size: () => [1, 3] },
  'squeeze(Tensor input, int[] dim)': { input: () => leaf([1, 3]), dim: () => [0] },
  as_strided: { size: () => [2, 2], stride: () => [3, 2] },
  bmm: { input: () => leaf([2, 3, 3]), mat2: () => leaf([2, 3, 3]) },
  mv: { vec: () => leaf([3]) },
  dot: { input: () => leaf([3]), tensor: () => leaf([3]) },
  vdot: { input: () => leaf([3]), other: () => leaf([3]) },
  ger: { input: () => leaf([3]), vec2: () => leaf([3]) },
  'linalg.matrix_norm(Tensor A, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None)':
    {
      ord: () => number(2),
    },
  'linalg.norm(Tensor A, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)': {
    ord: () => 'nuc',
  },
  outer: { input: () => leaf([3]), vec2: () => leaf([3]) },
  select_scatter: { src: () => leaf([3]), index: () => 1 },
  diagonal_scatter: { src: () => leaf([3]) },
  // With respect to `input` PyTorch's gradient is another, and so is ours.
  as_strided_scatter: {
    input: () => constant([3, 3]),
    src: () => leaf([2, 2]),
    size: () => [2, 2],
    stride: () => [3, 2],
  },
  take_along_dim: { indices: () => places([3]) },
  // PyTorch's gradient of a Cholesky factor tells of the triangle, too, that isn't looked at; and so does ours.
  cholesky_solve: { input2: () => constant([3, 3]) },
  cholesky_inverse: { input: () => constant([3, 3]) },
  'linalg.lu_solve': { pivots: () => pivots(), B: () => leaf([3, 2]) },
  lu_solve: { input: () => leaf([3, 2]), LU_pivots: () => pivots() },
  lu_unpack: { LU_pivots: () => pivots() },
  'linalg.lstsq': { A: () => leaf([4, 3]), B: () => leaf([4, 2]) },
  'linalg.tensorinv': { A: () => leaf([2, 2, 4]) },
  'linalg.tensorsolve': { A: () => leaf([2, 2, 4]), B: () => leaf([2, 2]) },
  baddbmm: { batch1: () => leaf([2, 3, 3]), batch2: () => leaf([2, 3, 3]) },
  addbmm: { batch1: () => leaf([2, 3, 3]), batch2: () => leaf([2, 3, 3]) },
  addmv: { input: () => leaf([3]), vec: () => leaf([3]) },
  addr: { vec1: () => leaf([3]), vec2: () => leaf([3]) },
  'nn.functional.linear': { input: () => leaf([2, 2, 3]), bias: () => leaf([3]) },
  'nn.functional.bilinear': { weight: () => leaf([2, 3, 3]), bias: () => leaf([2]) },
  _trilinear: { i2: () => leaf([2, 3, 3]) },
  'nn.functional._norm': { dim: () => [0], p: () => 3 },
  'linalg.vector_norm': { ord: () => 3 },
  logsumexp: { dim: () => [0] },
  'nn.functional._nll_loss_nd': { target: () => places([3]) },
  'nn.functional._hardtanh': { min_val: () => number(0.4), max_val: () => number(0.8) },
  threshold: { threshold: () => number(0.5) },
  prelu: { weight: () => leaf([3]) },
  cosine_embedding_loss: { target: () => filled([3], float64, (i) => (i === 1 ? -1 : 1)) },
  'nn.functional._layer_norm': {
    normalized_shape: () => [3],
    weight: () => leaf([3]),
    bias: () => leaf([3]),
  },
  'nn.functional._normalize_channels': { weight: () => leaf([3]), bias: () => leaf([3]) },
  'nn.functional._batch_norm': {
    running_mean: () => constant([3]),
    running_var: () => constant([3]),
    weight: () => leaf([3]),
  },
  'nn.functional._glu': { input: () => leaf([3, 4]) },
  'nn.functional._embedding': { indices: () => places([4]), padding_idx: () => -1 },
  'nn.functional._soft_margin_loss': { target: () => constant([3, 3]) },
  'nn.functional._flash_attention': { is_causal: () => true },
  'nn.functional._reflection_pad2d': { input: () => leaf([2, 3, 3]), pad: () => [1, 2, 0, 1] },
  'nn.functional._reflection_pad3d': { input: () => leaf([2, 2, 3, 3]), pad: () => [1, 2, 0, 1, 0, 1] },
  _convolution: {
    input: () => leaf([2, 2, 4]),
    weight: () => leaf([2, 1, 2]),
    bias: () => leaf([2]),
    stride: () => [2],
    padding: () => [1],
    groups: () => 2,
  },
  'nn.functional._max_pool2d': { input: () => leaf([2, 4, 4]), kernel_size: () => [2] },
  'nn.functional._max_pool1d': { input: () => leaf([2, 4]), kernel_size: () => [2] },
  'nn.functional.avg_pool2d': { input: () => leaf([2, 4, 4]), kernel_size: () => [2], padding: () => [1] },
  'nn.functional.avg_pool1d': { input: () => leaf([2, 4]), kernel_size: () => [2], padding: () => [1] },
  'nn.functional._adaptive_avg_pool2d': { input: () => leaf([2, 4, 4]), output_size: () => [2, 3] },
  'nn.functional._adaptive_means2d': { input: () => leaf([2, 4, 4]), output_size: () => [2, 3] },
  'nn.functional._adaptive_means3d': { input: () => leaf([1, 3, 2, 4]), output_size: () => [2, 1, 3] },
  'nn.functional._adaptive_avg_pool3d': { input: () => leaf([1, 3, 2, 4]), output_size: () => [2, 1, 3] },
  'nn.functional._adaptive_max_pool2d': { input: () => leaf([2, 4, 4]), output_size: () => [2, 3] },
  'nn.functional._adaptive_max_pool3d': { input: () => leaf([1, 3, 2, 4]), output_size: () => [2, 1, 3] },
  'nn.functional._max_pool3d': { input: () => leaf([1, 2, 3, 3]), kernel_size: () => [2], stride: () => [1] },
  'nn.functional.avg_pool3d': { input: () => leaf([1, 2, 3, 3]), kernel_size: () => [2], padding: () => [1] },
  'nn.functional._im2col': { input: () => leaf([1, 2, 3, 3]), kernel_size: () => [2], padding: () => [1] },
  'nn.functional._col2im': {
    input: () => leaf([1, 4, 4]),
    output_size: () => [3],
    kernel_size: () => [2],
  },
  'nn.functional._max_unpool2d': {
    input: () => leaf([2, 1, 2]),
    indices: () => filled([2, 1, 2], int64, (i) => (i * 3) % 8),
    output_size: () => [2, 4],
  },
  'nn.functional._max_unpool3d': {
    input: () => leaf([1, 1, 1, 2]),
    indices: () => filled([1, 1, 1, 2], int64, (i) => i * 3),
    output_size: () => [1, 2, 4],
  },
  pixel_shuffle: { input: () => leaf([4, 2, 2]), upscale_factor: () => 2 },
  pixel_unshuffle: { input: () => leaf([1, 4, 2]), downscale_factor: () => 2 },
  channel_shuffle: { input: () => leaf([1, 4, 2]), groups: () => 2 },
  grid_sampler: {
    input: () => leaf([1, 2, 3, 3]),
    grid: () => leaf([1, 2, 2, 2]),
    interpolation_mode: () => 0,
  },
  grid_sampler_2d: {
    input: () => leaf([1, 2, 3, 3]),
    grid: () => leaf([1, 2, 2, 2]),
    interpolation_mode: () => 2,
  },
  grid_sampler_3d: {
    input: () => leaf([1, 1, 2, 3, 2]),
    grid: () => leaf([1, 1, 2, 2, 3]),
    interpolation_mode: () => 0,
  },
  affine_grid_generator: { theta: () => leaf([1, 2, 3]), size: () => [1, 1, 2, 3] },
  'nn.functional._multi_margin_loss': { target: () => places([3]) },
  'nn.functional._multilabel_margin_loss': {
    target: () => filled([3, 3], int64, (i) => (i % 3 === 1 ? -1 : 2)),
  },
  'nn.functional._ctc_loss': {
    log_probs: () => leaf([4, 1, 3]),
    targets: () => filled([1, 2], int64, (i) => 1 + i),
    input_lengths: () => [4],
    target_lengths: () => [2],
    blank: () => 0,
  },
  'nn.functional._embedding_bag': {
    indices: () => places([4]),
    offsets: () => filled([2], int64, (i) => 2 * i),
    padding_idx: () => -1,
    per_sample_weights: () => null,
  },
  'nn.functional.adaptive_avg_pool1d': { input: () => leaf([2, 4]), output_size: () => [3] },
  'nn.functional._group_norm': {
    input: () => leaf([2, 4, 3]),
    num_groups: () => 2,
    weight: () => leaf([4]),
    bias: () => leaf([4]),
  },
};
for (const [count, name] of [1, 2, 3].flatMap((n) => [
  [n, `conv${n}d`],
  [n, `nn.functional.conv${n}d`],
]) as [number, string][]) {
  const sizes = new Array(count).fill(3);
  particular[name] = {
    input: () => leaf([1, 2, ...sizes]),
    weight: () => leaf([1, 2, ...sizes.map(() => 2)]),
  };
}

for (const [count, name] of [1, 2, 3].flatMap((n) => [
  [n, `conv_transpose${n}d`],
  [n, `nn.functional.conv_transpose${n}d`],
]) as [number, string][]) {
  const sizes = new Array(count).fill(2);
  particular[name] = { input: () => leaf([1, 2, ...sizes]), weight: () => leaf([2, 1, ...sizes]) };
}
for (const [count, kinds] of [
  [1, 'nearest nearest_exact linear'],
  [2, 'nearest nearest_exact bilinear bicubic'],
  [3, 'nearest nearest_exact trilinear'],
] as const) {
  for (const kind of kinds.split(' ')) {
    particular[`nn.functional._upsample_${kind}${count}d`] = {
      input: () => leaf([1, 1, ...new Array(count).fill(2)]),
      output_size: () => new Array(count).fill(3),
      ...Object.fromEntries(['', '_d', '_h', '_w'].map((end) => [`scales${end}`, () => null])),
    };
  }
}

/** An argument for a parameter such as `int[1]? dim=None`. */
function argument(op: RegisteredOp, parameter: string): unknown {
  const [type, rest] = parameter.split(' ');
  const [name, fallback] = rest.split('=');
  const own = particular[op.signature]?.[name] ?? particular[op.name]?.[name];
  if (own) return own();
  if (type.endsWith('?') && fallback === 'None' && name !== 'max') return null;
  if (type === 'Tensor' || type === 'Tensor|Number') return byName[name]?.() ?? leaf();
  if (fallback === undefined || name === 'max' || name === 'min') {
    const shared = byName[name]?.();
    const fits = type.startsWith('int[') === Array.isArray(shared);
    if (shared !== undefined && fits) return shared;
  }
  return usual(type, fallback);
}

function usual(type: string, fallback: string | undefined): unknown {
  if (type === 'Tensor[]') return [leaf(), leaf()];
  if (type === 'Tensor?[]') return [places([2])];
  if (type === 'Tensor?' || type === 'int[]?' || type.startsWith('ScalarType')) return null;
  if (type.startsWith('Scalar')) return number(fallback ? Number(fallback) : 1.3);
  if (type.startsWith('int[')) return [JSON.parse(fallback?.replace('()', '[]') ?? '1')].flat();
  if (type === 'bool') return fallback === 'True';
  if (type === 'str') return fallback?.slice(1, -1) ?? 'none';
  return fallback === undefined || fallback === 'None' ? 1 : Number(fallback);
}

function argumentsOf(op: RegisteredOp): unknown[] {
  state = 1;
  return op.signature
    .slice(op.signature.indexOf('(') + 1, -1)
    .split(', ')
    .filter((parameter) => parameter !== '*')
    .map((parameter) => argument(op, parameter));
}

/** One number from floating-point results: their elements, weighted so that none counts like another. */
function weighted(results: readonly Tensor[]): Tensor {
  state = 77;
  return results
    .filter((result) => result.isFloating)
    .map((result) => sum(mul(result, constant(result.shape))))
    .reduce((total, part) => add(total, part));
}

/** The slopes of `f` with respect to `leaves`, recorded so that they can be differentiated again. */
function slopesOf(f: () => Tensor, leaves: readonly Tensor[]): Tensor[] {
  const value = f();
  const options = { retainGraph: true, createGraph: true };
  const found = value.requiresGrad ? grad([value], [null], leaves, true, options) : [];
  return leaves.map((leaf, i) => found[i] ?? zerosFor(leaf));
}

const STEP = 1e-6;
const TOLERANCE = 2e-6;

/** Where a slope of `f` isn't what a small step shows, in words. */
function wrongSlopes(f: () => Tensor, leaves: readonly Tensor[]): string[] {
  const slopes = slopesOf(f, leaves).map(contiguousData);
  const valueWith = (leaf: Tensor, i: number, change: number): number => {
    const { data } = leaf.storage;
    const before = data[i];
    data[i] = before + change;
    const value = item(f());
    data[i] = before;
    return value;
  };
  return leaves.flatMap((leaf, which) =>
    Array.from(leaf.storage.data.keys()).flatMap((i) => {
      const shown = (valueWith(leaf, i, STEP) - valueWith(leaf, i, -STEP)) / (2 * STEP);
      const slope = slopes[which][i];
      const agree = Math.abs(slope - shown) <= TOLERANCE * Math.max(1, Math.abs(shown));
      return agree ? [] : [`input ${which}, element ${i}: ${slope}, but steps show ${shown}`];
    }),
  );
}

/** PyTorch has no derivative for the derivatives of these. */
const NOT_TWICE =
  /^(nn.functional._(flash_attention|hardsigmoid|multi_margin_loss|multilabel_margin_loss)|cdist|(nn.functional.)?pdist)$/;

/** PyTorch has no forward mode for these. */
const NOT_FORWARD =
  /^(nn.functional._(embedding_bag|flash_attention|multi_margin_loss|multilabel_margin_loss)|cdist|(nn.functional.)?pdist|grid_sampler.*|igammac?|special\.(zeta|gammaincc?))$/;

/** It looks at memory by the strides that its caller names: one example of a batch has others. */
const NOT_BATCHED = /^as_strided$/;

/**
 * Random, cut off on purpose, without a derivative in PyTorch, for whole numbers only, called with an index; and
 * cholesky and eigh read one triangle of their input but share the gradient with the other, as PyTorch does; and the
 * gradient of CTC is, as PyTorch's, right only among probabilities that add up to 1.
 */
const LEFT_OUT =
  /^(bernoulli|_rand.*|detach|nextafter|floor_divide|heaviside|bitwise_.*|gcd|lcm|imag|corrcoef|_getitem|_+unique.*|bincount|searchsorted|bucketize|(linalg\.)?cholesky(_ex)?|linalg\.eig.*|nn.functional._ctc_loss)$/;

const candidates = registry.filter(
  ({ name, returns, signature }) =>
    !LEFT_OUT.test(name) &&
    !/Generator|str reduce/.test(signature) &&
    !['Tensor(input)', 'bool', 'int'].includes(returns),
);

test.each(candidates.map((op) => [`${op.where} ${op.signature}`, op] as const))('%s', (_, op) => {
  const args = argumentsOf(op);
  const withArguments = (...given: unknown[]): Tensor[] =>
    [(op.call as (...given: unknown[]) => Tensor | Tensor[])(...given)].flat();
  const call = (): Tensor[] => withArguments(...args);
  const leaves = leavesAmong(args);
  if (leaves.length === 0 || !call().some((result) => result.isFloating)) return;
  if (!NOT_FORWARD.test(op.name))
    expect(wrongTangents(withArguments, args, leaves), 'forward mode').toEqual([]);
  if (!NOT_BATCHED.test(op.name)) expect(wrongBatches(withArguments, args, leaves), 'a batch').toEqual([]);
  expect(wrongBatchedGradients(withArguments, args, leaves), 'a batch of gradients').toEqual([]);
  const first = (): Tensor => weighted(call());
  expect(wrongSlopes(first, leaves), 'the gradient').toEqual([]);
  if (NOT_TWICE.test(op.name)) return;
  const second = (): Tensor => weighted(slopesOf(first, leaves));
  expect(wrongSlopes(second, leaves), "the gradient's gradient").toEqual([]);
});
