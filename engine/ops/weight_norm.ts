import { check } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import { div, mul } from './arithmetic.ts';
import { contiguous } from './copy.ts';
import { fused } from './fused.ts';
import { vectorNorm } from './norm.ts';
import { register } from './op.ts';
import { transpose, view } from './view.ts';

/** The norm over all dimensions but one, which the result keeps; -1 for the norm over all. */
const normExcept = register(
  'f norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor',
  (v: Tensor, p: number, dim: number): Tensor => {
    const flat = (x: Tensor, size: number): Tensor => view(contiguous(x), [size, -1]);
    if (dim === -1) return vectorNorm(v, p, null, false);
    const sizes = v.shape.map((size, d) => (d === dim ? size : 1));
    if (dim === 0) return view(vectorNorm(flat(v, v.shape[0]), p, [1], false), sizes);
    if (dim === v.ndim - 1) {
      return view(vectorNorm(view(contiguous(v), [-1, v.shape[dim]]), p, [0], false), sizes);
    }
    return transpose(normExcept(transpose(v, 0, dim), p, 0), 0, dim);
  },
);

/** v brought to the length g, along each of the places of a dimension. */
fused('f _weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor', {
  node: 'WeightNormInterfaceBackward0',
  compose: (v: Tensor, g: Tensor, dim: number) => {
    check(v.dtype === g.dtype, () => 'weight_norm: expected v and g to have the same dtype');
    return mul(v, div(g, normExcept(v, 2, dim)));
  },
});
