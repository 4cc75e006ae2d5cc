import { cast, copyInto } from '../kernels/elementwise.ts';
import { add } from '../ops/arithmetic.ts';
import { cloneContiguous } from '../ops/copy.ts';
import { copy_, detach } from '../ops/inplace.ts';
import { empty, type Tensor } from '../tensor.ts';
import { modes } from './modes.ts';
import type { AccumulateGrad } from './node.ts';

/** Adds a gradient to `.grad` of a leaf: into the same tensor, unless the addition itself is recorded. */
export function accumulate(node: AccumulateGrad, gradient: Tensor | null | undefined): void {
  const { variable } = node;
  if (!gradient || !variable.requiresGradFlag) return;
  if (variable.grad === null) variable.grad = ownCopy(gradient, variable);
  else if (modes.grad) variable.grad = add(variable.grad, gradient);
  else addInto(variable.grad, gradient);
  if (variable.afterAccumulate !== null) {
    for (const hook of [...variable.afterAccumulate.values()]) hook(variable);
  }
}

/** A gradient of the leaf's own: laid out like the leaf, shared with nobody. */
function ownCopy(gradient: Tensor, variable: Tensor): Tensor {
  const dense = isDense(variable);
  if (modes.grad && !dense) return cloneContiguous(gradient);
  const copy = empty(gradient.shape, gradient.dtype, dense ? variable.strides : undefined);
  if (modes.grad) return copy_(copy, gradient);
  copyInto(copy, gradient);
  return copy;
}

/** Do the elements of `tensor` fill a block of memory, in whatever order of the dimensions? */
function isDense(tensor: Tensor): boolean {
  if (tensor.isContiguous) return true;
  const dims = tensor.shape.map((_, d) => d).filter((d) => tensor.shape[d] !== 1);
  let step = 1;
  for (const d of dims.sort((a, b) => tensor.strides[a] - tensor.strides[b])) {
    if (tensor.strides[d] !== step) return false;
    step *= tensor.shape[d];
  }
  return true;
}

function addInto(target: Tensor, gradient: Tensor): void {
  copyInto(target, add(detach(target), cast(gradient, target.dtype)));
  target.version.value++;
}
