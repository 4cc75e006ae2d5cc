import { check, fail } from '../errors.ts';
import { showShape } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { living } from '../transforms/levels.ts';
import { gradFn, gradientEdge } from './history.ts';
import { modes, withGrad } from './modes.ts';
import { type AccumulateGrad, type Node, shortName } from './node.ts';

export const FREED =
  'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.';

/** What a pack hook has made of a tensor: how to get the tensor back, and how to let go of it. */
export interface Packed {
  unpack(): Tensor;
  release(): void;
}

export type PackHook = (tensor: Tensor) => Packed;

/** The innermost `saved_tensors_hooks`, if any. */
export const packing: { hook: PackHook | null } = { hook: null };

/** Runs `body`; what it saves can be packed when it is done. */
export function withoutPacking<T>(body: () => T): T {
  const { hook } = packing;
  if (hook === null) return body();
  packing.hook = null;
  try {
    return body();
  } finally {
    packing.hook = hook;
  }
}

/** A tensor kept for backward, with the version and the history that it had when it was saved. */
export class SavedTensor {
  /** The tensor itself; null once a hook has packed it, or once it has been freed. */
  #tensor: Tensor | null;
  #packed: Packed | null = null;
  readonly #version: number;
  /** The node that saves, where it saves what it has made itself. */
  readonly #maker: Node | null;
  readonly #outputNr: number;
  /** What a packed tensor gets back with its values: the history that it had. */
  #history: { node: Node | null; accumulator: AccumulateGrad | null } | null = null;
  handle = 0;

  constructor(tensor: Tensor, savedBy: Node) {
    if (tensor.isInference) {
      fail(
        'Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`.',
      );
    }
    this.#tensor = tensor;
    this.#version = tensor.version.value;
    this.#maker = tensor.recordedFn === savedBy ? savedBy : null;
    this.#outputNr = tensor.outputNr;
    // Hooks don't see the tensors that stand for Python numbers.
    if (packing.hook !== null && !tensor.isWrappedNumber) this.#pack(packing.hook, tensor, tensor);
  }

  /** What holds the memory, whatever has become of it since. */
  peek(): Tensor | null {
    return this.#tensor;
  }

  /** May the tensor be used as it stands? Then `unpack` gives it, and nothing else. */
  get isIntact(): boolean {
    const tensor = this.#tensor;
    if (tensor === null || tensor.wrapped !== null || tensor.version.value !== this.#version) return false;
    return this.#maker === null || tensor.recordedFn === this.#maker;
  }

  /** Has the node that saves it made it itself? */
  get isResult(): boolean {
    return this.#maker !== null;
  }

  isFor(tensor: Tensor): boolean {
    return this.#tensor === tensor;
  }

  /** Lets `hook` keep the tensor in a form of its own. @throws RuntimeError where there is nothing to pack. */
  pack(hook: PackHook): void {
    check(
      this.#packed === null,
      () =>
        'Calling register_hooks on a saved tensor whose hooks have already been set. Hint: only one pair of hooks is allowed at a time.',
    );
    const tensor =
      this.#tensor ??
      fail(
        'Calling register_hooks on a saved tensor after it has been freed. Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved variables after calling backward.',
      );
    this.#pack(hook, tensor, alias(tensor));
  }

  /** The same, done a moment after saving and as if in it: the hook sees the tensor itself. */
  packAsSaved(hook: PackHook): void {
    const tensor = this.#tensor;
    if (tensor !== null && !tensor.isWrappedNumber) this.#pack(hook, tensor, tensor);
  }

  #pack(hook: PackHook, tensor: Tensor, shown: Tensor): void {
    const node = gradFn(tensor);
    const edge = node === null ? gradientEdge(tensor) : null;
    this.#history = { node, accumulator: edge === null ? null : (edge.node as AccumulateGrad) };
    const before = tensor.version.value;
    this.#packed = withGrad(false, () => hook(shown));
    check(
      tensor.version.value === before,
      () =>
        'A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook cannot be modified by in-place operations as this can lead to unexpected side-effects. Please open an issue if you need to perform in-place operations on the input to a pack hook.',
    );
    this.#tensor = null;
  }

  /** The tensor as it was saved. @throws RuntimeError when it has been freed, or changed in place since. */
  unpack(): Tensor {
    if (this.#packed !== null) return this.#unpacked(this.#packed.unpack());
    const tensor = this.#tensor ?? fail(FREED);
    if (tensor.version.value !== this.#version) this.#failModified(tensor);
    // What the node has made itself keeps this node as its history, whatever becomes of it.
    const current = this.#maker === null || tensor.recordedFn === this.#maker;
    return living(current ? tensor : this.#withHistory(tensor));
  }

  /** The same for a reader: a result comes as another tensor than the one the operation gave. */
  reveal(): Tensor {
    const tensor = this.unpack();
    return this.#maker !== null && tensor === this.#tensor ? this.#withHistory(tensor) : tensor;
  }

  release(): void {
    this.#packed?.release();
    this.#packed = null;
    this.#tensor = null;
    this.#history = null;
  }

  #unpacked(tensor: Tensor): Tensor {
    const { node, accumulator } = this.#history ?? { node: null, accumulator: null };
    if (node === null && accumulator === null && !tensor.requiresGrad) return tensor;
    const result = alias(tensor);
    result.recordedFn = node;
    result.outputNr = node === null ? 0 : this.#outputNr;
    result.accumulator = accumulator;
    result.requiresGradFlag = accumulator !== null;
    return result;
  }

  #withHistory(tensor: Tensor): Tensor {
    const result = alias(tensor);
    result.recordedFn = this.#maker;
    result.outputNr = this.#outputNr;
    return result;
  }

  #failModified(tensor: Tensor): never {
    const { dtype, shape, version } = tensor;
    // An output is named after the node that saved it, anything else after the node that last changed it.
    const madeBy = this.#maker ?? gradFn(tensor);
    const made = madeBy === null ? '' : `, which is output ${this.#outputNr} of ${shortName(madeBy.name)},`;
    const hint = modes.anomaly
      ? 'the backtrace further above shows the operation that failed to compute its gradient. The variable in question was changed in there or anywhere later. Good luck!'
      : 'enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).';
    return fail(
      `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.${dtype.scalarName}Tensor ${showShape(shape)}]${made} is at version ${version.value}; expected version ${this.#version} instead. Hint: ${hint}`,
    );
  }
}

/** The same memory and version counter, without history. */
function alias(tensor: Tensor): Tensor {
  const { storage, shape, strides, offset, dtype, version } = tensor;
  const result = new Tensor(storage, shape, strides, offset, dtype, version);
  result.wrapped = tensor.wrapped;
  return result;
}
