import { scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { empty, type Tensor } from '../tensor.ts';
import { div } from './arithmetic.ts';
import { maskedFill } from './choose.ts';
import { eqScalar } from './compare.ts';
import { contiguousData } from './copy.ts';
import { indexAdd, indexSelect } from './index_along.ts';
import { define, op } from './op.ts';
import { reshape, unsqueeze } from './view.ts';

/** What PyTorch passes where no row is the padding. */
const NO_PADDING = -1;

const flat = (indices: Tensor): Tensor => reshape(indices, [indices.numel]);

/** How often each index occurs, at each of its places. */
export function frequencies(indices: Tensor, like: Tensor): Tensor {
  const rows = contiguousData(indices);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  const out = empty([indices.numel, 1], like.dtype);
  rows.forEach((row, i) => {
    out.storage.data[i] = counts.get(row) ?? 0;
  });
  return out;
}

/** The gradient of the rows, each added up over its places: a node of its own. */
const embeddingBackward = define('EmbeddingDenseBackwardBackward0', {
  inputs: (grad: Tensor, ..._: unknown[]) => [grad],
  forward: (grad: Tensor, indices: Tensor, count: number, padding: number, scale: boolean) => {
    const width = grad.shape[grad.ndim - 1];
    const isPadding = unsqueeze(eqScalar(indices, scalar(padding, 2)), -1);
    const kept = padding === NO_PADDING ? grad : maskedFill(grad, isPadding, scalar(0));
    const rows = reshape(kept, [indices.numel, width]);
    const scaled = scale ? div(rows, frequencies(indices, rows)) : rows;
    return indexAdd(empty([count, width], grad.dtype), 0, flat(indices), scaled);
  },
  save: ({ args: [, indices, , padding_idx] }) => ({ indices, padding_idx }),
  backward: (grad, { indices, padding_idx }) => {
    const rows = reshape(indexSelect(grad, 0, flat(indices)), [...indices.shape, grad.shape[1]]);
    if (padding_idx === NO_PADDING) return rows;
    return maskedFill(rows, unsqueeze(eqScalar(indices, scalar(padding_idx, 2)), -1), scalar(0));
  },
  forwardMode: 'linear',
});

/** The rows of `weight` that `indices` name; the row `padding_idx` gets no gradient. */
export const embedding = op(
  'f nn.functional._embedding(Tensor weight, Tensor indices, int padding_idx, bool scale_grad_by_freq) -> Tensor',
  {
    node: 'EmbeddingBackward0',
    inputs: (weight) => [weight],
    forward: (weight: Tensor, indices: Tensor, _padding: number, _: boolean) => {
      check(weight.ndim === 2, () => "'weight' must be 2-D");
      check(
        indices.dtype.name === 'int64' || indices.dtype.name === 'int32',
        () =>
          `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${indices.dtype.scalarName}Tensor instead (while checking arguments for embedding)`,
      );
      const rows = indexSelect(weight, 0, flat(indices));
      const out = empty([...indices.shape, weight.shape[1]], weight.dtype);
      out.storage.data.set(rows.storage.data);
      return out;
    },
    save: ({ args: [weight, indices, padding_idx, scale_grad_by_freq] }) => ({
      indices,
      padding_idx,
      scale_grad_by_freq,
      sparse: false,
      weight_sym_argsize_0: weight.shape[0],
    }),
    backward: (grad, { indices, padding_idx, scale_grad_by_freq, weight_sym_argsize_0 }) =>
      embeddingBackward(grad, indices, weight_sym_argsize_0, padding_idx, scale_grad_by_freq),
    forwardMode: 'linear',
  },
);
