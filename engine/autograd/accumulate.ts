import { addInto, copyInto } from '../kernels/elementwise.ts';
import { add } from '../ops/arithmetic.ts';
import { cloneContiguous } from '../ops/copy.ts';
import { copy_ } from '../ops/inplace.ts';
import { add_ } from '../ops/inplace_forms.ts';
import { isDense } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { modes } from './modes.ts';
import type { AccumulateGrad } from './node.ts';

/** Adds a gradient to `.grad` of a leaf: into the same tensor, unless the addition itself is recorded. */
export function accumulate(node: AccumulateGrad, gradient: Tensor | null | undefined): void {
  const { variable } = node;
  if (!gradient || !variable.requiresGradFlag) return;
  if (variable.grad === null) variable.grad = own(gradient, variable);
  else if (modes.grad) variable.grad = add(variable.grad, gradient);
  else addInPlace(variable.grad, gradient);
  if (variable.afterAccumulate !== null) {
    for (const hook of [...variable.afterAccumulate.values()]) hook(variable);
  }
}

/** total += gradient, unrecorded. */
export function addInPlace(total: Tensor, gradient: Tensor): void {
  const plain = total.view === null && !total.version.off && !modes.forward;
  if (plain && addInto(total, gradient)) total.version.value++;
  else add_(total, gradient);
}

/** A gradient of the leaf's own: laid out like the leaf, shared with nobody. One that is so already is kept. */
function own(gradient: Tensor, variable: Tensor): Tensor {
  const alike = isLaidOutAs(gradient, variable);
  if (!modes.grad && alike && isUnshared(gradient)) return gradient;
  if (!isDense(variable.shape, variable.strides)) return cloneContiguous(gradient);
  const result = empty(gradient.shape, gradient.dtype, alike ? gradient.strides : variable.strides);
  if (modes.grad || modes.forward) return copy_(result, gradient);
  copyInto(result, gradient);
  if (!result.version.off) result.version.value++;
  return result;
}

/** Does `gradient` lie in memory as the leaf does? Dimensions of size 1 may have any strides. */
const isLaidOutAs = (gradient: Tensor, { shape, strides }: Tensor): boolean =>
  isDense(shape, strides) &&
  gradient.shape.every((size, d) => size === 1 || gradient.strides[d] === strides[d]);

/** Was `gradient` made on the way to one place alone, and has nobody seen it? */
export const isUnshared = ({ storage, numel, handle, view, wrapped }: Tensor): boolean =>
  storage.handedOn === 1 &&
  handle === 0 &&
  view === null &&
  wrapped === null &&
  storage.data.length === numel;
