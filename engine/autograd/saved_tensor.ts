import { fail } from '../errors.ts';
import { showShape } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { living } from '../transforms/levels.ts';
import { gradFn } from './history.ts';
import { type Node, shortName } from './node.ts';

export const FREED =
  'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.';

/** What a pack hook made of a tensor, and how to get the tensor back. */
export interface PackHooks {
  pack(tensor: Tensor): () => Tensor;
}

/** The innermost `saved_tensors_hooks`, if any. */
export const packing: { hooks: PackHooks | null } = { hooks: null };

/** A tensor kept for backward, with the version and the history that it had when it was saved. */
export class SavedTensor {
  readonly #tensor: Tensor;
  readonly #version: number;
  readonly #savedBy: Node;
  /** The node that made the tensor: the saving node itself where an output is saved. */
  readonly #madeBy: Node | null;
  readonly #outputNr: number;
  readonly #unpack: (() => Tensor) | null;

  constructor(tensor: Tensor, savedBy: Node) {
    if (tensor.isInference) {
      fail(
        'Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`.',
      );
    }
    this.#tensor = tensor;
    this.#version = tensor.version.value;
    this.#savedBy = savedBy;
    this.#madeBy = gradFn(tensor);
    this.#outputNr = tensor.outputNr;
    this.#unpack = packing.hooks?.pack(tensor) ?? null;
  }

  /** What holds the memory, whatever has become of it since. */
  peek(): Tensor {
    return this.#tensor;
  }

  isFor(tensor: Tensor): boolean {
    return this.#tensor === tensor;
  }

  /** The tensor as it was saved. @throws RuntimeError when it has been changed in place since. */
  unpack(): Tensor {
    if (this.#unpack) return this.#unpack();
    const tensor = this.#tensor;
    if (tensor.version.value !== this.#version) this.#failModified();
    if (tensor.recordedFn === this.#madeBy || this.#madeBy === null) return living(tensor);
    // `detach_` or an in-place rebase has changed the tensor's history since: give back the old one.
    const alias = new Tensor(
      tensor.storage,
      tensor.shape,
      tensor.strides,
      tensor.offset,
      tensor.dtype,
      tensor.version,
    );
    alias.recordedFn = this.#madeBy;
    alias.outputNr = this.#outputNr;
    alias.wrapped = tensor.wrapped;
    return living(alias);
  }

  #failModified(): never {
    const { dtype, shape, version } = this.#tensor;
    // An output is named after the node that saved it, anything else after the node that last changed it.
    const madeBy = this.#savedBy === this.#madeBy ? this.#madeBy : gradFn(this.#tensor);
    const made =
      madeBy === null ? '' : `, which is output ${this.#tensor.outputNr} of ${shortName(madeBy.name)},`;
    return fail(
      `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.${dtype.scalarName}Tensor ${showShape(shape)}]${made} is at version ${version.value}; expected version ${this.#version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).`,
    );
  }
}
