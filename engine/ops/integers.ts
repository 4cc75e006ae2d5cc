import { bool, type DType, INTEGER, int64, isInteger, requireKernel, type Scalar } from '../dtype.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { binaryMap, commonType } from './arithmetic.ts';
import { register } from './op.ts';

// Operations on the bits and the divisors of whole numbers. None has a derivative.

type Pairing = (x: number, y: number) => number;

/** An operation on two whole numbers; `f` makes it for their common dtype. */
function onIntegers(
  name: string,
  kernel: string,
  accepts: (dtype: DType) => boolean,
  f: (dtype: DType) => Pairing,
  other = 'Tensor|Number',
): void {
  const run = register(`fm ${name}(Tensor input, ${other} other) -> Tensor`, (self: Tensor, by: Tensor) => {
    const dtype = commonType(kernel, accepts, self, by);
    return binaryMap(self, by, dtype, f(dtype));
  });
  if (other === 'Tensor') return;
  register(`f ${name}(Scalar self, Tensor other) -> Tensor`, (self: Scalar, by: Tensor) =>
    run(wrappedNumber(self.value, self.category), by),
  );
}

/** A 32-bit operation, carried out on both halves of a wider whole number. */
const onBits =
  (f: Pairing): Pairing =>
  (x, y) =>
    f(Math.floor(x / 2 ** 32), Math.floor(y / 2 ** 32)) * 2 ** 32 + (f(x | 0, y | 0) >>> 0);

for (const [name, f] of Object.entries({
  bitwise_and: onBits((x, y) => x & y),
  bitwise_or: onBits((x, y) => x | y),
  bitwise_xor: onBits((x, y) => x ^ y),
})) {
  onIntegers(name, `${name}_cpu`, isInteger, () => f);
}

register('fm bitwise_not(Tensor input) -> Tensor', (self: Tensor) => {
  requireKernel('bitwise_not_cpu', self.dtype, isInteger);
  return mapUnary(self, self.dtype, self.dtype === bool ? (x) => 1 - x : (x) => -x - 1);
});

const whole = (dtype: DType): boolean => dtype.category === INTEGER;

/** x · 2ʸ; with y out of range nothing is left. */
onIntegers('bitwise_left_shift', 'lshift_cpu', whole, (dtype) => (x, y) => {
  if (y < 0 || y >= 8 * dtype.bytes) return 0;
  return dtype === int64 ? x * 2 ** y : x << y;
});
/** x / 2ʸ rounded down; with y out of range the sign is left. */
onIntegers('bitwise_right_shift', 'rshift_cpu', whole, (dtype) => {
  const most = 8 * dtype.bytes - (dtype.name === 'uint8' ? 0 : 1);
  return (x, y) => Math.floor(x / 2 ** (y < 0 || y >= most ? most : y));
});

/** The greatest common divisor, by Euclid's algorithm. */
function divisor(x: number, y: number): number {
  let [a, b] = [Math.abs(x), Math.abs(y)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
onIntegers('gcd', 'gcd_cpu', whole, () => divisor, 'Tensor');
onIntegers(
  'lcm',
  'lcm_cpu',
  whole,
  () => (x, y) => {
    const common = divisor(x, y);
    return common === 0 ? 0 : Math.abs((x / common) * y);
  },
  'Tensor',
);
