import { check, fail } from '../errors.ts';
import { add } from '../ops/arithmetic.ts';
import { sumToSize } from '../ops/broadcast.ts';
import { clone, to } from '../ops/copy.ts';
import { detach } from '../ops/inplace.ts';
import { isExpandableTo, numelOf, sameShape, showShape } from '../shape.ts';
import { full, Tensor } from '../tensor.ts';
import { accumulate, addInPlace, isUnshared } from './accumulate.ts';
import { reportFailure } from './anomaly.ts';
import { gradientEdge } from './history.ts';
import { modes } from './modes.ts';
import { AccumulateGrad, anomaly, type Edge, type Grads, type Node } from './node.ts';
import { ReadyQueue } from './ready_queue.ts';
import { keepRetained, runPostHooks, runPreHooks, runTensorHooks } from './run_hooks.ts';

export interface BackwardOptions {
  /** Keep what nodes saved, so that the graph can be walked again. */
  readonly retainGraph: boolean;
  /** Record the backward pass itself, so that it can be differentiated. */
  readonly createGraph: boolean;
}

/** What backward starts from or leads to: a tensor, or an edge of the graph in its stead. */
export type Place = Tensor | Edge;

/** Accumulates the gradients of `roots`, weighted by `rootGrads`, into the leaves (only into `inputs` if given). */
export function backward(
  roots: readonly Place[],
  rootGrads: readonly (Tensor | null)[],
  inputs: readonly Place[] | null,
  options: BackwardOptions,
): void {
  const given = seeds(roots, rootGrads);
  const edges = rootEdges(roots);
  for (const input of inputs ?? []) if (input instanceof Tensor) retainGrad(input);
  const targets = inputs === null ? null : inputs.map(edgeOfInput);
  new BackwardPass(options, targets, false).run(edges, given);
}

/** The gradients of `roots`, weighted by `rootGrads`, with respect to `inputs`; null for one that wasn't used. */
export function grad(
  roots: readonly Place[],
  rootGrads: readonly (Tensor | null)[],
  inputs: readonly Place[],
  allowUnused: boolean,
  options: BackwardOptions,
): (Tensor | null)[] {
  const given = seeds(roots, rootGrads);
  const edges = rootEdges(roots);
  const targets = inputs.map(edgeOfInput);
  const captured = new BackwardPass(options, targets, true).run(edges, given);
  captured.forEach((gradient, i) => {
    check(
      gradient !== null || allowUnused,
      () =>
        `The differentiated Tensor at index ${i} appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.`,
    );
  });
  return captured;
}

const edgeOf = (place: Place): Edge | null => (place instanceof Tensor ? gradientEdge(place) : place);

function edgeOfInput(input: Place): Edge {
  const edge = edgeOf(input);
  if (edge !== null) return edge;
  // A view that was made unrecorded has no part in any graph, though its base may require grad.
  return input instanceof Tensor && input.requiresGrad
    ? { node: new AccumulateGrad(input), nr: 0 }
    : fail('One of the differentiated Tensors does not require grad');
}

function rootEdges(roots: readonly Place[]): Edge[] {
  return roots.map(
    (root, i) =>
      edgeOf(root) ?? fail(`element ${i} of tensors does not require grad and does not have a grad_fn`),
  );
}

