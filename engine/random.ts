import type { Data } from './dtype.ts';

const N = 624;
const M = 397;

/** MT19937 (Matsumoto and Nishimura, 1998): 32 random bits at a time. */
class MersenneTwister {
  readonly #state = new Uint32Array(N);
  #next = N;

  constructor(seed: number) {
    this.#state[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const before = this.#state[i - 1];
      this.#state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  random(): number {
    if (this.#next === N) this.#refill();
    let y = this.#state[this.#next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const bits = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }

  save(): number[] {
    return [this.#next, ...this.#state];
  }

  restore([next, ...state]: readonly number[]): void {
    this.#next = next;
    this.#state.set(state);
  }
}

/** PyTorch's CPU generator: the same seed gives the same numbers, drawn in the same order. */
export class Generator {
  #engine = new MersenneTwister(0);
  #seed = 0n;
  /** Box and Muller's method makes normal numbers in pairs; the second waits here. */
  #spareNormal: number | null = null;

  constructor() {
    this.manualSeed(BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)));
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
  save(): number[] {
    return [this.#spareNormal ?? Number.NaN, ...this.#engine.save()];
  }

  restore([spare, ...engine]: readonly number[]): void {
    this.#spareNormal = Number.isNaN(spare) ? null : spare;
    this.#engine.restore(engine);
  }

  random32(): number {
    return this.#engine.random();
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
    const bits = (BigInt(this.random32()) << 32n) | BigInt(this.random32());
    return low + Number(bits % BigInt(range));
  }
}

/** Normal numbers from this many elements on are made sixteen at a time. */
const BLOCK = 16;

/** Fills `data` with normal numbers as PyTorch's `normal_` does on a contiguous tensor. */
export function fillNormal(
  data: Data,
  generator: Generator,
  mean: number,
  std: number,
  single: boolean,
): void {
  if (data.length < BLOCK) {
    for (let i = 0; i < data.length; i++) data[i] = generator.normal() * std + mean;
    return;
  }
  for (let i = 0; i < data.length; i++) data[i] = generator.uniform(single);
  for (let i = 0; i + BLOCK <= data.length; i += BLOCK) normalBlock(data, i, mean, std);
  if (data.length % BLOCK !== 0) {
    // The last sixteen are made anew, those that were finished already among them.
    const tail = data.length - BLOCK;
    for (let i = tail; i < data.length; i++) data[i] = generator.uniform(single);
    normalBlock(data, tail, mean, std);
  }
}

function normalBlock(data: Data, from: number, mean: number, std: number): void {
  for (let i = from; i < from + BLOCK / 2; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[i]));
    const angle = 2 * Math.PI * data[i + BLOCK / 2];
    data[i] = radius * Math.cos(angle) * std + mean;
    data[i + BLOCK / 2] = radius * Math.sin(angle) * std + mean;
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
