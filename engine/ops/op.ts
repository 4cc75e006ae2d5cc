import { gradientEdge, setHistory } from '../autograd/history.ts';
import { modes, withGrad } from '../autograd/modes.ts';
import { type Edge, type Grads, Node, type SavedValues } from '../autograd/node.ts';
import { FREED, type PackHook, packing, SavedTensor, withoutPacking } from '../autograd/saved_tensor.ts';
import { fail } from '../errors.ts';
import { Tensor } from '../tensor.ts';
import { levels } from '../transforms/levels.ts';
import type { Geometry } from './embed.ts';

/** One differentiable call: what a rule may save for its backward pass. */
export interface Call<A, R> {
  readonly args: A;
  readonly result: R;
  /** For each input: will its gradient be asked for? Save nothing that only an unwanted gradient needs. */
  readonly needs: readonly boolean[];
}

export type Gradients = Tensor | null | readonly (Tensor | null)[];

/** What a formula finds of the values its rule saved: tensors, checked and unpacked, and plain values. */
export interface RuleBase<A extends unknown[], R, S> {
  /** The node's name in PyTorch; `MulBackward0` for `mul` where it isn't given. */
  readonly node?: string;
  /** The tensors whose gradients `backward` gives, in order; by default all tensor arguments. */
  readonly inputs?: (...args: A) => readonly (Tensor | null)[];
  readonly save?: (call: Call<A, R>) => S;
  /**
   * The tangent of the result from those of the inputs. 'linear': the operation itself, applied to the tangents;
   * 'multilinear': the same for each input by itself, the others as they are, added up; 'elementwise': the backward
   * formula, whose Jacobian is diagonal and so its own transpose; 'composed': what the operations called in `forward`
   * make of them; a function gets the tangents of the inputs, null where there is none, and the call, and may give
   * none; `refused` is PyTorch's name of an operation that has no forward mode there, `aten::` before it where it has no derivative at
   * all. Without a rule the backward formula is differentiated: what it does with a gradient is linear.
   */
  readonly forwardMode?:
    | 'linear'
    | 'multilinear'
    | 'elementwise'
    | 'composed'
    | ((tangents: readonly (Tensor | null)[], call: { readonly args: A; readonly result: R }) => R | null)
    | { readonly refused: string };
  /**
   * The operation on a whole batch (vmap). 'elementwise': as it is, which needs no saying where `forwardMode` says it;
   * `along`: as it is, but the argument at that place, which names dimensions, counts one more; a function gets the
   * size of the batch and the arguments, every tensor with the batch as its first dimension. Without a rule one
   * example is computed after the other.
   */
  readonly batch?: 'elementwise' | { readonly along: number } | ((size: number, ...args: A) => R);
  /** PyTorch's name of an operation that has no batching rule there: it computes one example after the other, and warns. */
  readonly unbatched?: string;
  /** The composition that `forward` is, for 'composed': transforms take part in its operations instead. */
  readonly compose?: (...args: A) => R;
  /** It draws random numbers, so that vmap must know for whom: from the values given, or whatever they are. */
  readonly random?: 'given' | 'anew';
}

/** An operation as function transforms see it: one of many, the types of its arguments forgotten. */
export interface Operation {
  readonly name: string;
  readonly rule: {
    readonly forwardMode?: RuleBase<unknown[], Tensor | Tensor[], object>['forwardMode'];
    readonly inputs?: (...args: unknown[]) => readonly (Tensor | null)[];
    readonly save?: (call: { args: unknown[]; result: unknown; needs: readonly boolean[] }) => object;
    readonly forward: (...args: unknown[]) => Tensor | Tensor[];
    readonly batch?: RuleBase<unknown[], Tensor | Tensor[], object>['batch'];
    readonly constant?: readonly number[];
    readonly random?: 'given' | 'anew';
    readonly unbatched?: string;
    readonly compose?: (...args: unknown[]) => Tensor | Tensor[];
    /** Where views look. */
    readonly geometry?: (...args: unknown[]) => Geometry;
    readonly geometries?: (...args: unknown[]) => Geometry[];
  };
  /** The gradients of the inputs, from those of the results. */
  readonly backward: Backward;
  readonly run: (...args: unknown[]) => Tensor | Tensor[];
  /** Gives a computed result its history and its tangent. */
  readonly finish: (args: unknown[], result: Tensor | Tensor[]) => Tensor | Tensor[];
}

