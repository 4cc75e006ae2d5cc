import { gradFn } from '../autograd/history.ts';
import { AccumulateGrad, type Grads } from '../autograd/node.ts';
import type { Tensor } from '../tensor.ts';
import { handleOf, nodeOf, tensorOf } from './handles.ts';
import { guarded, PythonRaised } from './outcome.ts';

// Python functions that the engine calls. They get handles and counts; what they raise stays in Python until the
// engine has unwound.

/** `destroy` lets go of the function before JavaScript's collector would. */
export interface PythonCallable {
  (...args: number[]): number;
  destroy?(): void;
}

/** Which Python function is behind a hook. */
const callables = new WeakMap<object, PythonCallable>();

let nextHook = 1;
let hookRemovers = new Map<number, () => void>();

function keepHook<T>(hooks: Map<number, T>, hook: T): number {
  const id = nextHook++;
  hooks.set(id, hook);
  hookRemovers.set(id, () => hooks.delete(id));
  return id;
}

/** Calls Python with handles; it answers 0 for "unchanged", a handle, or -1 when it has raised. */
function callPython(callable: PythonCallable, ...args: number[]): Tensor | null {
  const answer = callable(...args);
  if (answer < 0) throw new PythonRaised();
  return answer === 0 ? null : given(answer);
}

/** A gradient that Python gives, which it may hold elsewhere too. */
function given(handle: number): Tensor {
  const tensor = tensorOf(handle);
  tensor.storage.handedOn++;
  return tensor;
}

/** Calls Python with a list of gradients; it answers 0, -1, or 1 after giving its list with `give_results`. */
export function callPythonWithList(callable: PythonCallable, ...lists: Grads[]): Grads | null {
  const flat = lists.flatMap((list) => [list.length, ...list.map(handleOf)]);
  const answer = callable(...flat);
  if (answer < 0) throw new PythonRaised();
  return answer === 0 ? null : receivedList.map((handle) => (handle === 0 ? null : given(handle)));
}
let receivedList: readonly number[] = [];

function registerTensorHook(handle: number, callable: PythonCallable): number {
  const tensor = tensorOf(handle);
  const hook = (gradient: Tensor | null): Tensor | null => callPython(callable, handleOf(gradient));
  callables.set(hook, callable);
  const node = gradFn(tensor) ?? leafAccumulator(tensor);
  node.tensorHooks ??= new Map();
  const nr = node instanceof AccumulateGrad ? 0 : tensor.outputNr;
  const hooks = node.tensorHooks.get(nr) ?? new Map();
  node.tensorHooks.set(nr, hooks);
  return keepHook(hooks, hook);
}

/** The hooks on the gradient of a tensor as it is now; null where there never was one. */
function tensorHooksOf(tensor: Tensor): Map<number, object> | null {
  const node = gradFn(tensor) ?? tensor.accumulator;
  return node?.tensorHooks?.get(node instanceof AccumulateGrad ? 0 : tensor.outputNr) ?? null;
}

const leafAccumulator = (tensor: Tensor): AccumulateGrad => {
  tensor.accumulator ??= new AccumulateGrad(tensor);
  return tensor.accumulator;
};

export const callbacks = {
  /** The list that a callable answers with, before it answers 1. */
  give_results: (...handles: number[]) => {
    receivedList = handles;
  },
  register_tensor_hook: guarded(registerTensorHook),
  register_post_accumulate: guarded((h: number, callable: PythonCallable) => {
    const tensor = tensorOf(h);
    tensor.afterAccumulate ??= new Map();
    const hook = (leaf: Tensor): void => {
      callPython(callable, handleOf(leaf));
    };
    callables.set(hook, callable);
    return keepHook(tensor.afterAccumulate, hook);
  }),
  /** Python's own functions for the hooks of a tensor; nothing where there never was one. */
  hook_callables: (h: number, kind: 'tensor' | 'accumulated') => {
    const tensor = tensorOf(h);
    const hooks = kind === 'tensor' ? tensorHooksOf(tensor) : tensor.afterAccumulate;
    return hooks === null ? undefined : Array.from(hooks.values(), (hook) => callables.get(hook));
  },
  clear_tensor_hooks: (h: number) => {
    tensorHooksOf(tensorOf(h))?.clear();
  },
  /** The callable gets (count, …handles) and, if it changes them, calls `give_results` and answers 1. */
  register_node_prehook: guarded((h: number, callable: PythonCallable) => {
    const node = nodeOf(h);
    node.preHooks ??= new Map();
    return keepHook(node.preHooks, (grads: Grads) => callPythonWithList(callable, grads));
  }),
  register_node_hook: guarded((h: number, callable: PythonCallable) => {
    const node = nodeOf(h);
    node.postHooks ??= new Map();
    return keepHook(node.postHooks, (gradients: Grads, grads: Grads) =>
      callPythonWithList(callable, gradients, grads),
    );
  }),
  remove_hook: (id: number) => {
    hookRemovers.get(id)?.();
    hookRemovers.delete(id);
  },
};

export function resetCallbacks(): void {
  hookRemovers = new Map();
  nextHook = 1;
}
