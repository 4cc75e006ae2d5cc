import { wholeNumber } from '../dtype.ts';
import { check } from '../errors.ts';
import { MersenneTwister } from './mersenne_twister.ts';

/** Bytes of a saved state, and where its parts lie: PyTorch's own layout. */
export const STATE_BYTES = 5056;
const TWISTER_AT = 8;
const SPARE_AT = 5024;
const HAS_SPARE_AT = 5040;

/** The seed of a generator that was given none. */
const DEFAULT_SEED = 67280421310721n;

/** PyTorch's CPU generator: the same seed gives the same numbers, drawn in the same order. */
export class Generator {
  #engine = new MersenneTwister(0);
  #seed = 0n;
  /** Box and Muller's method makes normal numbers in pairs; the second waits here. */
  #spareNormal: number | null = null;

  constructor(seed: bigint = DEFAULT_SEED) {
    this.manualSeed(seed);
  }

  /** Of the seed's 64 bits the lower 32 count. */
  manualSeed(seed: bigint): void {
    this.#seed = BigInt.asUintN(64, seed);
    this.#engine = new MersenneTwister(Number(this.#seed & 0xffffffffn));
    this.#spareNormal = null;
  }

  get initialSeed(): bigint {
    return this.#seed;
  }

  /** Everything that decides about the numbers to come. */
  save(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(STATE_BYTES);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, this.#seed, true);
    this.#engine.save(view, TWISTER_AT);
    view.setFloat64(SPARE_AT, this.#spareNormal ?? 0, true);
    view.setInt32(HAS_SPARE_AT, this.#spareNormal === null ? 0 : 1, true);
    return bytes;
  }

  restore(bytes: Uint8Array): void {
    check(
      bytes.length === STATE_BYTES,
      () =>
        `Expected a CPUGeneratorImplState of size ${STATE_BYTES} but found the input RNG state size to be ${bytes.length}`,
    );
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#seed = view.getBigUint64(0, true);
    this.#engine.restore(view, TWISTER_AT);
    this.#spareNormal = view.getInt32(HAS_SPARE_AT, true) ? view.getFloat64(SPARE_AT, true) : null;
  }

  random32(): number {
    return this.#engine.random();
  }

  random64(): bigint {
    const high = BigInt(this.#engine.random());
    return (high << 32n) | BigInt(this.#engine.random());
  }

  /** A number in [0, 1) of 24 random bits. */
  uniform24(): number {
    return (this.#engine.random() & 0xffffff) / 2 ** 24;
  }

  /** A number in [0, 1) of 53 random bits. */
  uniform53(): number {
    const high = this.#engine.random() & 0x1fffff;
    return (high * 2 ** 32 + this.#engine.random()) / 2 ** 53;
  }

  uniform(single: boolean): number {
    return single ? this.uniform24() : this.uniform53();
  }

  /** A standard normal number, by Box and Muller. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const u1 = this.uniform53();
    const u2 = this.uniform53();
    const radius = Math.sqrt(-2 * Math.log1p(-u2));
    const angle = 2 * Math.PI * u1;
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** A whole number in [low, low + range): 64 random bits are taken only where 32 would be unfair. */
  integer(low: number, range: number): number {
    if (range < 2 ** 28) return low + (this.random32() % range);
    return wholeNumber(Number(BigInt(low) + (this.random64() % BigInt(range))));
  }
}

/** The numbers 0 to n-1 in random order, by Fisher and Yates. */
export function permutation(n: number, generator: Generator): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    const chosen = i + (generator.random32() % (n - i));
    [order[i], order[chosen]] = [order[chosen], order[i]];
  }
  return order;
}
