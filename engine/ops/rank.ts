import { type Data, float32, int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { introSort, nthElement, quickSelect } from '../kernels/select.ts';
import { wrapDim, wrapDims } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { putBack, readAlong, readEvenly, spreadEvenly } from './extremes.ts';
import { multiOp, op } from './op.ts';
import { refuseBool } from './supported.ts';

// A value chosen by its rank among others, or by how often it occurs.

/** Which of `count` elements is chosen, read through `at`. */
type Choice = (count: number, at: (j: number) => number) => number;

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const choose =
  (choice: Choice) =>
  (data: Data, start: number, steps: Int32Array): number =>
    choice(steps.length, (j) => data[start + steps[j]]);

/** The values chosen along `dims`, and where they stand. */
function chosen(self: Tensor, dims: readonly number[], keepdim: boolean, choice: Choice): Tensor[] {
  const position = choose(choice);
  const value = (data: Data, start: number, steps: Int32Array): number =>
    data[start + steps[position(data, start, steps)]];
  return [reduce(self, dims, keepdim, self.dtype, value), reduce(self, dims, keepdim, int64, position)];
}

/** Declares a choice along one dimension; only the element chosen gets the gradient. */
function ranked<A extends unknown[]>(
  signature: string,
  node: string,
  place: (...args: A) => { dim: number; keepdim: boolean },
  choiceFor: (self: Tensor, size: number, ...args: A) => Choice,
) {
  const name = /(\w+)\(/.exec(signature)?.[1] ?? '';
  return multiOp(signature, {
    node,
    inputs: (self: Tensor, ..._: A): readonly Tensor[] => [self],
    forward: (self: Tensor, ...args: A) => {
      const { dim, keepdim } = place(...args);
      const dims = wrapDims([dim], self.ndim);
      const size = dims.length === 0 ? 1 : self.shape[dims[0]];
      check(
        size > 0,
        () => `${name.replace('nan', '')}(): Expected reduction dim ${dims[0]} to have non-zero size.`,
        'IndexError',
      );
      return chosen(self, dims, keepdim, choiceFor(self, size, ...args));
    },
    save: ({ args: [self, ...args], result }) => ({
      self_sym_sizes: self.shape,
      ...place(...args),
      indices: result[1],
    }),
    backward: ([grad], { self_sym_sizes, dim, keepdim, indices }) =>
      grad === null ? null : putBack(grad, self_sym_sizes, dim, keepdim, indices),
    forwardMode: ([tangent], { args: [, ...args], result: [, indices] }) => {
      const { dim, keepdim } = place(...args);
      return [readAlong(tangent as Tensor, dim, keepdim, indices), indices];
    },
  });
}

const isNaNAt =
  (at: (j: number) => number) =>
  (j: number): boolean =>
    Number.isNaN(at(j));

/** The lower of the two middle values, where there are two; the first NaN, where there is one. */
const middle: Choice = (count, at) => {
  const places = range(count);
  const nan = places.findIndex(isNaNAt(at));
  return nan >= 0 ? nan : middleOf(places, count, at);
};

/** The same, NaN left out. */
const middleOfNumbers: Choice = (count, at) =>
  middleOf(range(count), count - range(count).filter(isNaNAt(at)).length, at);

function middleOf(places: number[], count: number, at: (j: number) => number): number {
  const nth = Math.max(0, Math.floor((count - 1) / 2));
  nthElement(places, nth, (a, b) => at(a) < at(b) || (Number.isNaN(at(b)) && !Number.isNaN(at(a))));
  return places[nth];
}

for (const [name, node, choice] of [
  ['median', 'Median', middle],
  ['nanmedian', 'Nanmedian', middleOfNumbers],
] as const) {
  op(`fm ${name}(Tensor input) -> Tensor`, {
    node: `${node}Backward0`,
    forward: (self: Tensor) => {
      if (self.numel === 0) return cast(full([], Number.NaN, float32), self.dtype);
      refuseBool('median_cpu', self);
      return chosen(self, wrapDims(null, self.ndim), false, choice)[0];
    },
    save: ({ args: [self], result }) => ({ self, result }),
    backward: (grad, { self, result }) => spreadEvenly(grad, self, result),
    forwardMode: readEvenly,
  });
  ranked<[dim: number, keepdim: boolean]>(
    `fm ${name}(Tensor input, int dim, bool keepdim=False) -> ${name}(Tensor values, Tensor indices)`,
    `${node}Backward1`,
    (dim, keepdim) => ({ dim, keepdim }),
    (self) => {
      refuseBool('median_out', self);
      return choice;
    },
  );
}

export const kthValue = ranked<[k: number, dim: number, keepdim: boolean]>(
  'fm kthvalue(Tensor input, int k, int dim=-1, bool keepdim=False) -> kthvalue(Tensor values, Tensor indices)',
  'KthvalueBackward0',
  (_, dim, keepdim) => ({ dim, keepdim }),
  (self, size, k, dim) => {
    check(
      k >= 1 && k <= size,
      () => `kthvalue(): selected number k out of range for dimension ${wrapDim(dim, self.ndim)}`,
    );
    if (self.ndim > 0) refuseBool('kthvalue_cpu', self);
    return (count, at) => {
      const places = range(count);
      quickSelect(places, k - 1, (a, b) => at(a) > at(b) || (Number.isNaN(at(a)) && !Number.isNaN(at(b))));
      return places[k - 1];
    };
  },
);

/** The value that occurs most often, the smallest of those; it stands where its last occurrence does. */
export const mode = ranked<[dim: number, keepdim: boolean]>(
  'fm mode(Tensor input, int dim=-1, bool keepdim=False) -> mode(Tensor values, Tensor indices)',
  'ModeBackward0',
  (dim, keepdim) => ({ dim, keepdim }),
  () => (count, at) => {
    const places = range(count);
    introSort(places, count, (a, b) => at(a) < at(b) || (Number.isNaN(at(b)) && !Number.isNaN(at(a))));
    let best = places[0];
    let longest = 0;
    let run = 0;
    places.forEach((place, i) => {
      run = i > 0 && at(place) === at(places[i - 1]) ? run + 1 : 1;
      if (run > longest) [longest, best] = [run, place];
    });
    return best;
  },
);
