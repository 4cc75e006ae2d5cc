import { check, fail } from '../errors.ts';
import { cast, copyInto } from '../kernels/elementwise.ts';
import { add } from '../ops/arithmetic.ts';
import { sumToSize } from '../ops/broadcast.ts';
import { clone, to } from '../ops/copy.ts';
import { detach } from '../ops/inplace.ts';
import { isExpandableTo, sameShape, showShape } from '../shape.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { gradientEdge } from './history.ts';
import { modes, withGrad } from './modes.ts';
import { AccumulateGrad, type Edge, type Grads, type Node } from './node.ts';

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

/**
 * One walk through the graph, from the roots to the leaves. Of the nodes whose gradients are complete the one that was
 * recorded last goes first; a gradient is complete when every node that sends a part of it has been visited.
 */
class BackwardPass {
  readonly #options: BackwardOptions;
  /** The edges whose gradients are asked for; null for all leaves. */
  readonly #targets: readonly Edge[] | null;
  /** Give the targets' gradients back, instead of accumulating them. */
  readonly #capture: boolean;
  readonly #captured: (Tensor | null)[];
  /** For each reachable node: how many edges lead to it that have not been followed yet. */
  readonly #pending = new Map<Node, number>();
  /** Nodes on the way to a target; null when every node is. */
  #useful: Set<Node> | null = null;
  readonly #buffers = new Map<Node, (Tensor | null)[]>();
  readonly #ready = new ReadyQueue();

  constructor(options: BackwardOptions, targets: readonly Edge[] | null, capture: boolean) {
    this.#options = options;
    this.#targets = targets;
    this.#capture = capture;
    this.#captured = (targets ?? []).map(() => null);
  }

  run(roots: readonly Edge[], grads: readonly Tensor[]): (Tensor | null)[] {
    return withGrad(this.#options.createGraph, () => {
      this.#survey(roots);
      roots.forEach(({ node, nr }, i) => {
        this.#addTo(node, nr, validated(node, nr, grads[i], 'root', i));
      });
      for (const node of new Set(roots.map((root) => root.node))) {
        if (this.#pending.get(node) === 0) this.#ready.push(node);
      }
      for (let node = this.#ready.pop(); node !== undefined; node = this.#ready.pop()) this.#visit(node);
      return this.#captured;
    });
  }

  /** Counts the edges into every node that can be reached, and finds the nodes that lead to a target. */
  #survey(roots: readonly Edge[]): void {
    const nodes: Node[] = [];
    for (const { node } of roots) {
      if (!this.#pending.has(node)) {
        this.#pending.set(node, 0);
        nodes.push(node);
      }
    }
    for (let i = 0; i < nodes.length; i++) {
      for (const edge of nodes[i].edges) {
        if (edge === null) continue;
        const count = this.#pending.get(edge.node);
        if (count === undefined) nodes.push(edge.node);
        this.#pending.set(edge.node, (count ?? 0) + 1);
      }
    }
    if (this.#targets === null) return;
    const useful = new Set(this.#targets.map((target) => target.node));
    // An edge always leads to an older node, so going from old to new each node's successors are settled first.
    for (const node of [...nodes].sort((a, b) => order(a) - order(b))) {
      if (node.edges.some((edge) => edge !== null && useful.has(edge.node))) useful.add(node);
    }
    this.#useful = useful;
  }

  #visit(node: Node): void {
    let grads: Grads = this.#buffers.get(node) ?? node.outputs.map(() => null);
    this.#buffers.delete(node);
    grads = runTensorHooks(node, grads);
    const isTarget = this.#takeCaptures(node, grads);
    if (this.#useful !== null && !this.#leadsOn(node, isTarget)) return;
    for (const hook of [...(node.preHooks?.values() ?? [])]) grads = hook(grads) ?? grads;
    keepRetained(node, grads);
    if (node instanceof AccumulateGrad) {
      accumulate(node, grads[0]);
      runPostHooks(node, [], grads);
      return;
    }
    let gradients = this.#apply(node, grads);
    gradients = runPostHooks(node, gradients, grads);
    node.edges.forEach((edge, i) => {
      if (edge === null) return;
      const gradient = gradients[i] ?? null;
      if (gradient !== null)
        this.#addTo(edge.node, edge.nr, validated(edge.node, edge.nr, gradient, node.name, i));
      this.#arrived(edge.node);
    });
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

  #arrived(node: Node): void {
    const left = (this.#pending.get(node) ?? 1) - 1;
    this.#pending.set(node, left);
    if (left === 0) this.#ready.push(node);
  }

  #addTo(node: Node, nr: number, gradient: Tensor): void {
    let buffer = this.#buffers.get(node);
    if (buffer === undefined) {
      buffer = node.outputs.map(() => null);
      this.#buffers.set(node, buffer);
    }
    const before = buffer[nr];
    buffer[nr] = before === null ? gradient : add(before, gradient);
  }

  #takeCaptures(node: Node, grads: Grads): boolean {
    let isTarget = false;
    this.#targets?.forEach((target, i) => {
      if (target.node !== node) return;
      isTarget = true;
      if (this.#capture) this.#captured[i] = grads[target.nr] ?? null;
    });
    return isTarget;
  }

  /** Must this node be run, or was it only the end of the way? */
  #leadsOn(node: Node, isTarget: boolean): boolean {
    if (isTarget && !this.#capture && node instanceof AccumulateGrad) return true;
    if (isTarget && !this.#capture) keepRetained(node, []);
    return node.edges.some((edge) => edge !== null && this.#useful?.has(edge.node));
  }
}

const order = (node: Node): number => (node instanceof AccumulateGrad ? -1 : node.sequence);

/** Nodes whose gradients are complete, the last recorded on top (a binary heap). */
class ReadyQueue {
  readonly #heap: Node[] = [];

  push(node: Node): void {
    const heap = this.#heap;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].sequence >= node.sequence) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = node;
  }

  pop(): Node | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1].sequence > heap[child].sequence) child++;
      if (heap[child].sequence <= last.sequence) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

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

function runTensorHooks(node: Node, grads: Grads): Grads {
  if (node.tensorHooks === null) return grads;
  const result = [...grads];
  for (const [nr, hooks] of node.tensorHooks) {
    for (const hook of [...hooks.values()]) {
      const grad = result[nr];
      if (grad) result[nr] = hook(grad) ?? grad;
    }
  }
  return result;
}

function runPostHooks(node: Node, gradients: Grads, grads: Grads): Grads {
  let result = gradients;
  for (const hook of [...(node.postHooks?.values() ?? [])]) result = hook(result, grads) ?? result;
  return result;
}

function keepRetained(node: Node, grads: Grads): void {
  if (node.retained === null) return;
  for (const [nr, tensor] of node.retained) {
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
  for (const hook of [...(variable.afterAccumulate?.values() ?? [])]) hook(variable);
}

/** A gradient of the leaf's own: laid out like the leaf, shared with nobody. */
function ownCopy(gradient: Tensor, variable: Tensor): Tensor {
  const copy = empty(gradient.shape, gradient.dtype, isDense(variable) ? variable.strides : undefined);
  copyInto(copy, gradient);
  return copy;
}

const isDense = (tensor: Tensor): boolean => {
  const dims = tensor.shape.map((_, d) => d).filter((d) => tensor.shape[d] !== 1);
  let step = 1;
  for (const d of dims.sort((a, b) => tensor.strides[a] - tensor.strides[b])) {
    if (tensor.strides[d] !== step) return false;
    step *= tensor.shape[d];
  }
  return true;
};

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
