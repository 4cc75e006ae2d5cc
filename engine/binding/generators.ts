import { uint8 } from '../dtype.ts';
import { contiguousData } from '../ops/copy.ts';
import { addGenerator, generatorOf, removeGenerator } from '../random/generators.ts';
import { fromData } from '../tensor.ts';
import { handleOf, tensorOf } from './handles.ts';
import { guarded } from './outcome.ts';

/** Streams of random numbers, by number; seeds come and go as text, for they may have 64 bits. */
export const generators = {
  new_generator: addGenerator,
  free_generator: removeGenerator,
  manual_seed: (number: number, seed: string) => generatorOf(number).manualSeed(BigInt(seed)),
  initial_seed: (number: number) => String(generatorOf(number).initialSeed),
  /** 63 random bits, as text: what an int64 tensor would get of `random_`. */
  random_seed: (number: number) => String(generatorOf(number).random64() % 2n ** 63n),
  rng_state: (number: number) => {
    const bytes = generatorOf(number).save();
    return handleOf(fromData(bytes, [bytes.length], uint8));
  },
  set_rng_state: guarded((number: number, state: number) => {
    generatorOf(number).restore(Uint8Array.from(contiguousData(tensorOf(state))));
    return 0;
  }),
};
