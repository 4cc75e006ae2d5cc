import { check, fail } from '../errors.ts';
import { cast, copyInto } from '../kernels/elementwise.ts';
import { add } from '../ops/arithmetic.ts';
import { sumToSize } from '../ops/broadcast.ts';
import { clone, to } from '../ops/copy.ts';
import { detach } from '../ops/inplace.ts';
import { isExpandableTo, sameShape, showShape } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { gradientEdge } from './history.ts';
import { modes } from './modes.ts';
import { AccumulateGrad, type Edge, type Grads, type Node } from './node.ts';
import { ReadyQueue } from './ready_queue.ts';

export interface BackwardOptions {
  /** Keep what nodes saved, so that the graph can be walked again. */
  readonly retainGraph: boolean;
  /** Record the backward pass itself, so that it can be differentiated. */
  readonly createGraph: boolean;
}

/** Accumulates the gradients of `roots`, weighted by `rootGrads`, into the leaves (only into `inputs` if given). */
export function backward(
  roots: readonly Tensor[],
  rootGrads: readonly (Tensor | null)[],
  inputs: readonly Tensor[] | null,
  options: BackwardOptions,
): void {
  for (const input of inputs ?? []) if (input.recordedFn !== null) retainGrad(input);
  const targets = inputs === null ? null : inputs.map(edgeOfInput);
  new BackwardPass(options, targets, false).run(rootEdges(roots), seeds(roots, rootGrads));
}

/** The gradients of `roots`, weighted by `rootGrads`, with respect to `inputs`; null for one that wasn't used. */
export function grad(
  roots: readonly Tensor[],
  rootGrads: readonly (Tensor | null)[],
  inputs: readonly Tensor[],
  allowUnused: boolean,
  options: BackwardOptions,
): (Tensor | null)[] {
  const edges = rootEdges(roots);
  const targets = inputs.map(edgeOfInput);
  const captured = new BackwardPass(options, targets, true).run(edges, seeds(roots, rootGrads));
  captured.forEach((gradient, i) => {
    check(
      gradient !== null || allowUnused,
      () =>
        `The differentiated Tensor at index ${i} appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.`,
    );
  });
  return captured;
}

function edgeOfInput(input: Tensor): Edge {
  return gradientEdge(input) ?? fail('One of the differentiated Tensors does not require grad');
}

function rootEdges(roots: readonly Tensor[]): Edge[] {
  return roots.map(
    (root, i) =>
      gradientEdge(root) ?? fail(`element ${i} of tensors does not require grad and does not have a grad_fn`),
  );
}

function seeds(roots: readonly Tensor[], grads: readonly (Tensor | null)[]): Tensor[] {
  return roots.map((root, i) => {
    const given = grads[i];
    if (given) return given;
    check(root.numel === 1, () => 'grad can be implicitly created only for scalar outputs');
    return full(root.shape, 1, root.dtype);
  });
}

/** Makes a non-leaf keep its gradient in `.grad`. */
export function retainGrad(tensor: Tensor): void {
  check(tensor.requiresGrad, () => "can't retain_grad on Tensor that has requires_grad=False");
  const edge = gradientEdge(tensor);
  if (edge === null || edge.node instanceof AccumulateGrad || tensor.retainsGrad) return;
  edge.node.retained ??= new Map();
  edge.node.retained.set(edge.nr, tensor);
  tensor.retainsGrad = true;
}

/** How many passes are at work: a hook that calls `backward` starts one inside another. */
let passes = 0;

/** What a pass inside another has displaced at a node. */
interface Displaced {
  readonly node: Node;
  readonly pass: number;
  readonly pending: number;
  readonly useful: boolean;
  readonly buffer: (Tensor | null)[] | null;
}

/**
 * One walk through the graph, from the roots to the leaves. Of the nodes whose gradients are complete the one that was
 * recorded last goes first; a gradient is complete when every node that sends a part of it has been visited.
 *
 * What the pass knows of a node stands in the node's own fields, as looking it up would cost more than many a formula.
 */
class BackwardPass {
  readonly #options: BackwardOptions;
  /** The edges whose gradients are asked for; null for all leaves. */
  readonly #targets: readonly Edge[] | null;
  /** Give the targets' gradients back, instead of accumulating them. */
  readonly #capture: boolean;
  readonly #captured: (Tensor | null)[];
  /** All nodes that can be reached. */
  readonly #nodes: Node[] = [];
  readonly #displaced: Displaced[] = [];
  readonly #ready = new ReadyQueue();
  /** Which of the passes at work this is, from 1. */
  #number = 0;

  constructor(options: BackwardOptions, targets: readonly Edge[] | null, capture: boolean) {
    this.#options = options;
    this.#targets = targets;
    this.#capture = capture;
    this.#captured = targets === null ? [] : targets.map(() => null);
  }

