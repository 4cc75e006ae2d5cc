import { type DType, defaults, isFloating } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { fusedMultiplyAdd } from '../random/fused.ts';
import type { Generator } from '../random/generator.ts';
import { fillNormal, fillNormalOneByOne } from '../random/normal.ts';
import { type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { drawn } from '../transforms/fresh.ts';
import { changeInPlace } from './inplace.ts';
import { define, register } from './op.ts';
import { zerosFor } from './unary.ts';

export const isSingle = (dtype: DType): boolean => dtype.name === 'float32';

function refuseNegative(size: Shape): void {
  for (const length of size)
    check(length >= 0, () => `Trying to create tensor with negative dimension ${length}: ${showShape(size)}`);
}

export function filled(size: Shape, dtype: DType, next: () => number): Tensor {
  refuseNegative(size);
  const out = empty(size, dtype);
  const { data } = out.storage;
  for (let i = 0; i < data.length; i++) data[i] = next();
  return out;
}

function requireFloats(dtype: DType, name: string): void {
  if (!isFloating(dtype)) fail(`"${name}" not implemented for '${dtype.scalarName}'`, 'NotImplementedError');
}

register(
  'f _rand(int[] size, ScalarType? dtype, Generator? generator) -> Tensor',
  (size: Shape, dtype: DType | null, generator: Generator) => {
    const type = dtype ?? defaults.float;
    requireFloats(type, 'check_uniform_bounds');
    return drawn(size, (all) => filled(all, type, () => generator.uniform(isSingle(type))));
  },
);

register(
  'f _randn(int[] size, ScalarType? dtype, Generator? generator) -> Tensor',
  (size: Shape, dtype: DType | null, generator: Generator) => {
    const type = dtype ?? defaults.float;
    requireFloats(type, 'normal_kernel_cpu');
    refuseNegative(size);
    return drawn(size, (all) => {
      const out = empty(all, type);
      fillNormal(out.storage.data, generator, 0, 1, isSingle(type));
      return out;
    });
  },
);

/** Room for numbers drawn in the order in which the elements of `self` lie in memory. */
function emptyInMemoryOrder({ shape, strides, dtype }: Tensor): Tensor {
  const outerFirst = shape.map((_, d) => d).sort((a, b) => strides[b] - strides[a]);
  const dense = new Array<number>(shape.length);
  let step = 1;
  for (const d of outerFirst.reverse()) {
    dense[d] = step;
    step *= shape[d];
  }
  return empty(shape, dtype, dense);
}

/**
 * An in-place operation that forgets what was there; `fill` fills in the order of memory, `fillApart` where the
 * elements don't lie in a row.
 */
export function randomFill<A extends unknown[]>(
  signature: string,
  node: string,
  fill: (out: Tensor, ...args: A) => void,
  fillApart = fill,
) {
  return register(signature, (self: Tensor, ...args: A) => {
    const filledAnew = define(node, {
      inputs: (standIn: Tensor, ..._: A): readonly Tensor[] => [standIn],
      forward: (standIn: Tensor, ...given: A) => {
        const like = self.wrapped === null ? self : standIn;
        const out = emptyInMemoryOrder(like);
        (like.isContiguous ? fill : fillApart)(out, ...given);
        return out;
      },
      backward: zerosFor,
      batch: 'elementwise',
      random: 'anew',
    });
    return changeInPlace(signature, filledAnew, self, ...args);
  });
}

/** An in-place operation that draws each element by itself, in float64, from a continuous distribution. */
function continuousFill(signature: string, node: string, { name, checkParameters, draw }: Continuous): void {
  randomFill(signature, node, (out, first: number, second: number | Generator, third?: Generator) => {
    checkParameters(first, second as number);
    const generator = third ?? (second as Generator);
    if (name !== null) {
      const given = name === 'Exponential' ? out.dtype.scalarName : DEMANGLED[out.dtype.name];
      check(
        isFloating(out.dtype),
        () =>
          `${name} distribution is a continuous probability distribution. dtype must be a floating point but you specified ${given}`,
      );
    }
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = draw(generator, first, second as number);
  });
}

interface Continuous {
  /** What messages call the distribution; null where whole numbers are welcome. */
  readonly name: string | null;
  readonly checkParameters: (first: number, second: number) => void;
  readonly draw: (generator: Generator, first: number, second: number) => number;
}

/** How C++ spells the types. */
const DEMANGLED: Readonly<Record<string, string>> = {
  uint8: 'unsigned char',
  int8: 'signed char',
  int16: 'short',
  int32: 'int',
  int64: 'long int',
  bool: 'bool',
};

randomFill(
  'm uniform_(Tensor input, float from=0, float to=1, *, Generator? generator=None) -> Tensor(input)',
  'UniformBackward0',
  (out, from: number, to: number, generator: Generator) => {
    requireFloats(out.dtype, 'check_uniform_bounds');
    check(
      from <= to,
      () => `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`,
    );
    const { data } = out.storage;
    if (isSingle(out.dtype)) {
      const low = Math.fround(from);
      const width = Math.fround(Math.fround(to) - low);
      for (let i = 0; i < data.length; i++) data[i] = generator.uniform24() * width + low;
    } else {
      for (let i = 0; i < data.length; i++)
        data[i] = fusedMultiplyAdd(generator.uniform53(), to - from, from);
    }
  },
);

function checkNormal(dtype: DType, std: number): void {
  check(std >= 0, () => `normal expects std >= 0.0, but found std ${std}`);
  requireFloats(dtype, 'normal_kernel_cpu');
}

randomFill(
  'm normal_(Tensor input, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(input)',
  'NormalBackward0',
  (out, mean: number, std: number, generator: Generator) => {
    checkNormal(out.dtype, std);
    fillNormal(out.storage.data, generator, mean, std, isSingle(out.dtype));
  },
  (out, mean: number, std: number, generator: Generator) => {
    checkNormal(out.dtype, std);
    fillNormalOneByOne(out.storage.data, generator, mean, std);
  },
);

const exponential = (generator: Generator, rate: number): number =>
  (-1 / rate) * Math.log1p(-generator.uniform53());

continuousFill(
  'm exponential_(Tensor input, float lambd=1, *, Generator? generator=None) -> Tensor(input)',
  'ExponentialBackward0',
  {
    name: 'Exponential',
    checkParameters: (rate) =>
      check(rate > 0, () => `exponential_ expects lambda > 0.0, but found lambda=${rate}`),
    draw: exponential,
  },
);

/** Fresh exponential numbers of rate 1 in the shape of `like`. */
export const exponentialLike = (like: Tensor, generator: Generator): Tensor =>
  filled(like.shape, like.dtype, () => exponential(generator, 1));

continuousFill(
  'm cauchy_(Tensor input, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor(input)',
  'CauchyBackward0',
  {
    name: 'Cauchy',
    checkParameters: (_, sigma) =>
      check(sigma > 0, () => `cauchy_ expects sigma > 0.0, but found sigma=${sigma}`),
    draw: (generator, median, sigma) => {
      const u = Math.min(Math.max(generator.uniform53(), Number.EPSILON), 1 - Number.EPSILON);
      return median + sigma * Math.tan(Math.PI * (u - 0.5));
    },
  },
);

continuousFill(
  'm log_normal_(Tensor input, float mean=1, float std=2, *, Generator? generator=None) -> Tensor(input)',
  'LogNormalBackward0',
  {
    name: 'Log Normal',
    checkParameters: (_, std) => check(std > 0, () => `log_normal_ expects std > 0.0, but found std=${std}`),
    draw: (generator, mean, std) => Math.exp(generator.normal() * std + mean),
  },
);

continuousFill(
  'm geometric_(Tensor input, float p, *, Generator? generator=None) -> Tensor(input)',
  'GeometricBackward0',
  {
    name: null,
    checkParameters: (p) =>
      check(p > 0 && p < 1, () => `geometric_ expects p to be in (0, 1), but got p=${p}`),
    draw: (generator, p) => Math.ceil(Math.log(generator.uniform53()) / Math.log1p(-p)),
  },
);
