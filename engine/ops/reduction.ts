import { FLOAT } from '../dtype.ts';
import { numelOf, type Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, div } from './arithmetic.ts';
import { expand, sum } from './broadcast.ts';
import { mean } from './reduce.ts';

/** How a loss is brought to one number: 0 not at all, 1 its mean, 2 its sum. */
export type Reduction = number;

export const reduced = (losses: Tensor, reduction: Reduction): Tensor =>
  reduction === 0 ? losses : reduction === 1 ? mean(losses) : sum(losses);

/** The gradient of each single loss, from that of the reduced one. */
export const spread = (grad: Tensor, shape: Shape, reduction: Reduction): Tensor => {
  if (reduction === 0) return grad;
  const each = expand(grad, shape);
  return reduction === 1 ? div(each, asTensor(numelOf(shape))) : each;
};

/** A factor as formulas write it. */
export const factor = (value: number) => ({ value, category: FLOAT }) as const;
