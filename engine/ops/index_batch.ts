import { int64 } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import { fromData, type Tensor } from '../tensor.ts';
import { movedim, view } from './view.ts';

// Indexing under vmap: one more index tensor, which counts the examples, stands before the others.

type Indices = readonly (Tensor | null)[];

/** The indices of the whole batch, from those of each example with the batch as their first dimension. */
export function batchedIndices(size: number, indices: Indices): Indices {
  const rank = indexRank(indices);
  const counting = fromData(
    Float64Array.from({ length: size }, (_, i) => i),
    [size, ...ones(rank)],
    int64,
  );
  const aligned = indices.map((index) => index && padded(index, rank));
  return [counting, ...aligned];
}

/** How many dimensions the indices of one example broadcast to. */
const indexRank = (indices: Indices): number =>
  Math.max(0, ...indices.map((index) => (index === null ? 0 : index.ndim - 1)));

const ones = (count: number): Shape => new Array<number>(Math.max(count, 0)).fill(1);

/** A batch of examples, each with dimensions of size 1 in front until it has `rank`. */
export const padded = (batch: Tensor, rank: number): Tensor =>
  view(batch, [batch.shape[0], ...ones(rank - batch.ndim + 1), ...batch.shape.slice(1)]);

/** How many dimensions stand before the indices, where these follow one another; -1 where they don't. */
function leadOf(indices: Indices): number {
  const lead = indices.findIndex((index) => index !== null);
  return indices.slice(lead).includes(null) ? -1 : lead;
}

/**
 * The chosen dimensions of a batch stand in front, next to the batch; where the indices of an example follow one
 * another, they belong in the place of what they index.
 */
export function placeIndexed(result: Tensor, indices: Indices): Tensor {
  const lead = leadOf(indices);
  if (lead <= 0) return result;
  const rank = indexRank(indices);
  const dims = Array.from({ length: rank }, (_, d) => d + 1);
  return movedim(
    result,
    dims,
    dims.map((d) => d + lead),
  );
}

/** The opposite, for values that are written; they get as many dimensions as the indexed part has. */
export function placeValues(values: Tensor, self: Tensor, indices: Indices): Tensor {
  const rank = indexRank(indices);
  const full = padded(values, rank + self.ndim - 1 - indices.filter((index) => index !== null).length);
  const lead = leadOf(indices);
  if (lead <= 0) return full;
  const dims = Array.from({ length: rank }, (_, d) => d + 1);
  return movedim(
    full,
    dims.map((d) => d + lead),
    dims,
  );
}
