import { modes } from '../autograd/modes.ts';
import { type DType, defaults, FLOAT, fitted, int64, type Scalar, scalarType } from '../dtype.ts';
import { check } from '../errors.ts';
import { emptyFor } from '../kernels/elementwise.ts';
import { type Shape, showShape } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { made } from '../transforms/fresh.ts';
import { constantOp, register } from './op.ts';

// Tensors from nothing. The Python package gives them `requires_grad`.

const fresh = (tensor: Tensor): Tensor => {
  tensor.isInference = modes.inference;
  return made(tensor);
};

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
    return fresh(full(size, fitted(value, type), type));
  },
);

/** start, start + step, … below `end`. */
register(
  'f _arange(Scalar start, Scalar end, Scalar step, ScalarType? dtype) -> Tensor',
  (start: Scalar, end: Scalar, step: Scalar, dtype: DType | null) => {
    check(step.value !== 0, () => 'step must be nonzero');
    check(
      Number.isFinite(start.value) && Number.isFinite(end.value),
      () => `unsupported range: ${start.value} -> ${end.value}`,
    );
    check(
      step.value > 0 ? end.value >= start.value : end.value <= start.value,
      () => 'upper bound and lower bound inconsistent with step sign',
    );
    const category = Math.max(start.category, end.category, step.category);
    const type = dtype ?? (category === FLOAT ? defaults.float : int64);
    const length = Math.ceil((end.value - start.value) / step.value);
    const out = empty([length], type);
    for (let i = 0; i < length; i++) out.storage.data[i] = start.value + i * step.value;
    return fresh(out);
  },
);

/** `steps` numbers from `start` to `end`, both included; counted from the nearer end, as PyTorch does. */
function evenlySpaced(
  start: number,
  end: number,
  steps: number,
  dtype: DType,
  f: (x: number) => number,
): Tensor {
  check(steps >= 0, () => 'number of steps must be non-negative');
  const out = empty([steps], dtype);
  // PyTorch computes the step, and each number, in the dtype of the result.
  const round = dtype.name === 'float32' ? Math.fround : (x: number): number => x;
  const step = steps > 1 ? round(round(round(end) - round(start)) / (steps - 1)) : 0;
  for (let i = 0; i < steps; i++) {
    const x = i < Math.floor(steps / 2) ? start + round(step * i) : end - round(step * (steps - 1 - i));
    out.storage.data[i] = f(steps === 1 ? start : round(x));
  }
  return fresh(out);
}
register(
  'f _linspace(float start, float end, int steps, ScalarType? dtype) -> Tensor',
  (start: number, end: number, steps: number, dtype: DType | null) =>
    evenlySpaced(start, end, steps, dtype ?? defaults.float, (x) => x),
);
register(
  'f _logspace(float start, float end, int steps, float base, ScalarType? dtype) -> Tensor',
  (start: number, end: number, steps: number, base: number, dtype: DType | null) =>
    evenlySpaced(start, end, steps, dtype ?? defaults.float, (x) => base ** x),
);

register('f _eye(int n, int m, ScalarType? dtype) -> Tensor', (n: number, m: number, dtype: DType | null) => {
  const out = empty([n, m], dtype ?? defaults.float);
  for (let i = 0; i < Math.min(n, m); i++) out.storage.data[i * m + i] = 1;
  return fresh(out);
});

/** What `input.new_full(…)` gives: only whether there is one for each example of a batch comes from `input`. */
const newFull: (input: Tensor, size: Shape, value: Scalar, dtype: DType) => Tensor = constantOp(
  'm _new_full(Tensor input, int[] size, Scalar fill_value, ScalarType dtype) -> Tensor',
  {
    forward: (_: Tensor, size: Shape, value: Scalar, dtype: DType) => {
      checkSizes(size);
      return fresh(full(size, fitted(value, dtype), dtype));
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
    return fresh(out);
  },
  batch: 'elementwise',
});
