import { type DType, defaults, int64, isFloating } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { fillNormal, Generator, permutation } from '../random.ts';
import type { Shape } from '../shape.ts';
import { empty, fromData, type Tensor } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { inplace } from './inplace.ts';
import { define, register } from './op.ts';
import { zerosFor } from './unary.ts';

/** The generator that everything random draws from unless it is told otherwise. */
export const generator = new Generator();

const isSingle = (dtype: DType): boolean => dtype.name === 'float32';

function filled(size: Shape, dtype: DType, next: () => number): Tensor {
  const out = empty(size, dtype);
  for (let i = 0; i < out.storage.data.length; i++) out.storage.data[i] = next();
  return out;
}

function requireFloats(dtype: DType, name: string): void {
  if (!isFloating(dtype)) fail(`"${name}" not implemented for '${dtype.scalarName}'`, 'NotImplementedError');
}

register('f _rand(int[] size, ScalarType? dtype) -> Tensor', (size: Shape, dtype: DType | null) => {
  const type = dtype ?? defaults.float;
  requireFloats(type, 'check_uniform_bounds');
  return filled(size, type, () => generator.uniform(isSingle(type)));
});

register('f _randn(int[] size, ScalarType? dtype) -> Tensor', (size: Shape, dtype: DType | null) => {
  const type = dtype ?? defaults.float;
  requireFloats(type, 'normal_kernel_cpu');
  const out = empty(size, type);
  fillNormal(out.storage.data, generator, 0, 1, isSingle(type));
  return out;
});

register(
  'f _randint(int low, int high, int[] size, ScalarType? dtype) -> Tensor',
  (low: number, high: number, size: Shape, dtype: DType | null) => {
    check(low < high, () => `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
    return filled(size, dtype ?? int64, () => generator.integer(low, high - low));
  },
);

register('f _randperm(int n) -> Tensor', (n: number) => {
  check(n >= 0, () => `n must be non-negative, got${n}`);
  return fromData(Float64Array.from(permutation(n, generator)), [n], int64);
});

/** For each element, 1 with that probability, else 0. */
export const bernoulli = define('BernoulliBackward0', {
  forward: (self: Tensor) => {
    const probabilities = contiguousData(self);
    check(
      !probabilities.some((p) => !(p >= 0 && p <= 1)),
      () => 'Expected p_in >= 0 && p_in <= 1 to be true, but got false.',
    );
    let at = 0;
    return filled(self.shape, self.dtype, () =>
      Number(generator.uniform(isSingle(self.dtype)) < probabilities[at++]),
    );
  },
  backward: zerosFor,
});
register('fm bernoulli(Tensor input) -> Tensor', bernoulli);

/** An in-place operation that forgets what was there. */
function randomFill<A extends unknown[]>(
  signature: string,
  node: string,
  fill: (out: Tensor, ...args: A) => void,
) {
  const fresh = define(node, {
    inputs: (...[self]: [Tensor, ...A]) => [self],
    forward: (self: Tensor, ...args: A) => {
      const out = empty(self.shape, self.dtype);
      fill(out, ...args);
      return out;
    },
    backward: zerosFor,
  });
  return inplace(signature, fresh);
}

randomFill(
  'm uniform_(Tensor input, float from=0, float to=1) -> Tensor(input)',
  'UniformBackward0',
  (out, from: number, to: number) => {
    check(
      from <= to,
      () => `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`,
    );
    requireFloats(out.dtype, 'check_uniform_bounds');
    const round = isSingle(out.dtype) ? Math.fround : (x: number): number => x;
    const [low, high] = [round(from), round(to)];
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++)
      data[i] = round(generator.uniform(isSingle(out.dtype)) * round(high - low)) + low;
  },
);

randomFill(
  'm normal_(Tensor input, float mean=0, float std=1) -> Tensor(input)',
  'NormalBackward0',
  (out, mean: number, std: number) => {
    check(std >= 0, () => `normal expects std >= 0.0, but found std ${std}`);
    requireFloats(out.dtype, 'normal_kernel_cpu');
    fillNormal(out.storage.data, generator, mean, std, isSingle(out.dtype));
  },
);

randomFill(
  'm bernoulli_(Tensor input, float p=0.5) -> Tensor(input)',
  'BernoulliBackward1',
  (out, p: number) => {
    check(p >= 0 && p <= 1, () => `bernoulli_ expects p to be in [0, 1], but got p=${p}`);
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = Number(generator.uniform53() < p);
  },
);

randomFill(
  'm exponential_(Tensor input, float lambd=1) -> Tensor(input)',
  'ExponentialBackward0',
  (out, rate: number) => {
    check(rate > 0, () => `exponential_ expects lambda > 0.0, but found lambda=${rate}`);
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = (-1 / rate) * Math.log1p(-generator.uniform53());
  },
);

randomFill(
  'm random_(Tensor input, int from, int to) -> Tensor(input)',
  'RandomBackward0',
  (out, from: number, to: number) => {
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = generator.integer(from, to - from);
  },
);
