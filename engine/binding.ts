import { backward, grad, retainGrad } from './autograd/backward.ts';
import { gradFn, isLeaf, setHistory } from './autograd/history.ts';
import { modes, resetModes } from './autograd/modes.ts';
import { AccumulateGrad, type Grads, type Node, resetSequence } from './autograd/node.ts';
import {
  type Category,
  type Data,
  type DType,
  defaults,
  dtypeOfCode,
  float32,
  type Scalar,
} from './dtype.ts';
import { check, fail, TorchError, warnings } from './errors.ts';
import { contiguousData } from './ops/copy.ts';
import type { IndexItem } from './ops/getitem.ts';
import { dataOf, setData } from './ops/inplace.ts';
import { edgesOf, OpNode, type RegisteredOp, registry } from './ops/op.ts';
import './ops/index.ts';
import { reachableBytes } from './memory.ts';
import { generator } from './ops/random.ts';
import { formatTensor } from './printing.ts';
import { showShape } from './shape.ts';
import { fromData, item, memoryPressure, outOfMemory, Tensor, wrappedNumber } from './tensor.ts';

// The face the engine shows to Python. Every object crosses as a positive integer, its handle; every other argument as
// a plain number, string, boolean or null. A function that can fail answers with a negative number when it does;
// `take_error` then tells what PyTorch would raise. See the `torch` package's `_C.py` for the other side.

type Raw = number | string | boolean | null | undefined;
type PythonCallable = (...args: number[]) => number;

const FAILED = -1;

/** What all tensors of a program may hold together, in bytes. */
const MOST_MEMORY = 2 ** 30;

/** What the failing call wanted Python to raise: its class and text; '@python' where a Python callback raised. */
let pendingError: [string, string] = ['RuntimeError', ''];
/** Results that did not fit into the one number that a call returns. */
let pendingResults: number[] = [];
let pendingValue: number | boolean | null = null;

/** Thrown through the engine when a Python callback has raised; Python keeps the exception itself. */
class PythonRaised extends Error {}

// Handles: index 0 stands for None.
let objects: (Tensor | Node | undefined)[] = [undefined];
let freeHandles: number[] = [];

export function handleOf(object: Tensor | Node | null): number {
  if (object === null) return 0;
  if (object.handle === 0) {
    object.handle = freeHandles.pop() ?? objects.length;
    objects[object.handle] = object;
  }
  return object.handle;
}

const tensorOf = (handle: Raw): Tensor => objects[handle as number] as Tensor;
const nodeOf = (handle: Raw): Node => objects[handle as number] as Node;

function guarded<A extends unknown[]>(body: (...args: A) => number): (...args: A) => number {
  return (...args) => {
    try {
      return body(...args);
    } catch (error) {
      return noteError(error);
    }
  };
}

function noteError(error: unknown): number {
  if (error instanceof TorchError) pendingError = [error.errorClass, error.message];
  else if (error instanceof PythonRaised) pendingError = ['@python', ''];
  else if (error instanceof RangeError)
    pendingError = ['OutOfMemoryError', `dxdx ran out of memory: ${error.message}`];
  else throw error;
  return FAILED;
}

// ---- Calls of operations -------------------------------------------------------------------------------------------

/** Reads the slots of a call one after the other. */
class Slots {
  readonly #slots: readonly Raw[];
  #at = 0;

  constructor(slots: readonly Raw[]) {
    this.#slots = slots;
  }

  next(): Raw {
    return this.#slots[this.#at++];
  }
}

type Reader = (slots: Slots) => unknown;

const readTensor: Reader = (slots) => tensorOf(slots.next());
const readScalar: Reader = (slots) => {
  const value = slots.next() as number;
  const category = slots.next() as Category | 0;
  return category === 0 ? null : ({ value, category } satisfies Scalar);
};
const readList =
  (entry: Reader): Reader =>
  (slots) => {
    const count = slots.next() as number;
    if (count < 0) return null;
    const list: unknown[] = [];
    for (let i = 0; i < count; i++) list.push(entry(slots));
    return list;
  };
const readPlain: Reader = (slots) => slots.next() ?? null;

