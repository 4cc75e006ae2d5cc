import { isLeaf } from '../autograd/history.ts';
import { modes, withGrad } from '../autograd/modes.ts';
import { AccumulateGrad, type Edge, type Grads, Node } from '../autograd/node.ts';
import { FREED } from '../autograd/saved_tensor.ts';
import { float32 } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import { detach, rebaseHistory, refuseViewOfLeaf } from './inplace.ts';
import { edgesOf, OpNode } from './op.ts';
import { view } from './view.ts';

/** The node of a `torch.autograd.Function`: its formula is somebody else's. */
export class CustomNode extends OpNode {
  readonly #formula: (grads: Grads) => Grads;
  #released = false;

  /** `inputs` are the tensors among the arguments; none of them where nothing is to be recorded. */
  constructor(name: string, inputs: readonly Tensor[], formula: (node: CustomNode, grads: Grads) => Grads) {
    super(name, edgesOf(inputs), () => null);
    this.#formula = (grads) => formula(this, grads);
  }

  override apply(grads: Grads): Grads {
    return this.#formula(grads);
  }

  override release(): void {
    super.release();
    this.#released = true;
  }

  /** What `save_for_backward` has kept. @throws RuntimeError when it has been freed. */
  savedTensors(): readonly (Tensor | null)[] {
    if (this.#released) fail(FREED);
    return (this.savedValue('saved_tensors') ?? []) as (Tensor | null)[];
  }
}

/** One result of a custom `forward`, and what has been said of it. */
export interface CustomOutput {
  /** Null for what is no tensor. */
  readonly tensor: Tensor | null;
  readonly isInput: boolean;
  readonly isDirty: boolean;
  readonly isConstant: boolean;
  /** Saved by a `setup_context`, which doesn't see that an input is given back as a view. */
  readonly isSavedByContext: boolean;
}

/** Makes what `forward` has returned the results of `node`; gives the tensors that the caller is to get. */
export function finishOutputs(
  node: CustomNode,
  recorded: boolean,
  outputs: readonly CustomOutput[],
): (Tensor | null)[] {
  let differentiable = 0;
  const results = outputs.map((output, nr) => {
    if (output.tensor === null) {
      node.addOutput(NOTHING);
      return null;
    }
    const hasGradient = recorded && !output.isConstant && output.tensor.isFloating;
    if (hasGradient) differentiable++;
    node.addOutput(output.tensor);
    const result = hasGradient
      ? withHistory(output.tensor, output, node, nr, outputs.length)
      : withoutHistory(output.tensor, output);
    if (result.view !== null && !(output.isInput && output.isDirty)) {
      result.view.restriction = 'custom function';
    }
    return result;
  });
  if (differentiable > 1) {
    for (const result of results) {
      if (result !== null && result.view !== null) result.view.restriction = 'multiple outputs';
    }
  }
  return results;
}

/** Stands in a node's outputs for a result that is no tensor. */
const NOTHING = { shape: [], dtype: float32 };

function withHistory(
  tensor: Tensor,
  output: CustomOutput,
  node: CustomNode,
  nr: number,
  count: number,
): Tensor {
  if (output.isDirty) {
    check(
      !(tensor.requiresGradFlag && isLeaf(tensor)),
      () => 'a leaf Variable that requires grad has been used in an in-place operation.',
    );
    if (!output.isInput) warnings.emit(ONLY_INPUTS, 'UserWarning');
    check(tensor.view === null || count === 1, () => ONE_RESULT);
    refuseViewOfLeaf(tensor);
    tensor.grad = null;
    rebaseHistory(tensor, node, nr);
    return tensor;
  }
  const result = output.isInput ? viewOfInput(tensor, output) : tensor;
  result.requiresGradFlag = false;
  result.recordedFn = node;
  result.outputNr = nr;
  if (result.view !== null) result.view.gradFnVersion = result.version.value;
  return result;
}

function withoutHistory(tensor: Tensor, output: CustomOutput): Tensor {
  if (!tensor.requiresGrad) return output.isInput && !output.isDirty ? viewOfInput(tensor, output) : tensor;
  if (output.isInput) return detach(tensor);
  if (tensor.view === null) {
    tensor.recordedFn = null;
    tensor.requiresGradFlag = false;
    tensor.outputNr = 0;
  }
  return tensor;
}

/** An input that is given back as it is becomes another tensor, so that it can have another history. */
function viewOfInput(tensor: Tensor, output: CustomOutput): Tensor {
  check(!output.isSavedByContext, () => SAVED_BY_CONTEXT);
  return withGrad(false, () => view(tensor, tensor.shape));
}

const ONLY_INPUTS =
  'ctx.mark_dirty() received a tensor that was not an input. Only input Tensors that have been mutated should be passed to ctx.mark_dirty().';
const ONE_RESULT =
  'If your Function modifies inplace an input that is a view of another Tensor, your Function cannot return more than one Tensor. This is not supported by the current autograd engine. You should either make sure the input is not a view (using .clone() for example) or make your Function only return one Tensor (potentially splitting it into two Functions: one doing the inplace that returns a single Tensor and a second one that does the other operations). You can ask on the forum https://discuss.pytorch.org/ if you need help to do this change.';
const SAVED_BY_CONTEXT =
  'An input that has been returned as-is as output is being saved for backward. This is not supported if you override setup_context. You should return and save a view of the input instead, e.g. with x.view_as(x) or setup ctx inside the forward function itself.';

/** Fails when it is reached: behind gradients that can't be differentiated. */
class DelayedError extends Node {
  readonly #text: string;

  constructor(text: string, edges: (Edge | null)[]) {
    super('Error', edges);
    this.#text = text;
  }

  apply(): never {
    return fail(this.#text);
  }
}

/** `tensors`, detached, with a history that fails with `text` when it is differentiated. */
export function withDelayedError(text: string, tensors: readonly (Tensor | null)[]): (Tensor | null)[] {
  const results = tensors.map((tensor) => tensor && detach(tensor));
  if (!modes.grad) return results;
  const edges = results.map((result) => result && { node: new AccumulateGrad(detach(result)), nr: 0 });
  const node = new DelayedError(text, edges);
  results.forEach((result) => {
    const nr = node.addOutput(result ?? NOTHING);
    if (result !== null) {
      result.recordedFn = node;
      result.outputNr = nr;
    }
  });
  return results;
}
