import { int64, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { empty, type Tensor } from '../tensor.ts';
import { div, mul } from './arithmetic.ts';
import { maskedFill } from './choose.ts';
import { eqScalar } from './compare.ts';
import { clone, contiguousData } from './copy.ts';
import { frequencies } from './embedding.ts';
import { fused } from './fused.ts';
import { indexAdd, indexSelect } from './index_along.ts';
import { define } from './op.ts';
import { gather } from './scatter.ts';
import { requireFloating } from './supported.ts';
import { unsqueeze } from './view.ts';

/** How the rows of a bag become one. */
const SUM = 0;
const MEAN = 1;
const MAX = 2;

/** In which bag each index is: bag b begins at offsets[b]. */
function bagsOf(count: number, offsets: Tensor, bags: number): Tensor {
  const starts = contiguousData(offsets);
  const out = empty([count], int64);
  let bag = 0;
  for (let i = 0; i < count; i++) {
    while (bag + 1 < bags && starts[bag + 1] <= i) bag++;
    out.storage.data[i] = bag;
  }
  return out;
}

/** For each bag and column, the row with the largest number; -1 for a bag without rows. */
function largestRows(weight: Tensor, indices: Tensor, bag: Tensor, bags: number, padding: number): Tensor {
  const width = weight.shape[1];
  const best = empty([bags, width], int64);
  best.storage.data.fill(-1);
  const numbers = contiguousData(weight);
  contiguousData(indices).forEach((row, i) => {
    if (row === padding) return;
    for (let c = 0; c < width; c++) {
      const at = bag.storage.data[i] * width + c;
      const known = best.storage.data[at];
      if (known < 0 || numbers[row * width + c] > numbers[known * width + c]) best.storage.data[at] = row;
    }
  });
  return best;
}

/** `rows` as they are; only their gradients are divided. */
const slowed = define('EmbeddingBagBackward0', {
  inputs: (rows: Tensor, _: Tensor) => [rows],
  forward: (rows: Tensor, _: Tensor) => clone(rows),
  save: ({ args: [, divisors] }) => ({ divisors }),
  backward: (grad, { divisors }) => div(grad, divisors),
  forwardMode: (tangents) => tangents[0] as Tensor,
});

/** The rows of `weight` that the indices of each bag name, added up, averaged, or the largest numbers of them. */
fused(
  'f nn.functional._embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, int padding_idx) -> Tensor',
  {
    node: 'EmbeddingBagBackward0',
    gradientNode: 'EmbeddingBagBackwardBackward0',
    gradientInputs: (_, __, ___, ____, _____, ______, each) => [each],
    forwardMode: { refused: '_embedding_bag' },
    inputs: (weight, _, __, ___, ____, _____, each) => [weight, each],
    names: [
      'weight',
      'indices',
      'offsets',
      'scale_grad_by_freq',
      'mode',
      'sparse',
      'per_sample_weights',
      '_include_last_offset',
      'padding_idx',
    ],
    compose: (
      weight: Tensor,
      indices: Tensor,
      offsets: Tensor,
      byFrequency: boolean,
      mode: number,
      _: boolean,
      each: Tensor | null,
      includeLast: boolean,
      padding: number,
    ) => {
      requireFloating('embedding_bag', weight);
      check(
        each === null || mode === SUM,
        () => "embedding_bag: per_sample_weights only supported with mode='sum'",
      );
      const bags = offsets.numel - (includeLast ? 1 : 0);
      const bag = bagsOf(indices.numel, offsets, bags);
      const width = weight.shape[1];
      if (mode === MAX) {
        const rows = largestRows(weight, indices, bag, bags, padding);
        const none = eqScalar(rows, scalar(-1, 2));
        return maskedFill(gather(weight, 0, maskedFill(rows, none, scalar(0, 2))), none, scalar(0));
      }
      const rows = indexSelect(weight, 0, indices);
      const chosen = byFrequency ? slowed(rows, frequencies(indices, rows)) : rows;
      const weighted = each === null ? chosen : mul(chosen, unsqueeze(each, -1));
      const isPadding = eqScalar(indices, scalar(padding, 2));
      const kept = padding < 0 ? weighted : maskedFill(weighted, unsqueeze(isPadding, -1), scalar(0));
      const sums = indexAdd(empty([bags, width], weight.dtype), 0, bag, kept);
      if (mode !== MEAN) return sums;
      const counts = empty([bags, 1], weight.dtype);
      contiguousData(indices).forEach((row, i) => {
        if (row !== padding) counts.storage.data[bag.storage.data[i]]++;
      });
      for (let i = 0; i < bags; i++) counts.storage.data[i] = Math.max(counts.storage.data[i], 1);
      return div(sums, counts);
    },
  },
);
