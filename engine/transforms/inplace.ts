import { modes, withoutTangents } from '../autograd/modes.ts';
import { check, fail } from '../errors.ts';
import { expand } from '../ops/broadcast.ts';
import { clone } from '../ops/copy.ts';
import {
  asStrided,
  changeInPlace,
  changeWithin,
  checkInplace,
  checkResultFits,
  copy_,
  noteChange,
  standIn,
  write,
} from '../ops/inplace.ts';
import { OpNode } from '../ops/op.ts';
import { zerosFor } from '../ops/unary.ts';
import { movedim } from '../ops/view.ts';
import { broadcastShapes, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { setTangent } from './forward_mode.ts';
import { refuseRandomness } from './fresh.ts';
import { belowLevel, isAt, type Level, levels, living, tensorsAmong, type Wrapped } from './levels.ts';

// An in-place change inside transforms: the new values are computed as ever, on all levels; then they are written where
// the numbers are, and on the way back up each level notes the change in the history that it keeps.

changeWithin.transform = (signature, functional, self, args) => {
  const level = levels.top as Level;
  const target = living(self);
  if (!isAt(target, level)) {
    if (level.kind !== 'vmap') refuseCaptured(signature);
    if (tensorsAmong(args).some((tensor) => isAt(living(tensor), level)))
      refuseBatched(signature, target, level, args);
    if (DRAWS.test(signature)) checkRandomness(level);
    return belowLevel(level, () => changeInPlace(signature, functional, target, ...args));
  }
  if (target.wrapped?.captured) refuseCaptured(signature);
  checkInplace(target, target.requiresGrad || tensorsAmong(args).some((tensor) => tensor.requiresGrad));
  const result = functional(standIn(target), ...args);
  checkResultFits(target, result);
  put(target, result);
  return self;
};

/** Writes `value`, made of a stand-in for `self` by the same operation, into `self`. */
function put(self: Tensor, value: Tensor): void {
  const node = value.recordedFn instanceof OpNode ? value.recordedFn : null;
  if (self.wrapped === null) {
    write(self, value, node);
  } else {
    const { level, value: inner } = self.wrapped;
    belowLevel(level, () => put(inner, valueFor(self.wrapped as Wrapped, value)));
    if (node !== null) noteChange(self, node);
  }
  node?.resave(value, self);
  if (modes.forward) changeWithin.tangent(self, value.tangent);
}

/** What stands for `value` one level below, laid out like what it is written over. */
function valueFor({ level, value: target, dim }: Wrapped, value: Tensor): Tensor {
  const { wrapped } = value;
  if (wrapped?.level === level)
    return level.kind === 'vmap' ? movedim(wrapped.value, [wrapped.dim], [dim]) : wrapped.value;
  // What all examples share, or what is a constant at this level.
  return level.kind === 'vmap'
    ? movedim(expand(value, [target.shape[dim], ...value.shape]), [0], [dim])
    : value;
}

/** The tangent moves into the memory where views of `self` look for theirs. */
changeWithin.tangent = (self, tangent) => {
  if (self.tangent !== null) withoutTangents(() => copy_(self.tangent as Tensor, tangent ?? zerosFor(self)));
  else if (tangent !== null)
    setTangent(
      self,
      withoutTangents(() => tangentOfChanged(self, tangent)),
    );
};

changeWithin.keep = (tangent) => withoutTangents(() => clone(tangent));

/** A view's tangent is a view of its base's, so that the base moves too. */
function tangentOfChanged(self: Tensor, tangent: Tensor): Tensor {
  const base = self.view?.base;
  if (base === undefined) return clone(tangent);
  if (base.tangent === null) setTangent(base, zerosFor(base));
  const part = asStrided(base.tangent as Tensor, self.shape, self.strides, self.offset - base.offset);
  return copy_(part, tangent);
}

/** How PyTorch refuses depends on which of its batching rules an operation has. */
const ADDS = /^(add|atan2)_$/;
const ARITHMETIC = /^(sub|mul|div|copy|clamp_min|clamp_max|clamp|logical_\w+|masked_fill)_$/;

const nameOf = (signature: string): string => /^\w+ ([\w.]+)\(/.exec(signature)?.[1] ?? signature;

/** `aten::add_.Tensor`: what PyTorch calls the overload. */
function overloadName(signature: string): string {
  const name = nameOf(signature);
  if (!OVERLOADED.test(name)) return `aten::${name}`;
  return `aten::${name}.${/, Scalar \w+[,)]/.test(signature) ? 'Scalar' : 'Tensor'}`;
}
/** In-place operations that PyTorch has for tensors and for numbers. */
const OVERLOADED =
  /^(add|sub|mul|div|remainder|fmod|floor_divide|fill|masked_fill|pow|eq|ne|lt|le|gt|ge|bitwise_\w+|lerp|index_fill)_$/;

/** In-place operations that draw random numbers. */
const DRAWS = /^\w+ (bernoulli|cauchy|exponential|geometric|log_normal|normal|random|uniform)_\(/;

function checkRandomness(level: Level): void {
  refuseRandomness(level);
  check(
    level.randomness === 'same',
    () =>
      'vmap: Cannot ask for different inplace randomness on an unbatched tensor. This will appear like same randomness. If this is necessary for your usage, please file an issue with functorch.',
  );
}

function refuseCaptured(signature: string): never {
  return fail(
    `During a grad (vjp, jvp, grad, etc) transform, the function provided attempted to call in-place operation (${overloadName(signature)}) that would mutate a captured Tensor. This is not supported; please rewrite the function being transformed to explicitly accept the mutated Tensor(s) as inputs.`,
  );
}

/** One tensor for all examples can't take a value for each. */
function refuseBatched(signature: string, self: Tensor, level: Level, args: readonly unknown[]): never {
  const name = nameOf(signature);
  if (ADDS.test(name)) {
    const shape = tensorsAmong(args).reduce((all, { shape }) => broadcastShapes(all, shape), self.shape);
    fail(
      `output with shape ${showShape(self.shape)} doesn't match the broadcast shape ${showShape([level.batchSize, ...shape])}`,
    );
  }
  const what = ARITHMETIC.test(name) ? 'inplace arithmetic' : name === 'fill_' ? name : `aten::${name}`;
  return fail(
    `vmap: ${what}(self, *extra_args) is not possible because there exists a Tensor \`other\` in extra_args that has more elements than \`self\`. This happened due to \`other\` being vmapped over but \`self\` not being vmapped over in a vmap. Please try to use out-of-place operators instead of inplace arithmetic. If said operator is being called inside the PyTorch framework, please file a bug report instead.`,
  );
}
