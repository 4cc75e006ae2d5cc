import { bool, scalar } from '../dtype.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { full, type Tensor } from '../tensor.ts';
import { add, asTensor, mul, mulScalar } from './arithmetic.ts';
import { maskedFill } from './choose.ts';
import { amax } from './extremes.ts';
import { fused } from './fused.ts';
import { matmul } from './matmul.ts';
import { define, register } from './op.ts';
import { triu } from './rearrange.ts';
import { factor } from './reduction.ts';
import { softmax, softmaxBackward } from './softmax.ts';
import { zerosFor } from './unary.ts';
import { transpose } from './view.ts';

/** For each query and key: is the key after the query? */
const later = (scores: Tensor): Tensor => triu(full(scores.shape.slice(-2), 1, bool), 1);

/** What is added to scores so that only what `seen` says is seen. */
const hiding = (seen: Tensor, like: Tensor): Tensor =>
  mapUnary(seen, like.dtype, (x) => (x ? 0 : Number.NEGATIVE_INFINITY));

function hidden(scores: Tensor, mask: Tensor | null, isCausal: boolean): Tensor {
  if (isCausal) {
    const none = zerosFor(full(scores.shape.slice(-2), 0, scores.dtype));
    return add(scores, maskedFill(none, later(scores), scalar(Number.NEGATIVE_INFINITY)));
  }
  if (mask === null) return scores;
  return add(scores, mask.dtype === bool ? hiding(mask, scores) : mask);
}

/** softmax along the last dimension, and 0 where nothing is seen. */
const safeSoftmax = define('SafeSoftmaxBackward0', {
  inputs: (self: Tensor, _: number) => [self],
  forward: (self: Tensor, dim: number) => {
    const blind = mapUnary(amax(self, [dim], true), bool, (x) => (x === Number.NEGATIVE_INFINITY ? 1 : 0));
    return maskedFill(softmax(self, dim), blind, scalar(0));
  },
  save: ({ args: [, dim], result }) => ({ dim, result }),
  backward: (grad, { dim, result }) => softmaxBackward(grad, result, dim),
  forwardMode: 'elementwise',
  batch: { along: 1 },
});

/** softmax(query · keyᵀ · scale + mask) · value, as one step; causal, a query sees only the keys that are not after it. */
export const flashAttention = fused(
  'f nn.functional._flash_attention(Tensor query, Tensor key, Tensor value, float dropout_p, bool is_causal, Tensor? attn_mask, float scale) -> Tensor',
  {
    node: 'ScaledDotProductFlashAttentionForCpuBackward0',
    inputs: (query, key, value) => [query, key, value],
    gradientNode: 'NotImplemented',
    gradientOnce: '_scaled_dot_product_flash_attention_for_cpu_backward',
    forwardMode: { refused: '_scaled_dot_product_flash_attention_for_cpu' },
    compose: (
      query: Tensor,
      key: Tensor,
      value: Tensor,
      _: number,
      isCausal: boolean,
      mask: Tensor | null,
      scale: number,
    ) => {
      const scores = mul(matmul(query, transpose(key, -2, -1)), asTensor(scale));
      return matmul(safeSoftmax(hidden(scores, mask, isCausal), -1), value);
    },
  },
);

/** How much each query makes of each key; both are scaled by the root, which keeps the products small. */
register(
  'f nn.functional._attention_weights(Tensor query, Tensor key, Tensor? attn_mask, bool is_causal, float scale) -> Tensor',
  (query: Tensor, key: Tensor, mask: Tensor | null, isCausal: boolean, scale: number) => {
    const root = factor(Math.sqrt(Math.abs(scale)));
    const queries = mulScalar(query, factor(scale < 0 ? -root.value : root.value));
    const scores = matmul(queries, mulScalar(transpose(key, -2, -1), root));
    return safeSoftmax(hidden(scores, mask, isCausal), -1);
  },
);
