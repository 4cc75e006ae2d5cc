import { add } from '../ops/arithmetic.ts';
import { clone } from '../ops/copy.ts';
import type { Grads, Node } from './node.ts';

/** The gradients of a node's outputs after the hooks of the tensors they belong to; these see null, too. */
export function runTensorHooks(tensorHooks: NonNullable<Node['tensorHooks']>, grads: Grads): Grads {
  const result = [...grads];
  for (const [nr, hooks] of tensorHooks) {
    for (const hook of [...hooks.values()]) result[nr] = hook(result[nr]) ?? result[nr];
  }
  return result;
}

/** Puts gradients into `.grad` of the non-leaves that retain them. */
export function keepRetained(retained: NonNullable<Node['retained']>, grads: Grads): void {
  for (const [nr, tensor] of retained) {
    const grad = grads[nr];
    if (!grad) continue;
    // A second backward adds to what the first one left.
    tensor.grad = tensor.grad === null ? clone(grad) : add(tensor.grad, grad);
  }
}

export function runPreHooks(preHooks: NonNullable<Node['preHooks']>, grads: Grads): Grads {
  let result = grads;
  for (const hook of [...preHooks.values()]) result = hook(result) ?? result;
  return result;
}

export function runPostHooks(
  postHooks: NonNullable<Node['postHooks']>,
  gradients: Grads,
  grads: Grads,
): Grads {
  let result = gradients;
  for (const hook of [...postHooks.values()]) result = hook(result, grads) ?? result;
  return result;
}
