import { check } from '../errors.ts';
import { numelOf, sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, mul } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { fused } from './fused.ts';
import { register } from './op.ts';
import { refuseBool } from './supported.ts';
import { reshape, unsqueeze } from './view.ts';

/** Σ over i and j of x1ᵢ · weightₒᵢⱼ · x2ⱼ, for each row. */
const trilinear = fused('f _trilinear(Tensor i1, Tensor i2, Tensor i3) -> Tensor', {
  compose: (x1: Tensor, weight: Tensor, x2: Tensor) => {
    const left = mul(unsqueeze(unsqueeze(x1, 1), -1), weight);
    return sumDims(mul(left, unsqueeze(unsqueeze(x2, 1), 1)), [-2, -1]);
  },
});

/** x1ᵀ W x2 + b for each output. */
export const bilinear = register(
  'f nn.functional.bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor',
  (x1: Tensor, x2: Tensor, weight: Tensor, bias: Tensor | null) => {
    const lead = x1.shape.slice(0, -1);
    check(sameShape(lead, x2.shape.slice(0, -1)), () => 'bilinear(): input batch dimensions do not match');
    refuseBool('bmm', x1);
    const rows = numelOf(lead);
    const flat = (x: Tensor): Tensor => reshape(x, [rows, x.shape[x.ndim - 1]]);
    const product = reshape(trilinear(flat(x1), weight, flat(x2)), [...lead, weight.shape[0]]);
    return bias === null ? product : add(product, bias);
  },
);
