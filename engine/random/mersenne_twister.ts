const N = 624;
const M = 397;

/** MT19937 (Matsumoto and Nishimura, 1998): 32 random bits at a time. */
export class MersenneTwister {
  readonly #state = new Uint32Array(N);
  #next = 0;
  /** How many words, counted down before each draw, are left; one before the first. */
  #left = 1;

  constructor(seed: number) {
    this.#state[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const before = this.#state[i - 1];
      this.#state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  random(): number {
    if (--this.#left === 0) this.#refill();
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
    this.#left = N;
    this.#next = 0;
  }

  /** Write the state as PyTorch keeps it: words left, a flag, the next word's number, the words. */
  save(to: DataView, at: number): void {
    to.setInt32(at, this.#left, true);
    to.setInt32(at + 4, 1, true);
    to.setUint32(at + 8, this.#next, true);
    this.#state.forEach((word, i) => {
      to.setUint32(at + 16 + 8 * i, word, true);
    });
  }

  restore(from: DataView, at: number): void {
    this.#left = from.getInt32(at, true);
    this.#next = from.getUint32(at + 8, true);
    for (let i = 0; i < N; i++) this.#state[i] = from.getUint32(at + 16 + 8 * i, true);
  }
}
