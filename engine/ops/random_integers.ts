import { type DType, int64, isFloating, wholeNumber } from '../dtype.ts';
import { check } from '../errors.ts';
import { type Generator, permutation } from '../random/generator.ts';
import type { Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { drawn } from '../transforms/fresh.ts';
import { register } from './op.ts';
import { filled, randomFill } from './random.ts';

/** The whole numbers that a dtype holds: all of an integer's, those that are exact in a float. */
function wholeLimits(dtype: DType): { least: number; most: number } {
  if (isFloating(dtype)) {
    const most = 2 ** (dtype.bytes === 4 ? 24 : 53);
    return { least: -most, most };
  }
  if (dtype.name === 'bool') return { least: 0, most: 1 };
  const bits = 8 * dtype.bytes;
  return dtype.name === 'uint8'
    ? { least: 0, most: 255 }
    : { least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1 };
}

function checkLimits(low: number, high: number, dtype: DType): void {
  check(low < high, () => `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
  if (isFloating(dtype)) return;
  const { least, most } = wholeLimits(dtype);
  check(low >= least && low <= most, () => `from is out of bounds for ${dtype.cName}`);
  check(high - 1 >= least && high - 1 <= most, () => `to - 1 is out of bounds for ${dtype.cName}`);
}

register(
  'f _randint(int low, int high, int[] size, ScalarType? dtype, Generator? generator) -> Tensor',
  (low: number, high: number, size: Shape, dtype: DType | null, generator: Generator) => {
    const type = dtype ?? int64;
    checkLimits(low, high, type);
    return drawn(size, (all) => filled(all, type, () => generator.integer(low, high - low)));
  },
);

register('f _randperm(int n, Generator? generator) -> Tensor', (n: number, generator: Generator) => {
  check(n >= 0, () => `Trying to create tensor with negative dimension ${n}: [${n}]`);
  return drawn([n], (all) => {
    const out = empty(all, int64);
    for (let at = 0; at < out.numel; at += n) out.storage.data.set(permutation(n, generator), at);
    return out;
  });
});

const fillBetween = (out: Tensor, low: number, high: number, generator: Generator): void => {
  checkLimits(low, high, out.dtype);
  const { data } = out.storage;
  for (let i = 0; i < data.length; i++) data[i] = generator.integer(low, high - low);
};

randomFill(
  'm random_(Tensor input, *, Generator? generator=None) -> Tensor(input)',
  'RandomBackward2',
  (out, generator: Generator) => {
    // All that the dtype holds from 0 on.
    const count = wholeLimits(out.dtype).most + 1;
    const draw =
      out.dtype.bytes === 8
        ? () => wholeNumber(Number(generator.random64() % BigInt(count)))
        : () => generator.random32() % count;
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = draw();
  },
);

randomFill(
  'm random_(Tensor input, int to, *, Generator? generator=None) -> Tensor(input)',
  'RandomBackward1',
  (out, to: number, generator: Generator) => fillBetween(out, 0, to, generator),
);

randomFill(
  'm random_(Tensor input, int from, int? to, *, Generator? generator=None) -> Tensor(input)',
  'RandomBackward0',
  (out, from: number, to: number | null, generator: Generator) =>
    fillBetween(out, from, to ?? wholeLimits(out.dtype).most + 1, generator),
);
