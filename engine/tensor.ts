import { modes } from './autograd/modes.ts';
import type { AccumulateGrad, Node } from './autograd/node.ts';
import { type Category, type Data, type DType, float64, isFloating, scalarType } from './dtype.ts';
import { fail } from './errors.ts';
import { isContiguous, numelOf, rowMajorStrides, type Shape } from './shape.ts';
import type { Wrapped } from './transforms/levels.ts';

/** Counts in-place changes. Views and `detach()` share it; `.data` starts a new one. */
export interface VersionCounter {
  value: number;
  /** Inference tensors count nothing. */
  readonly off?: true;
}

/** A flat block of memory that one or more tensors look at; it is the counter of the tensor that it was made for. */
export class Storage implements VersionCounter {
  /** Changed as a whole only by an in-place operation that puts a new block of the same kind in its place. */
  data: Data;
  value = 0;
  /** How often a gradient on this storage has been handed on by a backward pass, or has come from elsewhere. */
  handedOn = 0;

  constructor(data: Data) {
    this.data = data;
  }
}

/** The counter of all tensors that count nothing. */
export const NOT_COUNTED: VersionCounter = { value: 0, off: true };

/** Why a view must not be changed in place, where that is so. */
export type ViewRestriction = 'none' | 'multiple outputs' | 'no_grad' | 'custom function' | 'inference';

/** How a differentiable view hangs on its base. */
export interface View {
  readonly base: Tensor;
  restriction: ViewRestriction;
  /** The version at which `gradFn` was right; a later in-place change makes it stale. */
  gradFnVersion: number;
}

/** Strided elements on a storage, with what autograd knows of them. */
export class Tensor {
  readonly storage: Storage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
  readonly dtype: DType;
  version: VersionCounter;

  /** Set by the user on leaves; a tensor with a `gradFn` requires grad whatever this says. */
  requiresGradFlag = false;
  /** The node that made this tensor. Read it through `gradFn()` of autograd/history.ts: a view's can be stale. */
  recordedFn: Node | null = null;
  /** Which of the node's outputs this is. */
  outputNr = 0;
  grad: Tensor | null = null;
  retainsGrad = false;
  accumulator: AccumulateGrad | null = null;
  view: View | null = null;
  /** Called with a leaf after a gradient has been added to its `.grad`, by number in the order of registration. */
  afterAccumulate: Map<number, (leaf: Tensor) => void> | null = null;
  /** Forward-mode tangent: the directional derivative that travels with the value. */
  tangent: Tensor | null = null;
  /** What this stands for inside a function transform, one level below. */
  wrapped: Wrapped | null = null;
  /** A Python number in tensor's clothes: it doesn't decide the dtype of a result. */
  isWrappedNumber = false;
  /** Was its memory taken in inference mode? */
  isInference = false;
  /** The binding's number for this tensor while Python holds it, else 0. */
  handle = 0;

  constructor(
    storage: Storage,
    shape: Shape,
    strides: Shape,
    offset: number,
    dtype: DType,
    version: VersionCounter = { value: 0 },
  ) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
    this.version = version;
    takeMemory(TENSOR_OVERHEAD);
  }

  get numel(): number {
    return numelOf(this.shape);
  }

  get ndim(): number {
    return this.shape.length;
  }

  get isContiguous(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  get requiresGrad(): boolean {
    return this.requiresGradFlag || this.recordedFn !== null || this.view?.base.requiresGrad === true;
  }

  get isFloating(): boolean {
    return isFloating(this.dtype);
  }
}

/** The most memory that all tensors together may be asked for at once, in bytes. */
const LARGEST_ALLOCATION = 2 ** 31;

/** How much has been taken since Python was last asked to let go of what it no longer needs. */
export const memoryPressure = { taken: 0, allowed: 2 ** 26, relieve: (): void => {} };
/** What a tensor and the node that made it take beside the numbers, in bytes and roughly. */
export const TENSOR_OVERHEAD = 1000;

function takeMemory(bytes: number): void {
  memoryPressure.taken += bytes;
  if (memoryPressure.taken <= memoryPressure.allowed) return;
  memoryPressure.taken = 0;
  memoryPressure.relieve();
}

/** A tensor of zeros, row-major. */
export function empty(shape: Shape, dtype: DType, strides: Shape = rowMajorStrides(shape)): Tensor {
  const numel = numelOf(shape);
  if (numel * dtype.bytes >= 2 ** 63)
    fail(`Storage size calculation overflowed with sizes=[${shape.join(', ')}]`);
  if (numel * dtype.bytes > LARGEST_ALLOCATION) outOfMemory(numel * dtype.bytes);
  takeMemory(numel * dtype.bytes);
  return onNewMemory(dtype.allocate(numel), shape, strides, dtype);
}

/** A tensor around memory that is nobody else's. */
export function onNewMemory(data: Data, shape: Shape, strides: Shape, dtype: DType): Tensor {
  const storage = new Storage(data);
  if (!modes.inference) return new Tensor(storage, shape, strides, 0, dtype, storage);
  const tensor = new Tensor(storage, shape, strides, 0, dtype, NOT_COUNTED);
  tensor.isInference = true;
  return tensor;
}

/** PyTorch's words for it. */
export function outOfMemory(bytes: number): never {
  return fail(
    `[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate ${bytes} bytes. Error code 12 (Cannot allocate memory)`,
  );
}

/** A tensor of `shape` around data that is laid out row-major. */
export const fromData = (data: Data, shape: Shape, dtype: DType): Tensor =>
  onNewMemory(data, shape, rowMajorStrides(shape), dtype);

export function full(shape: Shape, value: number, dtype: DType): Tensor {
  const tensor = empty(shape, dtype);
  if (!Object.is(value, 0)) tensor.storage.data.fill(value);
  return tensor;
}

const NO_DIMENSIONS: Shape = [];

/** A 0-d tensor for a Python number; wrapped, it bends to the dtype of the tensors it meets. */
export function wrappedNumber(value: number, category: Category): Tensor {
  const dtype = category === 3 ? float64 : scalarType(category);
  const data = dtype.allocate(1);
  data[0] = value;
  const storage = new Storage(data);
  const tensor = new Tensor(storage, NO_DIMENSIONS, NO_DIMENSIONS, 0, dtype, storage);
  tensor.isWrappedNumber = true;
  return tensor;
}

/** The only element. @throws RuntimeError where there is not exactly one. */
export function item(tensor: Tensor): number {
  if (tensor.numel !== 1) fail(`a Tensor with ${tensor.numel} elements cannot be converted to Scalar`);
  return tensor.storage.data[tensor.offset];
}
