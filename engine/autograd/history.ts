import { fail } from '../errors.ts';
import type { Tensor, View, ViewRestriction } from '../tensor.ts';
import { modes } from './modes.ts';
import { AccumulateGrad, type Edge, type Node, shortName } from './node.ts';

/** Makes the node of a view whose base was changed in place; ops/inplace.ts, which knows `as_strided`, sets it. */
export const viewReplay: { node: (view: Tensor, base: Tensor) => Node } = {
  node: () => fail('the engine was loaded without its in-place operations'),
};

/** The node that made `tensor`, or null for a leaf. A view whose base changed since gets a new one. */
export function gradFn(tensor: Tensor): Node | null {
  const { view } = tensor;
  if (view === null || (tensor.recordedFn === null && !view.base.requiresGrad)) return tensor.recordedFn;
  if (view.gradFnVersion !== tensor.version.value) {
    checkViewMayChange(tensor, view, 'base');
    replaceHistory(tensor, viewReplay.node(tensor, view.base), 0);
    view.gradFnVersion = tensor.version.value;
  }
  return tensor.recordedFn;
}

export const isLeaf = (tensor: Tensor): boolean => gradFn(tensor) === null;

/** Where the gradient of `tensor` goes; null when nobody wants it. */
export function gradientEdge(tensor: Tensor): Edge | null {
  const node = gradFn(tensor);
  if (node !== null) return { node, nr: tensor.outputNr };
  if (!tensor.requiresGradFlag) return null;
  tensor.accumulator ??= new AccumulateGrad(tensor);
  return { node: tensor.accumulator, nr: 0 };
}

/** Gives `tensor` another node. That it retains its gradient stays true; its hooks stay with the old node. */
export function replaceHistory(tensor: Tensor, node: Node, nr: number): void {
  if (tensor.retainsGrad) {
    tensor.recordedFn?.retained?.delete(tensor.outputNr);
    node.retained ??= new Map();
    node.retained.set(nr, tensor);
  }
  tensor.recordedFn = node;
  tensor.outputNr = nr;
}

/** Ties a freshly made tensor to its node. */
export function setHistory(tensor: Tensor, node: Node): void {
  tensor.recordedFn = node;
  tensor.outputNr = node.addOutput(tensor);
}

const remedy = (mode: string): string =>
  `Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the ${mode} block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).`;

/**
 * Refuses in-place changes of views that autograd could not follow.
 * @param changed what is being changed: the view itself, or its base behind its back
 */
export function checkViewMayChange(tensor: Tensor, view: View, changed: 'view' | 'base'): void {
  if (view.restriction === 'none') return;
  const happened =
    changed === 'view'
      ? 'is being modified inplace'
      : 'its base or another view of its base has been modified inplace';
  const node = tensor.recordedFn;
  const made = node
    ? `Output ${tensor.outputNr} of ${shortName(node.name)} is a view of a view which was created in`
    : 'A view was created in';
  if (view.restriction === 'no_grad') {
    fail(`${made} no_grad mode and ${happened} with grad mode enabled. ${remedy('no_grad')}`);
  }
  if (view.restriction === 'inference') {
    fail(`${made} inference mode and ${happened} in normal mode. ${remedy('inference_mode')}`);
  }
  const subject = node
    ? `Output ${tensor.outputNr} of ${shortName(node.name)} is a view and ${happened}.`
    : `A view was created in no_grad mode and ${happened} with grad mode enabled.`;
  fail(
    view.restriction === 'multiple outputs'
      ? `${subject} This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.`
      : `${subject} This view was created inside a custom Function (or because an input was returned as-is) and the autograd logic to handle view+inplace would override the custom backward associated with the custom Function, leading to incorrect gradients. This behavior is forbidden. You can fix this by cloning the output of the custom Function.`,
  );
}

/** Makes `tensor` a differentiable view of `source` (of its base, where `source` is a view itself). */
export function setView(tensor: Tensor, source: Tensor, restriction: ViewRestriction): void {
  const own = modes.inference ? 'inference' : modes.grad ? restriction : 'no_grad';
  const inherited = source.view?.restriction ?? 'none';
  tensor.view = {
    base: source.view?.base ?? source,
    restriction: own === 'none' ? inherited : own,
    gradFnVersion: tensor.version.value,
  };
}