  run(roots: readonly Edge[], grads: readonly Tensor[]): (Tensor | null)[] {
    const before = modes.grad;
    modes.grad = this.#options.createGraph;
    this.#number = ++passes;
    try {
      this.#survey(roots);
      for (let i = 0; i < roots.length; i++) {
        const { node, nr } = roots[i];
        this.#addTo(node, nr, validated(node, nr, grads[i], 'root', i));
      }
      for (let node = this.#ready.pop(); node !== undefined; node = this.#ready.pop()) this.#visit(node);
      return this.#captured;
    } finally {
      this.#leave();
      passes--;
      modes.grad = before;
    }
  }

  /** Counts the edges into every node that can be reached, and finds the nodes that lead to a target. */
  #survey(roots: readonly Edge[]): void {
    const nodes = this.#nodes;
    for (const { node } of roots) if (node.pass !== this.#number) this.#enter(node);
    const rootCount = nodes.length;
    for (let i = 0; i < nodes.length; i++) {
      const { edges } = nodes[i];
      for (let j = 0; j < edges.length; j++) {
        const edge = edges[j];
        if (edge === null) continue;
        if (edge.node.pass !== this.#number) this.#enter(edge.node);
        edge.node.pending++;
      }
    }
    for (let i = 0; i < rootCount; i++) if (nodes[i].pending === 0) this.#ready.push(nodes[i]);
    if (this.#targets !== null) this.#findUseful(this.#targets);
  }

  #enter(node: Node): void {
    if (node.pass !== 0) {
      const { pass, pending, useful, buffer } = node;
      this.#displaced.push({ node, pass, pending, useful, buffer });
    }
    node.pass = this.#number;
    node.pending = 0;
    node.useful = true;
    node.buffer = null;
    this.#nodes.push(node);
  }

  #leave(): void {
    for (const node of this.#nodes) {
      node.pass = 0;
      node.buffer = null;
    }
    for (const { node, pass, pending, useful, buffer } of this.#displaced) {
      node.pass = pass;
      node.pending = pending;
      node.useful = useful;
      node.buffer = buffer;
    }
  }

  #findUseful(targets: readonly Edge[]): void {
    for (const node of this.#nodes) node.useful = false;
    for (const { node } of targets) node.useful = true;
    // An edge always leads to an older node, so going from old to new each node's successors are settled first.
    for (const node of [...this.#nodes].sort((a, b) => order(a) - order(b))) {
      if (!node.useful) node.useful = leadsToUseful(node);
    }
  }

  #visit(node: Node): void {
    let grads: Grads = node.buffer ?? node.outputs.map(() => null);
    node.buffer = null;
    if (node.tensorHooks !== null) grads = runTensorHooks(node.tensorHooks, grads);
    if (node.retained !== null) keepRetained(node.retained, grads);
    if (this.#targets !== null) {
      const isTarget = this.#takeCaptures(this.#targets, node, grads);
      if (!this.#leadsOn(node, isTarget)) return;
    }
    if (node.preHooks !== null) for (const hook of [...node.preHooks.values()]) grads = hook(grads) ?? grads;
    if (node instanceof AccumulateGrad) {
      accumulate(node, grads[0]);
      if (node.postHooks !== null) runPostHooks(node.postHooks, [], grads);
      return;
    }
    let gradients = this.#apply(node, grads);
    if (node.postHooks !== null) gradients = runPostHooks(node.postHooks, gradients, grads);
    const { edges } = node;
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i];
      if (edge === null) continue;
      const gradient = gradients[i] ?? null;
      if (gradient !== null)
        this.#addTo(edge.node, edge.nr, validated(edge.node, edge.nr, gradient, node.name, i));
      if (--edge.node.pending === 0) this.#ready.push(edge.node);
    }
  }

  #apply(node: Node, grads: Grads): Grads {
    const gradients = node.apply(grads);
    if (!this.#options.retainGraph) node.release();
    if (gradients.length > node.edges.length) {
      // Surplus gradients are allowed only where there is nothing in them.
      check(
        gradients.slice(node.edges.length).every((gradient) => gradient === null),
        () =>
          `function ${node.name} returned an incorrect number of gradients (expected ${node.edges.length}, got ${gradients.length})`,
      );
    }
    if (modes.anomaly && modes.anomalyChecksNan) checkNan(node, gradients);
    return gradients;
  }

