import {
  backward,
  currentPass,
  grad,
  type Place,
  passTakesAll,
  retainGrad,
  willExecute,
} from '../autograd/backward.ts';
import { gradFn, isLeaf } from '../autograd/history.ts';
import { isGradEnabled, modes, setGradEnabled, setInference } from '../autograd/modes.ts';
import { AccumulateGrad, anomaly, LAST_SEQUENCE, Node } from '../autograd/node.ts';
import { type DType, int64, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { becomeResult, dataOf, setData } from '../ops/inplace.ts';
import { OpNode } from '../ops/op.ts';
import { checkWritable } from '../ops/overlap.ts';
import { sameShape, showShape, showSize } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { levels } from '../transforms/levels.ts';
import { handleOf, nodeOf, tensorOf, tensorOrNull } from './handles.ts';
import { giveList, guarded } from './outcome.ts';
import { type Raw, readList, readPlain, Slots } from './slots.ts';

/**
 * backward(nRoots, …roots, nGrads, …grads, retain, create, nInputs (-1: all leaves), …inputs, accumulate, allowUnused,
 * …numbers). A root or an input can be a node: the number of its output is then the next of the numbers at the end.
 */
function crossBackward(...raw: Raw[]): number {
  const slots = new Slots(raw);
  const list = readList(readPlain);
  const rootHandles = list(slots) as number[];
  const given = (list(slots) as number[] | null) ?? [];
  const grads = rootHandles.map((_, i) => (given[i] ? tensorOf(given[i]) : null));
  const options = { retainGraph: Boolean(slots.next()), createGraph: Boolean(slots.next()) };
  const inputHandles = list(slots) as number[] | null;
  const accumulate = Boolean(slots.next());
  const allowUnused = Boolean(slots.next());
  const placeOf = (handle: number): Place => {
    const node = nodeOf(handle);
    return node instanceof Node ? { node, nr: slots.next() as number } : tensorOf(handle);
  };
  const roots = rootHandles.map(placeOf);
  const inputs = inputHandles?.map(placeOf) ?? null;
  if (accumulate || inputs === null) {
    check(levels.top === null, () => IN_TRANSFORM);
    backward(roots, grads, inputs, options);
    return 0;
  }
  return giveList(grad(roots, grads, inputs, allowUnused, options).map(handleOf));
}

/** `root.backward(seed, retain_graph)`, which is what programs spend their time with; 0 for no seed. */
function crossBackwardOne(handle: number, seedHandle: number = 0, retainGraph: boolean = false): number {
  const root = tensorOf(handle);
  const seed = tensorOrNull(seedHandle);
  check(
    seed === null || sameShape(seed.shape, root.shape),
    () =>
      `Mismatch in shape: grad_output[0] has a shape of ${showSize(seed?.shape ?? [])} and output[0] has a shape of ${showSize(root.shape)}.`,
  );
  check(levels.top === null, () => IN_TRANSFORM);
  backward([root], [seed], null, { retainGraph, createGraph: false });
  return 0;
}

const IN_TRANSFORM =
  'backward() called inside a functorch transform. This is not supported, please use functorch.grad or functorch.vjp instead or call backward() outside of functorch transforms.';

function setGrad(tensor: Tensor, gradient: Tensor | null): number {
  if (gradient !== null) {
    check(gradient !== tensor, () => "can't assign Variable as its own grad");
    check(
      gradient.dtype === tensor.dtype,
      () =>
        `attempting to assign a gradient with dtype '${gradient.dtype === int64 ? 'long int' : gradient.dtype.cName}' to a tensor with grad_dtype '${tensor.dtype.scalarName}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match.`,
    );
    check(
      gradient.shape.length === tensor.shape.length &&
        gradient.shape.every((size, d) => size === tensor.shape[d]),
      () =>
        `attempting to assign a gradient of size '${showShape(gradient.shape)}' to a tensor of size '${showShape(tensor.shape)}'. Please ensure that the gradient and the tensor are the same size`,
    );
  }
  tensor.grad = gradient;
  return 0;
}

let savedDescription: readonly (string | number)[] = ['none'];

function describeSaved(value: unknown): readonly (string | number)[] {
  if (value instanceof Tensor) return ['tensor', handleOf(value)];
  if (typeof value === 'number') return ['plain', value];
  if (typeof value === 'boolean') return ['bool', Number(value)];
  if (typeof value === 'string') return ['string', value];
  if (Array.isArray(value)) {
    return value.every((entry) => typeof entry === 'number')
      ? ['list', ...value]
      : ['tensors', ...value.map((entry) => handleOf(entry as Tensor | null))];
  }
  if (value !== null && typeof value === 'object') {
    if ('category' in value && 'value' in value) {
      return [(value as Scalar).category === 3 ? 'float' : 'number', (value as Scalar).value];
    }
    if ('code' in value) return ['dtype', (value as DType).code];
  }
  return ['none'];
}

/** Flags and gradients of tensors, the nodes of the graph, the backward pass, the modes. */
export const autograd = {
  requires_grad: (h: number) => tensorOf(h).requiresGrad,
  set_requires_grad: (h: number, value: boolean) => {
    tensorOf(h).requiresGradFlag = value;
  },
  /** `requires_grad_()` where nothing speaks against it; false where somebody must look closer. */
  require_grad: (h: number) => {
    const tensor = tensorOf(h);
    const plain = tensor.isFloating && tensor.view === null && tensor.recordedFn === null;
    if (!plain || tensor.isInference || levels.top !== null) return false;
    tensor.requiresGradFlag = true;
    return true;
  },
  is_leaf: guarded((h: number) => Number(isLeaf(tensorOf(h)))),
  grad_fn: guarded((h: number) => handleOf(gradFn(tensorOf(h)))),
  output_nr: (h: number) => tensorOf(h).outputNr,
  grad: (h: number) => handleOf(tensorOf(h).grad),
  set_grad: guarded((h: number, gradient: number) => setGrad(tensorOf(h), tensorOrNull(gradient))),
  retain_grad: guarded((h: number) => {
    retainGrad(tensorOf(h));
    return 0;
  }),
  retains_grad: (h: number) => tensorOf(h).retainsGrad,
  is_view: (h: number) => tensorOf(h).view !== null,
  base: (h: number) => handleOf(tensorOf(h).view?.base ?? null),
  data: (h: number) => handleOf(dataOf(tensorOf(h))),
  set_data: guarded((h: number, source: number) => {
    setData(tensorOf(h), tensorOf(source));
    return 0;
  }),
  take_result: guarded((h: number, result: number) => {
    becomeResult(tensorOf(h), tensorOf(result));
    return 0;
  }),
  check_writable: guarded((h: number, read: number) => {
    checkWritable(tensorOf(h), [tensorOf(read)]);
    return 0;
  }),
  detach_: (h: number) => {
    const tensor = tensorOf(h);
    tensor.recordedFn = null;
    tensor.requiresGradFlag = false;
    tensor.outputNr = 0;
    tensor.tangent = null;
  },
  backward: guarded(crossBackward),
  backward_one: guarded(crossBackwardOne),
  current_pass: currentPass,
  pass_takes_all: passTakesAll,
  will_execute: guarded((h: number) => Number(willExecute(nodeOf(h)))),

  grad_enabled: isGradEnabled,
  /** Answers with what was before. */
  swap_grad_enabled: (enabled: boolean) => {
    const before = isGradEnabled();
    setGradEnabled(enabled);
    return before;
  },
  set_grad_enabled: setGradEnabled,
  inference_enabled: () => modes.inference,
  set_inference: setInference,
  set_anomaly: (enabled: boolean, checkNan: boolean) => {
    modes.anomaly = enabled;
    modes.anomalyChecksNan = checkNan;
  },
  anomaly_enabled: () => modes.anomaly,
  anomaly_checks_nan: () => modes.anomalyChecksNan,

  run_node: guarded((h: number, ...grads: number[]) =>
    giveList(nodeOf(h).apply(grads.map(tensorOrNull)).map(handleOf)),
  ),
  set_trace_callback: (callback?: () => string) => {
    anomaly.trace = callback ?? null;
  },
  /** Where a node was made, if that was in anomaly mode. */
  node_trace: (h: number) => anomaly.origins.get(nodeOf(h))?.trace ?? '',
  node_name: (h: number) => nodeOf(h).name,
  edge_count: (h: number) => nodeOf(h).edges.length,
  /** Where an edge leads to: the handle of the node, then (in the lowest six bits) the number of its output up to 63. */
  edge: (h: number, at: number) => {
    const edge = nodeOf(h).edges[at];
    return edge === null ? 0 : handleOf(edge.node) * 64 + Math.min(edge.nr, 63);
  },
  edge_number: (h: number, at: number) => nodeOf(h).edges[at]?.nr ?? 0,
  /** -1 stands for the largest number there is: the node runs before all others. */
  node_sequence: (h: number) => {
    const { sequence } = nodeOf(h);
    return sequence === LAST_SEQUENCE ? -1 : sequence;
  },
  set_node_sequence: (h: number, sequence: number) => {
    nodeOf(h).sequence = sequence;
  },
  /** For each of a node's outputs: dtype, number of dimensions, sizes. */
  node_outputs: (h: number) =>
    nodeOf(h).outputs.flatMap(({ shape, dtype }) => [dtype.code, shape.length, ...shape]),
  increment_version: (h: number) => {
    const { version } = tensorOf(h);
    if (!version.off) version.value++;
  },
  node_variable: (h: number) => {
    const node = nodeOf(h);
    return node instanceof AccumulateGrad ? handleOf(node.variable) : 0;
  },
  node_saved_names: (h: number) => Object.keys(nodeOf(h).saved ?? {}),
  /** A saved value: ['tensor', handle], ['number', n], ['list', …] or ['none']. */
  node_saved: guarded((h: number, name: string) => {
    const node = nodeOf(h);
    savedDescription = describeSaved(node instanceof OpNode ? node.savedValue(name) : null);
    return 0;
  }),
  take_saved: () => savedDescription,
};
