import type { Grads } from '../autograd/node.ts';
import { CustomNode, type CustomOutput, finishOutputs, withDelayedError } from '../ops/custom_function.ts';
import { callPythonWithList, type PythonCallable } from './callbacks.ts';
import { handleOf, nodeOf, tensorOf, tensorOrNull } from './handles.ts';
import { giveList, guarded } from './outcome.ts';

const customNodeOf = (handle: number): CustomNode => nodeOf(handle) as CustomNode;

const callables = new WeakMap<CustomNode, PythonCallable>();

/** What is said of an output in one number. */
const INPUT = 1;
const DIRTY = 2;
const CONSTANT = 4;
const SAVED = 8;

/** What `torch.autograd.Function` needs. */
export const customFunctions = {
  /** The node of a custom function: `callable` gets its handle and the gradients; `inputs` are handles. */
  custom_node: guarded((name: string, callable: PythonCallable, ...inputs: number[]) => {
    const formula = (of: CustomNode, grads: Grads): Grads => {
      const bound = (...args: number[]) => callable(handleOf(of), ...args);
      return callPythonWithList(bound, grads) ?? of.edges.map(() => null);
    };
    const node = new CustomNode(name, inputs.map(tensorOf), formula);
    callables.set(node, callable);
    return handleOf(node);
  }),
  /** The outputs: handle (0 for what is no tensor) and flags, one after the other. Gives what the caller gets. */
  custom_outputs: guarded((nodeHandle: number, recorded: boolean, ...flat: number[]) => {
    const outputs: CustomOutput[] = [];
    for (let i = 0; i < flat.length; i += 2) {
      const flags = flat[i + 1];
      outputs.push({
        tensor: tensorOrNull(flat[i]),
        isInput: (flags & INPUT) !== 0,
        isDirty: (flags & DIRTY) !== 0,
        isConstant: (flags & CONSTANT) !== 0,
        isSavedByContext: (flags & SAVED) !== 0,
      });
    }
    return giveList(finishOutputs(customNodeOf(nodeHandle), recorded, outputs).map(handleOf));
  }),
  custom_save: guarded((nodeHandle: number, ...handles: number[]) => {
    if (handles.length > 0) customNodeOf(nodeHandle).keep({ saved_tensors: handles.map(tensorOrNull) });
    return 0;
  }),
  custom_saved: guarded((nodeHandle: number) =>
    giveList(customNodeOf(nodeHandle).savedTensors().map(handleOf)),
  ),
  /** Python's own callable, from which it finds the context again. */
  custom_callable: (nodeHandle: number) => callables.get(customNodeOf(nodeHandle)),
  delayed_error: guarded((text: string, ...handles: number[]) =>
    giveList(withDelayedError(text, handles.map(tensorOrNull)).map(handleOf)),
  ),
};
