import type { Data, DType } from '../dtype.ts';
import { elementOffsets, reducedShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';

/** The places of a reduction, from the tensor's offset: where each result's run starts, and the steps within a run. */
export interface Runs {
  readonly starts: Int32Array;
  readonly steps: Int32Array;
}

/** Splits the elements of `self` into runs along `dims`, one for each element of the result. */
export function runsOf(self: Tensor, dims: readonly number[]): Runs {
  const kept = self.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const inner = [...dims].sort((a, b) => a - b);
  const starts = elementOffsets(
    kept.map((d) => self.shape[d]),
    kept.map((d) => self.strides[d]),
  );
  const steps = elementOffsets(
    inner.map((d) => self.shape[d]),
    inner.map((d) => self.strides[d]),
  );
  return { starts, steps };
}

/** Reduces each run along `dims` to one number. */
export function reduce(
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
  dtype: DType,
  fold: (data: Data, start: number, steps: Int32Array) => number,
): Tensor {
  const out = empty(reducedShape(self.shape, dims, keepdim), dtype);
  const { starts, steps } = runsOf(self, dims);
  const to = out.storage.data;
  for (let i = 0; i < starts.length; i++) to[i] = fold(self.storage.data, self.offset + starts[i], steps);
  return out;
}

export const foldProduct = (data: Data, start: number, steps: Int32Array): number => {
  let product = 1;
  for (let i = 0; i < steps.length; i++) product *= data[start + steps[i]];
  return product;
};

/** The position of the extreme element of a run; NaN wins, the first of equals wins. */
export const positionOf =
  (beats: (x: number, best: number) => boolean) =>
  (data: Data, start: number, steps: Int32Array): number => {
    let best = 0;
    for (let i = 0; i < steps.length; i++) {
      const x = data[start + steps[i]];
      if (Number.isNaN(x)) return i;
      if (beats(x, data[start + steps[best]])) best = i;
    }
    return best;
  };
