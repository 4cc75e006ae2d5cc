import { type PackHook, packing, SavedTensor } from '../autograd/saved_tensor.ts';
import { beforeChange } from '../ops/inplace.ts';
import { OpNode } from '../ops/op.ts';

import type { PythonCallable } from './callbacks.ts';
import { handleOf, nodeOf, savedTensorOf, tensorOf } from './handles.ts';
import { giveList, guarded, PythonRaised } from './outcome.ts';

/** What Python's pack has left: a callable that gives the tensor back, of which it holds the only reference. */
let given: PythonCallable | null = null;

/** A pack hook in Python: it answers -1 when it has raised, after `give_packed` otherwise. */
const packHook =
  (callable: PythonCallable): PackHook =>
  (tensor) => {
    if (callable(handleOf(tensor)) < 0) throw new PythonRaised();
    const unpack = given as PythonCallable;
    return {
      unpack: () => {
        const answer = unpack();
        if (answer < 0) throw new PythonRaised();
        return tensorOf(answer);
      },
      release: () => unpack.destroy?.(),
    };
  };

/** The tensors that a node has saved as `name`; null where it saved none although it could have. */
function rawSaved(node: unknown, name: string): (SavedTensor | null)[] {
  const value: unknown = node instanceof OpNode ? node.saved?.[name] : null;
  const entries = Array.isArray(value) ? value : [value];
  return entries.map((entry) => (entry instanceof SavedTensor ? entry : null));
}

/** Saved tensors as objects of their own, and the hooks that pack and unpack them. */
export const savedTensors = {
  /** The hook for all that is saved from now on; undefined for none. */
  set_saved_hook: (callable?: PythonCallable) => {
    packing.hook = callable === undefined ? null : packHook(callable);
  },
  give_packed: (unpack: PythonCallable) => {
    given = unpack;
  },
  node_raw_saved: (h: number, name: string) => giveList(rawSaved(nodeOf(h), name).map(handleOf)),
  /** Is what a node has saved as `name` a tensor (1), a list of tensors (2), nothing (3), or something else (0)? */
  node_raw_kind: (h: number, name: string) => {
    const value: unknown = nodeOf(h).saved?.[name];
    if (value instanceof SavedTensor) return 1;
    if (value === null) return 3;
    return Array.isArray(value) && value.some((entry) => entry instanceof SavedTensor) ? 2 : 0;
  },
  /** Called with a tensor before it is changed in place. */
  set_change_callback: (callable?: PythonCallable) => {
    beforeChange.hook = callable
      ? (changing) => {
          if (callable(handleOf(changing)) < 0) throw new PythonRaised();
        }
      : null;
  },
  pack_saved: guarded((h: number, callable: PythonCallable) => {
    savedTensorOf(h).pack(packHook(callable));
    return 0;
  }),
};

export function resetSavedTensors(): void {
  packing.hook = null;
  beforeChange.hook = null;
  given = null;
}