/** One item of an index: a tag, then what the tag says. */
const readIndexItem = (slots: Slots): IndexItem => {
  switch (slots.next()) {
    case 0:
      return { kind: 'int', value: slots.next() as number };
    case 1: {
      const bound = (): number | null => (slots.next() as number | null | undefined) ?? null;
      return { kind: 'slice', start: bound(), stop: bound(), step: bound() };
    }
    case 2:
      return { kind: 'none' };
    case 3:
      return { kind: 'ellipsis' };
    case 4:
      return { kind: 'tensor', tensor: tensorOf(slots.next()) };
    default:
      return { kind: 'bool', value: Boolean(slots.next()) };
  }
};

/** How a parameter of each type arrives. */
function readerFor(type: string): Reader {
  if (/^int\[\d*\]\??$/.test(type)) return readList(readPlain);
  switch (type) {
    case 'Tensor':
      return readTensor;
    case 'Tensor?':
      return (slots) => {
        const handle = slots.next();
        return handle === 0 ? null : tensorOf(handle);
      };
    case 'Tensor|Number':
      return (slots) => {
        const handleOrValue = slots.next() as number;
        const category = slots.next() as Category | 0;
        return category === 0 ? tensorOf(handleOrValue) : wrappedNumber(handleOrValue, category);
      };
    case 'Tensor[]':
      return readList(readTensor);
    case 'Tensor?[]':
      return readList((slots) => {
        const handle = slots.next();
        return handle === 0 ? null : tensorOf(handle);
      });
    case 'Scalar':
    case 'Scalar?':
      return readScalar;
    case 'Index':
      return readList(readIndexItem);
    case 'ScalarType':
    case 'ScalarType?':
      return (slots) => {
        const code = slots.next() as number;
        return code < 0 ? null : dtypeOfCode(code);
      };
    default:
      return readPlain;
  }
}

/** The parameter types of a signature such as `sum(Tensor input, int[1]? dim, *, ScalarType? dtype=None)`. */
const parameterTypes = (signature: string): string[] =>
  signature
    .slice(signature.indexOf('(') + 1, -1)
    .split(', ')
    .filter((parameter) => parameter !== '' && parameter !== '*')
    .map((parameter) => parameter.split(' ')[0]);

/** The function that Python calls for one overload. */
function crossing(entry: RegisteredOp): (...slots: Raw[]) => number {
  const readers = parameterTypes(entry.signature).map(readerFor);
  const call = entry.call as (...args: unknown[]) => unknown;
  const answer = answerFor(entry.returns);
  return guarded((...raw: Raw[]) => {
    const slots = new Slots(raw);
    return answer(call(...readers.map((read) => read(slots))));
  });
}

function answerFor(returns: string): (result: unknown) => number {
  if (returns === 'Tensor') return (result) => handleOf(result as Tensor);
  if (returns === 'Tensor(input)') return () => 0;
  if (['bool', 'int', 'float', 'Scalar'].includes(returns))
    return (result) => giveValue(result as number | boolean);
  return (result) => giveList((result as readonly Tensor[]).map(handleOf));
}

function giveValue(value: number | boolean): number {
  pendingValue = value;
  return 0;
}

function giveList(handles: number[]): number {
  pendingResults = handles.reverse();
  return handles.length;
}

// ---- Backward, hooks -----------------------------------------------------------------------------------------------

/** backward(nRoots, …roots, nGrads, …grads, retain, create, nInputs (-1: all leaves), …inputs, accumulate, allowUnused) */
function crossBackward(...raw: Raw[]): number {
  const slots = new Slots(raw);
  const list = readList(readPlain);
  const roots = (list(slots) as number[]).map(tensorOf);
  const given = (list(slots) as number[] | null) ?? [];
  const grads = roots.map((_, i) => (given[i] ? tensorOf(given[i]) : null));
  const options = { retainGraph: Boolean(slots.next()), createGraph: Boolean(slots.next()) };
  const inputs = (list(slots) as number[] | null)?.map(tensorOf) ?? null;
  const accumulate = Boolean(slots.next());
  const allowUnused = Boolean(slots.next());
  if (accumulate || inputs === null) {
    backward(roots, grads, inputs, options);
    return 0;
  }
  return giveList(grad(roots, grads, inputs, allowUnused, options).map(handleOf));
}

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
  return answer === 0 ? null : tensorOf(answer);
}