/** How transforms take part in an operation; engine/transforms sets them. */
export const transforms: {
  /** Runs an operation at the innermost transform. */
  call: (operation: Operation, args: unknown[]) => Tensor | Tensor[];
  /** Gives the results the tangents that follow from those of the inputs. */
  pushForward: (
    operation: Operation,
    args: unknown[],
    inputs: readonly (Tensor | null)[],
    result: Tensor | Tensor[],
  ) => void;
} = {
  call: () => fail('the engine was loaded without transforms'),
  pushForward: () => fail('the engine was loaded without forward mode'),
};

/** An operation with one result: how to compute it, and how a gradient flows back through it. */
export interface Rule<A extends unknown[], S extends object> extends RuleBase<A, Tensor, S> {
  readonly forward: (...args: A) => Tensor;
  readonly backward: (grad: Tensor, saved: S, needs: readonly boolean[]) => Gradients;
}

/** An operation with several results; `grads` has one entry for each, null where none arrived. */
export interface MultiRule<A extends unknown[], S extends object> extends RuleBase<A, Tensor[], S> {
  readonly forward: (...args: A) => Tensor[];
  readonly backward: (grads: Grads, saved: S, needs: readonly boolean[]) => Gradients;
  /** Which results have no derivative, though they are floating point: `backward` hears nothing of them. */
  readonly constant?: readonly number[];
}

/** A line of the table from which the Python package makes its functions. */
export interface RegisteredOp {
  readonly name: string;
  /** f: a function `torch.name`, m: a method of Tensor. */
  readonly where: 'f' | 'm' | 'fm';
  readonly signature: string;
  readonly returns: string;
  // A decoded call: the binding has checked the arguments against the signature.
  readonly call: (...args: never[]) => unknown;
}

/** Every operation that Python can call, in the order PyTorch tries overloads of one name. */
export const registry: RegisteredOp[] = [];

/**
 * Makes `call` known under a signature such as `'fm pow(Tensor input, Scalar exponent) -> Tensor'`;
 * the leading letters say whether it is a function, a method or both.
 */
export function register<A extends unknown[], R>(
  signature: string,
  call: (...args: A) => R,
): (...args: A) => R {
  const parts = /^(fm|f|m) (([\w.]+)\(.*\)) -> (.+)$/.exec(signature);
  if (!parts) throw new Error(`not a signature: ${signature}`);
  const [, where, text, name, returns] = parts;
  registry.push({ name, where: where as 'f' | 'm' | 'fm', signature: text, returns, call });
  return call;
}

// Operations whose formulas mention themselves need their types said.
export type Unary = (self: Tensor) => Tensor;
export type Binary = (self: Tensor, other: Tensor) => Tensor;
export type UnaryWith<A extends unknown[]> = (self: Tensor, ...args: A) => Tensor;

