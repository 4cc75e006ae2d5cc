import { modes } from '../autograd/modes.ts';
import { fail } from '../errors.ts';
import { Storage, Tensor } from '../tensor.ts';

// `grad`, `jvp` and `vmap` are levels that stack up. Inside a level a tensor is a wrapper: to the function it looks like
// what the function thinks it is (one example of a batch, a leaf of a graph), and it holds the tensor that stands for it
// one level below. An operation runs at the top level, which does its own part and hands the rest down; at the bottom,
// where there are no wrappers left, the numbers are computed.

export interface Level {
  readonly kind: 'grad' | 'jvp' | 'vmap';
  /** 1 for the outermost. */
  readonly number: number;
  readonly below: Level | null;
  /** What was recorded when the level began; it still holds below, whatever the function switches on or off. */
  readonly outer: { readonly grad: boolean; readonly forward: boolean; readonly inference: boolean };
  /** Of a vmap: how many examples there are, and whether random numbers may be drawn, and for whom. */
  readonly batchSize: number;
  readonly randomness: Randomness;
  alive: boolean;
}

export type Randomness = 'error' | 'same' | 'different';

/** What a wrapper stands for. */
export interface Wrapped {
  readonly level: Level;
  readonly value: Tensor;
  /** It has come from outside the function, or is a view of what has: not to be changed in place. */
  readonly captured: boolean;
  /** Under vmap: which dimension of `value` counts the examples. Elsewhere -1. */
  readonly dim: number;
}

/** The innermost transform at work. */
export const levels: { top: Level | null } = { top: null };

export function pushLevel(
  kind: Level['kind'],
  batchSize: number = -1,
  randomness: Randomness = 'error',
): Level {
  const below = levels.top;
  const outer = { grad: modes.grad, forward: modes.forward, inference: modes.inference };
  const level = { kind, number: (below?.number ?? 0) + 1, below, outer, batchSize, randomness, alive: true };
  levels.top = level;
  if (kind === 'jvp') modes.forward = true;
  // A derivative doesn't depend on the mode in which it is asked for.
  if (kind !== 'vmap') modes.inference = false;
  return level;
}

export function popLevel(): void {
  const level = levels.top;
  if (level === null) throw new Error('there is no transform to leave');
  level.alive = false;
  levels.top = level.below;
  modes.forward = level.outer.forward;
  modes.inference = level.outer.inference;
}

export function resetLevels(): void {
  levels.top = null;
  suspended.length = 0;
}

const suspended: { level: Level; grad: boolean; forward: boolean }[] = [];

/** Steps out of the innermost transform until `resumeLevel`; what was recorded outside is recorded again. */
export function suspendLevel(level: Level = levels.top as Level): void {
  const { grad, forward } = modes;
  suspended.push({ level: levels.top as Level, grad, forward });
  levels.top = level.below;
  if (level.kind === 'vmap') return;
  // `no_grad` inside a transform holds for what is below, too.
  modes.grad = grad && level.outer.grad;
  modes.forward = level.outer.forward;
}

export function resumeLevel(): void {
  const state = suspended.pop();
  if (state === undefined) throw new Error('no transform is suspended');
  levels.top = state.level;
  modes.grad = state.grad;
  modes.forward = state.forward;
}

/** Runs `body` below `level`. */
export function belowLevel<T>(level: Level, body: () => T): T {
  suspendLevel(level);
  try {
    return body();
  } finally {
    resumeLevel();
  }
}

/** `tensor` without the wrappers of transforms that have ended. */
export function living(tensor: Tensor): Tensor {
  let result = tensor;
  while (result.wrapped !== null && !result.wrapped.level.alive) result = result.wrapped.value;
  return result;
}

/** Is `tensor` one example of a batch, under whatever other wrappers? */
export function isBatched(tensor: Tensor): boolean {
  for (let { wrapped } = tensor; wrapped !== null; { wrapped } = wrapped.value)
    if (wrapped.dim >= 0) return true;
  return false;
}

/** Is `tensor` a wrapper of this very level? */
export const isAt = (tensor: Tensor, level: Level): boolean => tensor.wrapped?.level === level;

/** A tensor of `level` that stands for `value`; nothing is known of its history. */
export function wrap(value: Tensor, level: Level, captured: boolean = false): Tensor {
  const { storage, shape, strides, offset, dtype, version } = value;
  const tensor = new Tensor(storage, shape, strides, offset, dtype, version);
  tensor.isWrappedNumber = value.isWrappedNumber;
  tensor.wrapped = { level, value, captured, dim: -1 };
  return tensor;
}

/** A wrapper at `level` for a tensor from further out: to this level a constant. */
export const lift = (tensor: Tensor, level: Level, captured: boolean = false): Tensor =>
  isAt(tensor, level) ? tensor : wrap(tensor, level, captured);

export const innerOf = (tensor: Tensor): Tensor => tensor.wrapped?.value ?? tensor;

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);

/** Stands in for the memory of one example, which is nowhere by itself: whatever reads it gets an error. */
const NOWHERE = new Storage(
  new Proxy(new Uint8Array(0), {
    get: () => fail("dxdx can't do this under vmap: call it outside.", 'NotImplementedError'),
  }),
);

/** One example of the batch along `dim` of `value`. */
export function wrapBatch(value: Tensor, dim: number, level: Level): Tensor {
  const { shape, strides, offset, dtype, version } = value;
  const tensor = new Tensor(NOWHERE, without(shape, dim), without(strides, dim), offset, dtype, version);
  tensor.wrapped = { level, value, captured: false, dim };
  return tensor;
}

/** A wrapper like `tensor` around what `f` makes of the value. */
export function rewrap(tensor: Tensor, f: (value: Tensor) => Tensor): Tensor {
  const { level, value, dim } = tensor.wrapped as Wrapped;
  const changed = belowLevel(level, () => f(value));
  return level.kind === 'vmap' ? wrapBatch(changed, dim, level) : wrap(changed, level);
}

/** The arguments of a call (tensors, lists of tensors, items of an index, plain values) with every tensor mapped. */
export function mapTensors<T>(value: T, f: (tensor: Tensor) => Tensor): T {
  const map = (entry: unknown): unknown => {
    if (entry instanceof Tensor) return f(entry);
    if (Array.isArray(entry)) return entry.map(map);
    if (entry !== null && typeof entry === 'object' && 'tensor' in entry) {
      return { ...entry, tensor: map(entry.tensor) };
    }
    return entry;
  };
  return map(value) as T;
}

/** All tensors among the arguments of a call. */
export function tensorsAmong(args: readonly unknown[]): Tensor[] {
  const found: Tensor[] = [];
  mapTensors(args, (tensor) => {
    found.push(tensor);
    return tensor;
  });
  return found;
}

/** Runs a kernel, which goes element by element, on what wrappers stand for; transforms/kernels.ts sets it. */
export const wrappers: {
  through: (tensors: readonly Tensor[], kernel: (...values: Tensor[]) => Tensor) => Tensor;
} = { through: () => fail('the engine was loaded without transforms') };
