import {
  type DType,
  defaults,
  FLOAT,
  fitted,
  int64,
  isFloating,
  notBool,
  requireKernel,
  type Scalar,
  scalarType,
} from '../dtype.ts';
import { check } from '../errors.ts';
import { emptyFor } from '../kernels/elementwise.ts';
import { type Shape, showShape } from '../shape.ts';
import { empty, full, onNewMemory, type Tensor } from '../tensor.ts';
import { made } from '../transforms/fresh.ts';
import { constantOp, register } from './op.ts';

// Tensors from nothing. The Python package gives them `requires_grad`.

function checkSizes(size: Shape): void {
  const negative = size.find((length) => length < 0);
  check(
    negative === undefined,
    () => `Trying to create tensor with negative dimension ${negative}: ${showShape(size)}`,
  );
}

register(
  'f _full(int[] size, Scalar fill_value, ScalarType? dtype) -> Tensor',
  (size: Shape, value: Scalar, dtype: DType | null) => {
    checkSizes(size);
    const type = dtype ?? scalarType(value.category);
    return made(full(size, fitted(value, type), type));
  },
);

/** start, start + step, … below `end`, computed in the dtype of the result. */
register(
  'f _arange(Scalar start, Scalar end, Scalar step, ScalarType? dtype) -> Tensor',
  (start: Scalar, end: Scalar, step: Scalar, dtype: DType | null) => {
    const category = Math.max(start.category, end.category, step.category);
    const type = dtype ?? (category === FLOAT ? defaults.float : int64);
    requireKernel('arange_cpu', type, notBool);
    // Whole numbers count in whole steps: arange(0, 5, 0.5, dtype=int64) has a step of 0.
    const cut = isFloating(type) ? Number : (x: Scalar['value']): number => Math.trunc(Number(x)) + 0;
    const [from, to, by] = [start, end, step].map(({ value }) => Number(value));
    check(by !== 0, () => 'step must be nonzero');
    check(
      Number.isFinite(from) && Number.isFinite(to),
      () => `unsupported range: ${inC(from)} -> ${inC(to)}`,
    );
    check(by > 0 ? to >= from : to <= from, () => 'upper bound and lower bound inconsistent with step sign');
    check(cut(by) !== 0, () => 'step must be nonzero', 'ValueError');
    const length = type === int64 ? Math.ceil((cut(to) - cut(from)) / cut(by)) : Math.ceil((to - from) / by);
    const out = empty([length], type);
    for (let i = 0; i < length; i++) out.storage.data[i] = cut(from) + i * cut(by);
    return made(out);
  },
);

/** A number as C prints it. */
const inC = (x: number): string => (Number.isNaN(x) ? 'nan' : String(x).replace('Infinity', 'inf'));

/** `steps` numbers from `start` to `end`, both included; counted from the nearer end, as PyTorch does. */
function evenlySpaced(
  kernel: string,
  start: number,
  end: number,
  steps: number,
  dtype: DType,
  f: (x: number) => number,
): Tensor {
  check(steps >= 0, () => 'number of steps must be non-negative');
  if (!isFloating(dtype))
    return evenlySpacedIntegers(kernel, Math.trunc(start), Math.trunc(end), steps, dtype, f);
  const out = empty([steps], dtype);
  // PyTorch computes the step, and each number, in the dtype of the result.
  const round = dtype.name === 'float32' ? Math.fround : (x: number): number => x;
  const step = steps > 1 ? round(round(round(end) - round(start)) / (steps - 1)) : 0;
  for (let i = 0; i < steps; i++) {
    const x = i < Math.floor(steps / 2) ? start + round(step * i) : end - round(step * (steps - 1 - i));
    out.storage.data[i] = f(steps === 1 ? start : round(x));
  }
  return made(out);
}
function evenlySpacedIntegers(
  kernel: string,
  start: number,
  end: number,
  steps: number,
  dtype: DType,
  f: (x: number) => number,
): Tensor {
  // One element alone needs no kernel.
  if (steps > 1) requireKernel(kernel, dtype, notBool);
  const out = empty([steps], dtype);
  const step = steps > 1 ? Math.fround((end - start) / (steps - 1)) : 0;
  for (let i = 0; i < steps; i++) {
    const x = i < Math.floor(steps / 2) ? start + step * i : end - step * (steps - 1 - i);
    out.storage.data[i] = Math.trunc(f(steps === 1 ? start : x)) + 0;
  }
  return made(out);
}
register(
  'f _linspace(float start, float end, int steps, ScalarType? dtype) -> Tensor',
  (start: number, end: number, steps: number, dtype: DType | null) =>
    evenlySpaced('linspace_cpu', start, end, steps, dtype ?? defaults.float, (x) => x),
);
register(
  'f _logspace(float start, float end, int steps, float base, ScalarType? dtype) -> Tensor',
  (start: number, end: number, steps: number, base: number, dtype: DType | null) =>
    evenlySpaced(
      'logspace_cpu',
      start,
      end,
      steps,
      dtype ?? defaults.float,
      (x) => (dtype === null || isFloating(dtype) ? base : Math.trunc(base)) ** x,
    ),
);

register('f _eye(int n, int m, ScalarType? dtype) -> Tensor', (n: number, m: number, dtype: DType | null) => {
  check(n >= 0, () => `n must be greater or equal to 0, got ${n}`);
  check(m >= 0, () => `m must be greater or equal to 0, got ${m}`);
  const out = empty([n, m], dtype ?? defaults.float);
  for (let i = 0; i < Math.min(n, m); i++) out.storage.data[i * m + i] = 1;
  return made(out);
});

/** What `input.new_full(…)` gives: only whether there is one for each example of a batch comes from `input`. */
const newFull: (input: Tensor, size: Shape, value: Scalar, dtype: DType) => Tensor = constantOp(
  'm _new_full(Tensor input, int[] size, Scalar fill_value, ScalarType dtype) -> Tensor',
  {
    forward: (_: Tensor, size: Shape, value: Scalar, dtype: DType) => {
      checkSizes(size);
      return made(full(size, fitted(value, dtype), dtype));
    },
    batch: (count, input, size, value, dtype) => newFull(input, [count, ...size], value, dtype),
  },
);

/** A tensor of the shape and memory order of `input`, filled with one value. */
constantOp('f _full_like(Tensor input, Scalar fill_value, ScalarType? dtype) -> Tensor', {
  forward: (input: Tensor, value: Scalar, dtype: DType | null) => {
    const type = dtype ?? input.dtype;
    const out = emptyFor(input.shape, type, [input]);
    out.storage.data.fill(fitted(value, type));
    return made(out);
  },
  batch: 'elementwise',
});

/** Elements of no particular value, with strides of one's own. */
register(
  'f _empty_strided(int[] size, int[] stride, ScalarType? dtype) -> Tensor',
  (size: Shape, stride: Shape, dtype: DType | null) => {
    check(size.length === stride.length, () => 'mismatch in length of strides and shape');
    checkSizes(size);
    const length = size.includes(0) ? 0 : size.reduce((at, n, d) => at + (n - 1) * stride[d], 1);
    const type = dtype ?? defaults.float;
    return made(onNewMemory(type.allocate(length), size, stride, type));
  },
);