/** Calls Python with a list of gradients; it answers 0, -1, or 1 after giving its list with `give_results`. */
function callPythonWithList(callable: (...args: number[]) => number, ...lists: Grads[]): Grads | null {
  const flat = lists.flatMap((list) => [list.length, ...list.map(handleOf)]);
  const answer = callable(...flat);
  if (answer < 0) throw new PythonRaised();
  return answer === 0 ? null : receivedList.map((handle) => (handle === 0 ? null : tensorOf(handle)));
}
let receivedList: readonly number[] = [];

function registerTensorHook(handle: number, callable: PythonCallable, name: string): number {
  const tensor = tensorOf(handle);
  const hook = (gradient: Tensor): Tensor | null => {
    const changed = callPython(callable, handleOf(gradient));
    if (changed !== null && changed.numel !== gradient.numel)
      fail(`hook '${name}' has changed the size of value`);
    return changed;
  };
  const node = gradFn(tensor) ?? leafAccumulator(tensor);
  node.tensorHooks ??= new Map();
  const nr = node instanceof AccumulateGrad ? 0 : tensor.outputNr;
  const hooks = node.tensorHooks.get(nr) ?? new Map();
  node.tensorHooks.set(nr, hooks);
  return keepHook(hooks, hook);
}

const leafAccumulator = (tensor: Tensor): AccumulateGrad => {
  tensor.accumulator ??= new AccumulateGrad(tensor);
  return tensor.accumulator;
};

// ---- Custom functions ----------------------------------------------------------------------------------------------

/** The node of a `torch.autograd.Function`: its formula is in Python. */
class PythonNode extends OpNode {
  /** Called with the node's handle, then the gradients: their count and their handles. */
  readonly callable: (...args: number[]) => number;

  constructor(name: string, inputs: readonly (Tensor | null)[], callable: (...args: number[]) => number) {
    super(name, edgesOf(inputs), () => null);
    this.callable = callable;
  }

  override apply(grads: Grads): Grads {
    const bound = (...args: number[]) => this.callable(handleOf(this), ...args);
    return callPythonWithList(bound, grads) ?? this.edges.map(() => null);
  }
}

// ---- The binding ---------------------------------------------------------------------------------------------------

