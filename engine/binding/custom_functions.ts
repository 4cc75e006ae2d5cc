import { isLeaf, setHistory } from '../autograd/history.ts';
import type { Grads } from '../autograd/node.ts';
import { check } from '../errors.ts';
import { edgesOf, OpNode } from '../ops/op.ts';
import type { Tensor } from '../tensor.ts';
import { callPythonWithList, type PythonCallable } from './callbacks.ts';
import { handleOf, nodeOf, tensorOf, tensorOrNull } from './handles.ts';
import { giveList, guarded } from './outcome.ts';

/** The node of a `torch.autograd.Function`: its formula is in Python. */
class PythonNode extends OpNode {
  /** Called with the node's handle, then the gradients: their count and their handles. */
  readonly callable: PythonCallable;

  constructor(name: string, inputs: readonly (Tensor | null)[], callable: PythonCallable) {
    super(name, edgesOf(inputs), () => null);
    this.callable = callable;
  }

  override apply(grads: Grads): Grads {
    const bound = (...args: number[]) => this.callable(handleOf(this), ...args);
    return callPythonWithList(bound, grads) ?? this.edges.map(() => null);
  }
}

const customNodeOf = (handle: number): PythonNode => nodeOf(handle) as PythonNode;

/** What `torch.autograd.Function` needs. */
export const customFunctions = {
  /** The node of a custom function: inputs are handles (0 for what is no tensor). Returns its handle. */
  custom_node: guarded((name: string, callable: PythonCallable, ...inputs: number[]) =>
    handleOf(new PythonNode(name, inputs.map(tensorOrNull), callable)),
  ),
  /** Makes `tensor` an output of a custom node. */
  custom_output: (nodeHandle: number, tensorHandle: number) => {
    const tensor = tensorOf(tensorHandle);
    const node = nodeOf(nodeHandle);
    tensor.requiresGradFlag = false;
    tensor.recordedFn = node;
    tensor.outputNr = node.addOutput(tensor);
  },
  /** An output that is an input changed in place. */
  custom_dirty_output: guarded((nodeHandle: number, tensorHandle: number) => {
    const tensor = tensorOf(tensorHandle);
    check(
      !(tensor.requiresGradFlag && isLeaf(tensor)),
      () => 'a leaf Variable that requires grad is being used in an in-place operation.',
    );
    tensor.version.value++;
    setHistory(tensor, nodeOf(nodeHandle));
    return 0;
  }),
  custom_save: guarded((nodeHandle: number, ...handles: number[]) => {
    const tensors = handles.map(tensorOrNull);
    if (tensors.length > 0) customNodeOf(nodeHandle).keep({ saved_tensors: tensors });
    return 0;
  }),
  custom_saved: guarded((nodeHandle: number) => {
    const saved = customNodeOf(nodeHandle).savedValue('saved_tensors') ?? [];
    return giveList((saved as (Tensor | null)[]).map(handleOf));
  }),
  /** Python's own callable, from which it finds the context again. */
  custom_callable: (nodeHandle: number) => customNodeOf(nodeHandle).callable,
  custom_skip_output: (nodeHandle: number, tensorHandle: number) => {
    nodeOf(nodeHandle).addOutput(tensorOf(tensorHandle));
  },
};
