import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { SavedTensor } from './saved_tensor.ts';

export type Grads = readonly (Tensor | null)[];
export type GradHook = (grads: Grads) => Grads | null;
export type PostHook = (gradInputs: Grads, gradOutputs: Grads) => Grads | null;

/** Where a gradient goes next: the `nr`-th input of `node`. */
export interface Edge {
  readonly node: Node;
  readonly nr: number;
}

/** A node's name as messages give it: `MulBackward0` is called `Mul`, `MaxBackward1` is called `Max1`. */
export const shortName = (name: string): string =>
  name === 'CopySlices' ? 'torch::autograd::CopySlices' : name.replace(/Backward(0$|(?=\d*$))/, '');

/** What a node expects of the gradient of one of its forward outputs. */
export interface OutputMeta {
  readonly shape: Shape;
  readonly dtype: DType;
}

const NO_OUTPUTS: readonly OutputMeta[] = [];
const NO_TENSORS: readonly SavedTensor[] = [];

/** Values that a node keeps for its backward pass, under PyTorch's names; one that PyTorch has not begins with `_`. */
export type SavedValues = Record<string, unknown>;

// Later nodes run first in backward; `reset` starts a fresh world at zero.
let nextSequence = 0;
/** After all others. A small integer: V8 keeps larger ones outside the node. */
export const LAST_SEQUENCE = 2 ** 30 - 1;
export function resetSequence(): void {
  nextSequence = 0;
}

/** Where a node was made in anomaly mode, and in the backward of which other node. */
export interface Origin {
  readonly trace: string;
  readonly parent: Node | null;
}

/** Anomaly mode: `trace`, where it is set, tells of each node where the program is that makes it. */
export const anomaly = {
  trace: null as (() => string) | null,
  origins: new WeakMap<Node, Origin>(),
  /** The node whose backward is at work. */
  atWork: null as Node | null,
};

/**
 * A step of the recorded computation, seen from behind: it takes the gradients of the outputs of one operation and
 * gives the gradients of its inputs (a vector–Jacobian product), which travel on along `edges`.
 */
export abstract class Node {
  readonly name: string;
  readonly edges: (Edge | null)[];
  outputs: readonly OutputMeta[] = NO_OUTPUTS;
  sequence: number = nextSequence++;
  /** The tensors among what the node saved, in order. */
  keptTensors: readonly SavedTensor[] = NO_TENSORS;
  /** Hooks on the gradient of an output, set through `tensor.register_hook` and `retain_grad`. */
  tensorHooks: Map<number, Map<number, (grad: Tensor | null) => Tensor | null>> | null = null;
  retained: Map<number, Tensor> | null = null;
  preHooks: Map<number, GradHook> | null = null;
  postHooks: Map<number, PostHook> | null = null;
  handle = 0;

  // What the backward pass at work knows of this node: see autograd/backward.ts.
  /** Which pass it is; 0 where none is at work. */
  pass = 0;
  /** How many edges lead here that haven't been followed yet. */
  pending = 0;
  /** Does a way to one of the wanted gradients lead through here? */
  useful = true;
  /** The gradients that have arrived so far, one for each output. */
  buffer: (Tensor | null)[] | null = null;

  constructor(name: string, edges: (Edge | null)[]) {
    this.name = name;
    this.edges = edges;
    if (anomaly.trace !== null) {
      anomaly.origins.set(this, { trace: anomaly.trace(), parent: anomaly.atWork });
    }
  }

  /** Gradients of the forward inputs, one for each edge; null where there is none. */
  abstract apply(grads: Grads): Grads;

  /** What the operation saved, by name; null where it saved nothing. */
  get saved(): Readonly<SavedValues> | null {
    return null;
  }

  /** Lets go of the saved tensors; a second backward then fails. */
  release(): void {}

  addOutput(tensor: { shape: Shape; dtype: DType }): number {
    const { length } = this.outputs;
    const meta = { shape: tensor.shape, dtype: tensor.dtype };
    this.outputs = length === 0 ? [meta] : [...this.outputs, meta];
    return length;
  }
}

/** The end of the line: adds what arrives into a leaf's `.grad`. The backward pass does the adding. */
export class AccumulateGrad extends Node {
  readonly variable: Tensor;

  constructor(variable: Tensor) {
    super('AccumulateGrad', []);
    this.sequence = LAST_SEQUENCE;
    this.variable = variable;
    this.addOutput(variable);
  }

  apply(): Grads {
    return [];
  }
}