/** What backward starts with: the gradients given, and 1 for a number. A root that has no gradient fails later. */
function seeds(roots: readonly Place[], grads: readonly (Tensor | null)[]): Tensor[] {
  return roots.map((root, i) => {
    const given = grads[i];
    if (given) return given;
    const { shape, dtype } = root instanceof Tensor ? root : root.node.outputs[root.nr];
    check(
      numelOf(shape) === 1 || (root instanceof Tensor && !root.requiresGrad),
      () => 'grad can be implicitly created only for scalar outputs',
    );
    return full(shape, 1, dtype);
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

/** The passes at work: a hook that calls `backward` starts one inside another. */
const atWork: BackwardPass[] = [];
let passesSoFar = 0;

/** A number for the pass at work, another for each; -1 where there is none. */
export const currentPass = (): number => atWork.at(-1)?.id ?? -1;

/** Does the pass at work go to all leaves, and not only to what it was asked for? */
export const passTakesAll = (): boolean => atWork.at(-1)?.takesAll ?? true;

/** Will the pass at work come through this node, or has it already? PyTorch doesn't count the only root. */
export function willExecute(node: Node): boolean {
  const pass = atWork.at(-1);
  if (pass === undefined || node.pass !== atWork.length || !node.useful || pass.onlyRoot === node)
    return false;
  check(
    !(node instanceof AccumulateGrad && pass.givesGradientOf(node)),
    () =>
      'A leaf node was passed to _will_engine_execute_node but we are currently running autograd.grad(). This is currently not supported.',
  );
  return true;
}

/** What a pass inside another has displaced at a node. */
interface Displaced {
  readonly node: Node;
  readonly pass: number;
  readonly pending: number;
  readonly useful: boolean;
  readonly buffer: (Tensor | null)[] | null;
}

const NOTHING: (Tensor | null)[] = [];

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
  readonly #gives: boolean;
  readonly #captured: (Tensor | null)[];
  /** All nodes that can be reached. */
  readonly #nodes: Node[] = [];
  #displaced: Displaced[] | null = null;
  readonly #ready = new ReadyQueue();
  readonly id = passesSoFar++;
  onlyRoot: Node | null = null;
  /** Which of the passes at work this is, from 1. */
  #number = 0;

  constructor(options: BackwardOptions, targets: readonly Edge[] | null, gives: boolean) {
    this.#options = options;
    this.#targets = targets;
    this.#gives = gives;
    this.#captured = gives && targets !== null ? targets.map(() => null) : NOTHING;
  }

  get takesAll(): boolean {
    return this.#targets === null;
  }

  givesGradientOf(node: Node): boolean {
    return this.#gives && this.#targets?.some((target) => target.node === node) === true;
  }

  run(roots: readonly Edge[], grads: readonly Tensor[]): (Tensor | null)[] {
    const before = modes.grad;
    const starts = roots.map(({ node, nr }, i) => validated(node, nr, grads[i], 'root', i));
    modes.grad = this.#options.createGraph && !modes.inference;
    this.#number = atWork.push(this);
    this.onlyRoot = roots.length === 1 ? roots[0].node : null;
    try {
      this.#survey(roots);
      for (let i = 0; i < roots.length; i++) {
        grads[i].storage.handedOn++; // the caller holds it too
        this.#addTo(roots[i].node, roots[i].nr, starts[i]);
      }
      for (let node = this.#ready.pop(); node !== undefined; node = this.#ready.pop()) {
        if (modes.anomaly) this.#visitWatched(node);
        else this.#visit(node);
      }
      return this.#captured;
    } finally {
      this.#leave();
      atWork.pop();
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
      this.#displaced ??= [];
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
    for (const { node, pass, pending, useful, buffer } of this.#displaced ?? []) {
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

  /** In anomaly mode: whatever goes wrong, it is said which operation is behind it. */
  #visitWatched(node: Node): void {
    const before = anomaly.atWork;
    anomaly.atWork = node;
    try {
      this.#visit(node);
    } catch (error) {
      reportFailure(node);
      throw error;
    } finally {
      anomaly.atWork = before;
    }
  }

  #visit(node: Node): void {
    let grads: Grads = node.buffer ?? node.outputs.map(() => null);
    node.buffer = null;
    // What a node on the way to another target is asked for is taken before its hooks, else after them.
    const runs = this.#targets === null || this.#mustRun(this.#targets, node);
    if (this.#targets !== null && runs) this.#capture(this.#targets, node, grads);
    if (node.tensorHooks !== null) grads = runTensorHooks(node.tensorHooks, grads);
    if (node.retained !== null) keepRetained(node.retained, grads);
    if (!runs) {
      this.#capture(this.#targets ?? [], node, grads);
      return;
    }
    if (node.preHooks !== null) grads = runPreHooks(node.preHooks, grads);
    if (node instanceof AccumulateGrad) {
      accumulate(node, grads[0]);
      if (node.postHooks !== null) runPostHooks(node.postHooks, [], grads);
      return;
    }
    this.#send(node, this.#apply(node, grads));
  }

  /** Hands the gradients of a node's inputs on to where they belong. */
  #send(node: Node, gradients: Grads): void {
    const { edges } = node;
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i];
      if (edge === null || !edge.node.useful) continue;
      const gradient = gradients[i] ?? null;
      if (gradient !== null) this.#addTo(edge.node, edge.nr, gradient);
      if (--edge.node.pending === 0) this.#ready.push(edge.node);
    }
  }

  #apply(node: Node, grads: Grads): Grads {
    let gradients = this.#validated(node, node.apply(grads));
    if (node.postHooks !== null) gradients = runPostHooks(node.postHooks, gradients, grads);
    if (!this.#options.retainGraph) node.release();
    if (modes.anomaly && modes.anomalyChecksNan) checkNan(node, gradients);
    return gradients;
  }

  /** What a node has given, each as the place where it goes expects it; nothing where nobody asked for it. */
  #validated(node: Node, gradients: Grads): Grads {
    const { edges } = node;
    let result: (Tensor | null)[] | null = null;
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i];
      const gradient = gradients[i] ?? null;
      if (gradient === null || edge === null) continue;
      const fitting = edge.node.useful ? validated(edge.node, edge.nr, gradient, node.name, i) : null;
      if (fitting === gradient) continue;
      result ??= [...gradients];
      result[i] = fitting;
    }
    return result ?? gradients;
  }

  #addTo(node: Node, nr: number, gradient: Tensor): void {
    if (node.buffer === null) node.buffer = node.outputs.length === 1 ? [null] : node.outputs.map(() => null);
    const before = node.buffer[nr];
    gradient.storage.handedOn++;
    if (before === null) node.buffer[nr] = gradient;
    else if (!modes.grad && isUnshared(before)) addInPlace(before, gradient);
    else {
      const total = add(before, gradient);
      total.storage.handedOn++;
      node.buffer[nr] = total;
    }
  }

  #capture(targets: readonly Edge[], node: Node, grads: Grads): void {
    if (!this.#gives) return;
    for (let i = 0; i < targets.length; i++) {
      if (targets[i].node === node) this.#captured[i] = grads[targets[i].nr] ?? null;
    }
  }

  /** Must this node be run, or does the way end here? */
  #mustRun(targets: readonly Edge[], node: Node): boolean {
    return leadsToUseful(node) || (!this.#gives && targets.some((target) => target.node === node));
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

function checkNan(node: Node, gradients: Grads): void {
  gradients.forEach((gradient, i) => {
    if (gradient === null) return;
    const { data } = clone(detach(gradient)).storage;
    if (data.some(Number.isNaN)) fail(`Function '${node.name}' returned nan values in its ${i}th output.`);
  });
}
