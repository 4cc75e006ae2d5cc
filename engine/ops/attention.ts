import { bool, scalar } from '../dtype.ts';
import { full, type Tensor } from '../tensor.ts';
import { asTensor, mul } from './arithmetic.ts';
import { maskedFill } from './choose.ts';
import { fused } from './fused.ts';
import { matmul } from './matmul.ts';
import { triu } from './rearrange.ts';
import { softmax } from './softmax.ts';
import { transpose } from './view.ts';

/** softmax(query · keyᵀ · scale) · value; causal, a query sees only the keys that are not after it. */
export const flashAttention = fused(
  'f nn.functional._flash_attention(Tensor query, Tensor key, Tensor value, bool is_causal, float scale) -> Tensor',
  {
    node: 'ScaledDotProductFlashAttentionForCpuBackward0',
    forwardMode: { refused: '_scaled_dot_product_flash_attention_for_cpu' },
    compose: (query: Tensor, key: Tensor, value: Tensor, isCausal: boolean, scale: number) => {
      const scores = mul(matmul(query, transpose(key, -2, -1)), asTensor(scale));
      const seen = isCausal ? maskedFill(scores, later(scores), scalar(Number.NEGATIVE_INFINITY)) : scores;
      return matmul(softmax(seen, -1), value);
    },
  },
);

/** For each query and key: is the key after the query? */
const later = (scores: Tensor): Tensor => triu(full(scores.shape.slice(-2), 1, bool), 1);