  #addTo(node: Node, nr: number, gradient: Tensor): void {
    if (node.buffer === null) node.buffer = node.outputs.length === 1 ? [null] : node.outputs.map(() => null);
    const before = node.buffer[nr];
    node.buffer[nr] = before === null ? gradient : add(before, gradient);
  }

  #takeCaptures(targets: readonly Edge[], node: Node, grads: Grads): boolean {
    let isTarget = false;
    for (let i = 0; i < targets.length; i++) {
      if (targets[i].node !== node) continue;
      isTarget = true;
      if (this.#capture) this.#captured[i] = grads[targets[i].nr] ?? null;
    }
    return isTarget;
  }

  /** Must this node be run, or was it only the end of the way? */
  #leadsOn(node: Node, isTarget: boolean): boolean {
    if (isTarget && !this.#capture && node instanceof AccumulateGrad) return true;
    return leadsToUseful(node);
  }
}

const order = (node: Node): number => (node instanceof AccumulateGrad ? -1 : node.sequence);

const leadsToUseful = (node: Node): boolean => node.edges.some((edge) => edge?.node.useful);

/** Brings a gradient to the shape and dtype of the tensor it belongs to: what was broadcast is summed. */
function validated(node: Node, nr: number, gradient: Tensor, from: string, index: number): Tensor {
  const { shape, dtype } = node.outputs[nr];
  let result = gradient;
  if (!sameShape(gradient.shape, shape)) {
    check(isExpandableTo(shape, gradient.shape), () =>
      from === 'root'
        ? `Mismatch in shape: grad_output[${index}] has a shape of torch.Size(${showShape(gradient.shape)}) and output[${index}] has a shape of torch.Size(${showShape(shape)}).`
        : `Function ${from} returned an invalid gradient at index ${index} - got ${showShape(gradient.shape)} but expected shape compatible with ${showShape(shape)}`,
    );
    result = sumToSize(result, shape);
  }
  return result.dtype === dtype ? result : to(result, dtype);
}

function runTensorHooks(tensorHooks: NonNullable<Node['tensorHooks']>, grads: Grads): Grads {
  const result = [...grads];
  for (const [nr, hooks] of tensorHooks) {
    for (const hook of [...hooks.values()]) {
      const grad = result[nr];
      if (grad) result[nr] = hook(grad) ?? grad;
    }
  }
  return result;
}

function runPostHooks(postHooks: NonNullable<Node['postHooks']>, gradients: Grads, grads: Grads): Grads {
  let result = gradients;
  for (const hook of [...postHooks.values()]) result = hook(result, grads) ?? result;
  return result;
}

function keepRetained(retained: NonNullable<Node['retained']>, grads: Grads): void {
  for (const [nr, tensor] of retained) {
    const grad = grads[nr];
    if (!grad) continue;
    // A second backward adds to what the first one left.
    tensor.grad = tensor.grad === null ? clone(grad) : add(tensor.grad, grad);
  }
}

/** Adds a gradient to `.grad` of a leaf: into the same tensor, unless the addition itself is recorded. */
function accumulate(node: AccumulateGrad, gradient: Tensor | null | undefined): void {
  const { variable } = node;
  if (!gradient || !variable.requiresGradFlag) return;
  if (variable.grad === null) {
    variable.grad = modes.grad ? clone(gradient) : ownCopy(gradient, variable);
  } else if (modes.grad) {
    variable.grad = add(variable.grad, gradient);
  } else {
    addInto(variable.grad, gradient);
  }
  if (variable.afterAccumulate !== null) {
    for (const hook of [...variable.afterAccumulate.values()]) hook(variable);
  }
}

/** A gradient of the leaf's own: laid out like the leaf, shared with nobody. */
function ownCopy(gradient: Tensor, variable: Tensor): Tensor {
  const copy = empty(gradient.shape, gradient.dtype, isDense(variable) ? variable.strides : undefined);
  copyInto(copy, gradient);
  return copy;
}

/** Do the elements of `tensor` fill a block of memory, in whatever order of the dimensions? */
function isDense(tensor: Tensor): boolean {
  if (tensor.isContiguous) return true;
  const dims = tensor.shape.map((_, d) => d).filter((d) => tensor.shape[d] !== 1);
  let step = 1;
  for (const d of dims.sort((a, b) => tensor.strides[a] - tensor.strides[b])) {
    if (tensor.strides[d] !== step) return false;
    step *= tensor.shape[d];
  }
  return true;
}

function addInto(target: Tensor, gradient: Tensor): void {
  copyInto(target, add(detach(target), cast(gradient, target.dtype)));
  target.version.value++;
}

function checkNan(node: Node, gradients: Grads): void {
  gradients.forEach((gradient, i) => {
    if (gradient === null) return;
    const { data } = clone(detach(gradient)).storage;
    if (data.some(Number.isNaN)) fail(`Function '${node.name}' returned nan values in its ${i}th output.`);
  });
}