function setGrad(tensor: Tensor, gradient: Tensor | null): number {
  if (gradient !== null) {
    check(gradient !== tensor, () => "can't assign Variable as its own grad");
    check(
      gradient.dtype === tensor.dtype,
      () =>
        `attempting to assign a gradient with dtype '${gradient.dtype.cName}' to a tensor with grad_dtype '${tensor.dtype.scalarName}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match.`,
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

function newTensor(data: Data, shape: number[], dtype: DType, requiresGrad: boolean): number {
  const tensor = fromData(data, shape, dtype);
  tensor.requiresGradFlag = requiresGrad;
  tensor.isInference = modes.inference;
  return handleOf(tensor);
}

/** Everything that Python may call, as one JavaScript module. */
export function createBinding() {
  reset();
  return {
    signatures: (): string =>
      registry
        .map(({ name, where, signature, returns }) => `${name}|${where}|${signature}|${returns}`)
        .join('\n'),
    op: (line: number) => crossing(registry[line]),
    take_error: () => pendingError,
    next_result: () => pendingResults.pop() ?? 0,
    take_value: () => pendingValue,
    give_results: (...handles: number[]) => {
      receivedList = handles;
    },

    from_values: guarded((code: number, requiresGrad: boolean, ndim: number, ...rest: number[]) => {
      const dtype = dtypeOfCode(code);
      const shape = rest.slice(0, ndim);
      const data = dtype.allocate(rest.length - ndim);
      for (let i = 0; i < data.length; i++) data[i] = rest[ndim + i];
      return newTensor(data, shape, dtype, requiresGrad);
    }),
    /** `buffer` is the proxy of an `array.array('d')`. */
    from_buffer: guarded((code: number, requiresGrad: boolean, buffer: PythonBuffer, ...shape: number[]) => {
      const dtype = dtypeOfCode(code);
      const view = buffer.getBuffer();
      try {
        const data = dtype.allocate(view.data.length);
        data.set(view.data);
        return newTensor(data, shape, dtype, requiresGrad);
      } finally {
        view.release();
      }
    }),
    free: (buffer: PythonBuffer) => {
      const view = buffer.getBuffer();
      for (const handle of view.data) freeHandle(handle);
      view.release();
    },
    free_one: freeHandle,
    handle_count: () => objects.length - 1 - freeHandles.length,

    /** What stands between `tensor(` and the suffixes when a tensor is printed. */
    repr_body: (
      h: number,
      precision: number,
      threshold: number,
      edgeitems: number,
      linewidth: number,
      sciMode: boolean | null | undefined,
      indent: number,
    ) => {
      const { shape, dtype, storage, strides, offset } = tensorOf(h);
      const at = (coordinates: readonly number[]): number =>
        storage.data[coordinates.reduce((place, i, d) => place + i * strides[d], offset)];
      const options = { precision, threshold, edgeitems, linewidth, sciMode: sciMode ?? null };
      return formatTensor({ shape, dtype, at }, options, indent);
    },
    /** All elements, row-major. */
    values: (h: number) => Float64Array.from(contiguousData(tensorOf(h))),
    item: guarded((h: number) => giveValue(item(tensorOf(h)))),
    ndim: (h: number) => tensorOf(h).ndim,
    size: (h: number, dim: number) => tensorOf(h).shape[dim],
    shape: (h: number) => [...tensorOf(h).shape],
    strides: (h: number) => [...tensorOf(h).strides],
    storage_offset: (h: number) => tensorOf(h).offset,
    dtype: (h: number) => tensorOf(h).dtype.code,
    numel: (h: number) => tensorOf(h).numel,
    is_contiguous: (h: number) => tensorOf(h).isContiguous,
    data_ptr: (h: number) => dataPointer(tensorOf(h)),
    same_storage: (a: number, b: number) => tensorOf(a).storage === tensorOf(b).storage,
    version: guarded((h: number) => {
      if (tensorOf(h).isInference) fail('Inference tensors do not track version counter.');
      return tensorOf(h).version.value;
    }),
    is_inference: (h: number) => tensorOf(h).isInference,

    requires_grad: (h: number) => tensorOf(h).requiresGrad,
    set_requires_grad: (h: number, value: boolean) => {
      tensorOf(h).requiresGradFlag = value;
    },
    is_leaf: guarded((h: number) => Number(isLeaf(tensorOf(h)))),
    grad_fn: guarded((h: number) => handleOf(gradFn(tensorOf(h)))),
    output_nr: (h: number) => tensorOf(h).outputNr,
    grad: (h: number) => handleOf(tensorOf(h).grad),
    set_grad: guarded((h: number, gradient: number) =>
      setGrad(tensorOf(h), gradient === 0 ? null : tensorOf(gradient)),
    ),
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
    detach_: (h: number) => {
      const tensor = tensorOf(h);
      tensor.recordedFn = null;
      tensor.requiresGradFlag = false;
      tensor.outputNr = 0;
    },
    backward: guarded(crossBackward),

    grad_enabled: () => modes.grad,
    set_grad_enabled: (enabled: boolean) => {
      modes.grad = enabled;
    },
    inference_enabled: () => modes.inference,
    set_inference: (enabled: boolean) => {
      modes.inference = enabled;
    },
    set_anomaly: (enabled: boolean, checkNan: boolean) => {
      modes.anomaly = enabled;
      modes.anomalyChecksNan = checkNan;
    },
    anomaly_enabled: () => modes.anomaly,
    anomaly_checks_nan: () => modes.anomalyChecksNan,
    default_dtype: () => defaults.float.code,
    set_default_dtype: (code: number) => {
      defaults.float = dtypeOfCode(code);
    },

    /** The seed comes as text: it may have 64 bits. */
    manual_seed: (seed: string) => generator.manualSeed(BigInt(seed)),
    initial_seed: () => String(generator.initialSeed),
    rng_state: () => generator.save(),
    set_rng_state: (...state: number[]) => generator.restore(state),

    node_name: (h: number) => nodeOf(h).name,
    /** [handle or 0, input number, …] */
    next_functions: (h: number) =>
      nodeOf(h).edges.flatMap((edge) => (edge === null ? [0, 0] : [handleOf(edge.node), edge.nr])),
    node_sequence: (h: number) => nodeOf(h).sequence,
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

    register_tensor_hook: guarded(registerTensorHook),
    register_post_accumulate: guarded((h: number, callable: PythonCallable) => {
      const tensor = tensorOf(h);
      tensor.hooks ??= { onGrad: new Map(), afterAccumulate: new Map() };
      return keepHook(tensor.hooks.afterAccumulate, (leaf: Tensor) => {
        callPython(callable, handleOf(leaf));
      });
    }),
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

    /** The node of a custom function: inputs are handles (0 for what is no tensor). Returns its handle. */
    custom_node: guarded((name: string, callable: PythonCallable, ...inputs: number[]) =>
      handleOf(
        new PythonNode(
          name,
          inputs.map((handle) => (handle === 0 ? null : tensorOf(handle))),
          callable,
        ),
      ),
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
      const tensors = handles.map((handle) => (handle === 0 ? null : tensorOf(handle)));
      if (tensors.length > 0) (nodeOf(nodeHandle) as PythonNode).keep({ saved_tensors: tensors });
      return 0;
    }),
    custom_saved: guarded((nodeHandle: number) => {
      const saved = (nodeOf(nodeHandle) as PythonNode).savedValue('saved_tensors') ?? [];
      return giveList((saved as (Tensor | null)[]).map(handleOf));
    }),
    /** Python's own callable, from which it finds the context again. */
    custom_callable: (nodeHandle: number) => (nodeOf(nodeHandle) as PythonNode).callable,
    custom_skip_output: (nodeHandle: number, tensorHandle: number) => {
      nodeOf(nodeHandle).addOutput(tensorOf(tensorHandle));
    },

    /** `callback` is called whenever much memory has been taken since the last call: Python frees dead handles. */
    set_pressure_callback: (callback: () => void) => {
      memoryPressure.relieve = () => {
        callback();
        const bytes = reachableBytes(objects);
        if (bytes > MOST_MEMORY) outOfMemory(bytes);
      };
    },
    set_warning_callback: (callback: (text: string, category: string) => void) => {
      warnings.emit = callback;
    },
    reset,
  };
}

interface PythonBuffer {
  getBuffer(): { data: Float64Array | Int32Array; release(): void };
}

let savedDescription: readonly (string | number)[] = ['none'];

function describeSaved(value: unknown): readonly (string | number)[] {
  if (value instanceof Tensor) return ['tensor', handleOf(value)];
  if (typeof value === 'number') return ['number', value];
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

// Addresses that look like memory: the same for views of one place, different for different storages.
let nextAddress = 0x5580_0000_0040;
let addresses = new WeakMap<object, number>();
function dataPointer(tensor: Tensor): number {
  let base = addresses.get(tensor.storage);
  if (base === undefined) {
    base = nextAddress;
    nextAddress += Math.ceil((tensor.storage.data.length * tensor.dtype.bytes + 64) / 64) * 64;
    addresses.set(tensor.storage, base);
  }
  return tensor.numel === 0 ? 0 : base + tensor.offset * tensor.dtype.bytes;
}

function freeHandle(handle: number): void {
  const object = objects[handle];
  if (object === undefined) return;
  object.handle = 0;
  objects[handle] = undefined;
  freeHandles.push(handle);
}

/** A fresh world: no objects, default modes. */
function reset(): void {
  objects = [undefined];
  freeHandles = [];
  pendingResults = [];
  pendingValue = null;
  hookRemovers = new Map();
  nextHook = 1;
  addresses = new WeakMap();
  nextAddress = 0x5580_0000_0040;
  defaults.float = float32;
  warnings.emit = () => {};
  memoryPressure.relieve = () => {};
  memoryPressure.taken = 0;
  generator.manualSeed(BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)));
  resetModes();
  resetSequence();
}
