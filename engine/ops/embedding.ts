import { scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { empty, type Tensor } from '../tensor.ts';
import { maskedFill } from './choose.ts';
import { eqScalar } from './compare.ts';
import { indexAdd, indexSelect } from './index_along.ts';
import { op } from './op.ts';
import { reshape, unsqueeze } from './view.ts';

const flat = (indices: Tensor): Tensor => reshape(indices, [indices.numel]);

/** The rows of `weight` that `indices` name; the row `padding_idx` gets no gradient. */
export const embedding = op(
  'f nn.functional._embedding(Tensor weight, Tensor indices, int padding_idx) -> Tensor',
  {
    node: 'EmbeddingBackward0',
    inputs: (weight) => [weight],
    forward: (weight: Tensor, indices: Tensor, _padding: number) => {
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
    save: ({ args: [weight, indices, padding_idx] }) => ({ indices, padding_idx, sizes: weight.shape }),
    backward: (grad, { indices, padding_idx, sizes }) => {
      const isPadding = unsqueeze(eqScalar(indices, scalar(padding_idx, 2)), -1);
      const kept = padding_idx === NO_PADDING ? grad : maskedFill(grad, isPadding, scalar(0));
      const rows = reshape(kept, [indices.numel, sizes[1]]);
      return indexAdd(empty(sizes, grad.dtype), 0, flat(indices), rows);
    },
    forwardMode: 'linear',
  },
);

/** What PyTorch passes where no row is the padding. */
const NO_PADDING = -1;