/** `nn.functional.log_softmax` → `LogSoftmaxBackward0` */
export function nodeName(signature: string): string {
  const name = /([\w]+)\(/.exec(signature)?.[1] ?? '';
  const words = name.replace(
    /(^|[^a-zA-Z])([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
  return `${words.replaceAll('_', '')}Backward0`;
}

/** Declares an operation with one result and makes it known to Python. */
export const op = <A extends unknown[], S extends object>(
  signature: string,
  rule: Rule<A, S>,
): ((...args: A) => Tensor) => register(signature, define(rule.node ?? nodeName(signature), rule));

/** Declares an operation that has no derivative: its result is never recorded. */
export const constantOp = <A extends unknown[]>(
  signature: string,
  rule: Pick<Rule<A, object>, 'forward' | 'batch' | 'random' | 'unbatched'>,
): ((...args: A) => Tensor) => op(signature, { ...rule, inputs: () => [], backward: () => null });

/** An operation with one result for the engine's own use, recorded as a node called `name`. */
export function define<A extends unknown[], S extends object>(
  name: string,
  rule: Rule<A, S>,
): (...args: A) => Tensor {
  // Taken out of the rule here, as no two rules look alike to JavaScript and each look into one would be a search.
  const { forward, save, inputs, backward } = rule;
  const apply = (grads: Grads, saved: S, needs: readonly boolean[]): Gradients =>
    grads[0] === null ? null : backward(grads[0], saved, needs);
  const finish = (args: A, result: Tensor): Tensor => {
    if (modes.grad) {
      const node = recordOne(name, inputsBy(inputs, args), result, apply as Backward, args);
      if (node !== null && save) node.keep(save({ args, result, needs: node.needs }));
    }
    if (modes.forward) {
      const among = inputsBy(inputs, args);
      if (among.some(hasTangent)) transforms.pushForward(operation, args, among, result);
    }
    return result;
  };
  const refuses = typeof rule.forwardMode === 'object';
  // Function transforms take part here: while one is at work `levels.top` is set, and the operation is theirs.
  const run = (...args: A): Tensor => {
    if (levels.top !== null) return transforms.call(operation, args) as Tensor;
    // PyTorch refuses before it computes.
    if (refuses && modes.forward) refuseMoving(operation, args);
    return finish(args, packing.hook === null ? forward(...args) : withoutPacking(() => forward(...args)));
  };
  const operation = { name, rule, backward: apply, run, finish } as unknown as Operation;
  return run;
}

function refuseMoving(operation: Operation, args: unknown[]): void {
  const inputs = inputsBy(operation.rule.inputs, args);
  if (inputs.some(hasTangent)) transforms.pushForward(operation, args, inputs, []);
}

/** Declares an operation with several results. */
export const multiOp = <A extends unknown[], S extends object>(
  signature: string,
  rule: MultiRule<A, S>,
): ((...args: A) => Tensor[]) => register(signature, defineMulti(rule.node ?? nodeName(signature), rule));

/** An operation with several results for the engine's own use. */
export function defineMulti<A extends unknown[], S extends object>(
  name: string,
  rule: MultiRule<A, S>,
): (...args: A) => Tensor[] {
  const { forward, save, inputs, constant } = rule;
  const moving = <T>(all: readonly T[]): readonly T[] =>
    constant === undefined ? all : all.filter((_, i) => !constant.includes(i));
  // Transforms know the gradients of all results, the node only of those that have some.
  const backward: Backward = (grads, saved, needs) => rule.backward(moving(grads), saved as S, needs);
  const finish = (args: A, results: Tensor[]): Tensor[] => {
    const among = inputsBy(inputs, args);
    const node = record(name, among, moving(results), rule.backward as Backward, args);
    if (node !== null && save) node.keep(save({ args, result: results, needs: node.needs }), results);
    if (modes.forward && among.some(hasTangent)) transforms.pushForward(operation, args, among, results);
    return results;
  };
  const run = (...args: A): Tensor[] =>
    levels.top === null ? finish(args, forward(...args)) : (transforms.call(operation, args) as Tensor[]);
  const operation = { name, rule, backward, run, finish } as unknown as Operation;
  return run;
}

function inputsBy<A extends unknown[]>(
  inputs: ((...args: A) => readonly (Tensor | null)[]) | undefined,
  args: A,
): readonly (Tensor | null)[] {
  return inputs ? inputs(...args) : tensorsAmong(args);
}

function tensorsAmong(values: readonly unknown[]): readonly Tensor[] {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] instanceof Tensor) count++;
  return (
    count === values.length ? values : values.filter((value) => value instanceof Tensor)
  ) as readonly Tensor[];
}

export type Backward = (grads: Grads, saved: SavedValues, needs: readonly boolean[]) => Gradients;

/** What is needed of one input, or of two: the same few lists for nearly all nodes. */
const OF_ONE = [[false], [true]];
const OF_TWO = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];

function needsOf(edges: readonly (Edge | null)[]): readonly boolean[] {
  if (edges.length === 1) return OF_ONE[Number(edges[0] !== null)];
  if (edges.length === 2) return OF_TWO[Number(edges[0] !== null) + 2 * Number(edges[1] !== null)];
  return edges.map((edge) => edge !== null);
}

/** What a formula finds whose rule saves nothing. */
const NOTHING: SavedValues = {};

/** The node of a recorded operation: its rule's formula, with what the rule saved. */
export class OpNode extends Node {
  readonly #backward: Backward;
  readonly needs: readonly boolean[];
  /**
   * What the rule saved. At first its tensors stand there as the formula wants them, with `keptTensors` beside to say
   * whether they are still what they were; `#wrap` puts these in their places once somebody looks closer.
   */
  #values: SavedValues | null = null;
  #wrapped = false;
  #freed = false;

  constructor(name: string, edges: (Edge | null)[], backward: Backward) {
    super(name, edges);
    this.#backward = backward;
    this.needs = needsOf(edges);
  }

  /** Saves values for backward: tensors with their version, everything else as it is. */
  keep(values: object, results: readonly Tensor[] = []): void {
    const record =
      packing.hook === null ? (values as SavedValues) : inOrder(values as SavedValues, this, results);
    this.#values = record;
    for (const name in record) {
      const value = record[name];
      if (value instanceof Tensor) this.#note(value);
      else if (Array.isArray(value))
        for (const entry of value) if (entry instanceof Tensor) this.#note(entry);
    }
    if (packing.hook !== null) this.#wrap();
  }

  #note(tensor: Tensor): void {
    const saved = new SavedTensor(tensor, this);
    this.keptTensors = this.keptTensors.length === 0 ? [saved] : [...this.keptTensors, saved];
  }

  /** What was saved, by name: tensors as `SavedTensor`. */
  override get saved(): Readonly<SavedValues> | null {
    this.#wrap();
    return this.#values;
  }

  #wrap(): void {
    const values = this.#values;
    if (this.#wrapped || values === null) return;
    this.#wrapped = true;
    let next = 0;
    for (const name in values) {
      const value = values[name];
      if (value instanceof Tensor) values[name] = this.keptTensors[next++];
      else if (Array.isArray(value))
        values[name] = value.map((entry) => (entry instanceof Tensor ? this.keptTensors[next++] : entry));
    }
  }

  /** Hands what is saved to a pack hook: where it could not be done while it was saved. */
  repack(hook: PackHook): void {
    this.#wrap();
    for (const saved of this.keptTensors) saved.packAsSaved(hook);
  }

  /** After an in-place operation: what was saved as the result is now `self`, at its new version. */
  resave(result: Tensor, self: Tensor): void {
    this.#wrap();
    for (const name in this.#values) {
      const value = this.#values[name];
      if (!(value instanceof SavedTensor && value.isFor(result))) continue;
      const changed = new SavedTensor(self, this);
      this.#values[name] = changed;
      this.keptTensors = this.keptTensors.map((saved) => (saved === value ? changed : saved));
    }
  }

  /** A saved value, with tensors unpacked. @throws RuntimeError when it was freed, or changed in place since. */
  savedValue(name: string): unknown {
    const value = this.saved?.[name];
    // What no formula needs is computed when a reader asks for it.
    if (typeof value !== 'function') return reveal(value);
    if (this.#freed) fail(FREED);
    return withGrad(false, value as () => unknown);
  }

  override apply(grads: Grads): Grads {
    if (this.#freed) fail(FREED);
    const gradients = this.#backward(grads, this.#unpacked(), this.needs);
    if (gradients instanceof Tensor) return [gradients];
    return gradients ?? this.edges.map(() => null);
  }

  #unpacked(): SavedValues {
    const values = this.#values;
    if (values === null) return NOTHING;
    if (!this.#wrapped && this.#allIntact()) return values;
    const unpacked: SavedValues = {};
    const saved = inOrder(this.saved ?? NOTHING, this);
    for (const name in saved) unpacked[name] = unpack(saved[name]);
    return unpacked;
  }

  #allIntact(): boolean {
    for (let i = 0; i < this.keptTensors.length; i++) if (!this.keptTensors[i].isIntact) return false;
    return true;
  }

  get freed(): boolean {
    return this.#freed;
  }

  override release(): void {
    if (this.keptTensors.length === 0) return;
    this.#freed = true;
    this.#wrap();
    for (let i = 0; i < this.keptTensors.length; i++) this.keptTensors[i].release();
  }
}

/** Values in the order in which PyTorch saves and unpacks them: inputs by their names, then results. */
function inOrder(values: Readonly<SavedValues>, node: Node, results: readonly Tensor[] = []): SavedValues {
  const isResult = (value: unknown): boolean =>
    value instanceof SavedTensor
      ? value.isResult
      : value instanceof Tensor && (value.recordedFn === node || results.includes(value));
  const rank = ([name, value]: [string, unknown]): string => (isResult(value) ? '~' : '') + name;
  const entries = Object.entries(values).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return Object.fromEntries(entries);
}

function unpack(value: unknown): unknown {
  if (value instanceof SavedTensor) return value.unpack();
  return Array.isArray(value) ? value.map(unpack) : value;
}

function reveal(value: unknown): unknown {
  if (value instanceof SavedTensor) return value.reveal();
  return Array.isArray(value) ? value.map(reveal) : value;
}

/**
 * Adds a node for an operation that has just been computed, if anybody may ask for its gradient.
 * Results that are not floating point have no derivative and get no history.
 */
export function record(
  name: string,
  inputs: readonly (Tensor | null)[],
  results: readonly Tensor[],
  backward: Backward,
  args: readonly unknown[] = inputs,
): OpNode | null {
  if (!modes.grad || !someRequireGrad(inputs, args) || !results.some((result) => result.isFloating))
    return null;
  const node = new OpNode(name, edgesOf(inputs), backward);
  for (const result of results) if (result.isFloating) setHistory(result, node);
  return node;
}

/** The same for an operation with one result, while operations are recorded. */
export function recordOne(
  name: string,
  inputs: readonly (Tensor | null)[],
  result: Tensor,
  backward: Backward,
  args: readonly unknown[] = inputs,
): OpNode | null {
  if (!result.isFloating || !someRequireGrad(inputs, args)) return null;
  const node = new OpNode(name, edgesOf(inputs), backward);
  setHistory(result, node);
  return node;
}

function someRequireGrad(inputs: readonly (Tensor | null)[], args: readonly unknown[]): boolean {
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i];
    // Autograd never hears of an operation that inference tensors have to themselves.
    if (input?.requiresGrad) return !input.isInference || args.flat().some(isNormalTensor);
  }
  return false;
}

export const isNormalTensor = (value: unknown): boolean => value instanceof Tensor && !value.isInference;

export function edgesOf(inputs: readonly (Tensor | null)[]): (Edge | null)[] {
  const edges = new Array<Edge | null>(inputs.length);
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i];
    edges[i] = input?.requiresGrad ? gradientEdge(input) : null;
  }
  return edges;
}

export const hasTangent = (input: Tensor | null): boolean => input !== null && input.tangent !== null;
