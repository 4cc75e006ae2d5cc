import { modes } from '../autograd/modes.ts';
import { check } from '../errors.ts';
import { expand } from '../ops/broadcast.ts';
import { movedim } from '../ops/view.ts';
import type { Tensor } from '../tensor.ts';
import {
  enterDualLevel,
  exitDualLevel,
  giveTangent,
  makeDual,
  primalOf,
  tangentOf,
} from '../transforms/forward_mode.ts';
import '../transforms/index.ts';
import {
  belowLevel,
  isAt,
  type Level,
  levels,
  lift,
  living,
  popLevel,
  pushLevel,
  type Randomness,
  resumeLevel,
  suspendLevel,
  wrapBatch,
} from '../transforms/levels.ts';
import { handleOf, tensorOf } from './handles.ts';
import { guarded } from './outcome.ts';

/** The number of a level of `grad` or `jvp` that has ended. */
const LEFT = -2;

const innermost = (): Level => levels.top as Level;

/** The batch that `tensor` is an example of, counted by dimension `out`; what all examples share is repeated. */
function leaveBatch(tensor: Tensor, size: number, out: number): Tensor {
  const level = innermost();
  const { value, dim } = isAt(tensor, level)
    ? (tensor.wrapped as { value: Tensor; dim: number })
    : { value: belowLevel(level, () => expand(tensor, [size, ...tensor.shape])), dim: 0 };
  check(
    out >= -value.ndim && out < value.ndim,
    () =>
      `Dimension out of range (expected to be in range of [${-value.ndim}, ${value.ndim - 1}], but got ${out})`,
    'IndexError',
  );
  return out === dim ? value : belowLevel(level, () => movedim(value, [dim], [out]));
}

/** Levels of function transforms, their wrappers, dual tensors. */
export const transforms = {
  push_level: (kind: Level['kind'], batchSize: number, randomness: Randomness) =>
    pushLevel(kind, batchSize, randomness).number,
  pop_level: popLevel,
  level_kind: () => levels.top?.kind ?? '',
  level_batch_size: () => levels.top?.batchSize ?? -1,
  level_randomness: () => levels.top?.randomness ?? '',
  /** Steps out of the innermost transform until `resume_level`. */
  suspend_level: () => suspendLevel(),
  resume_level: resumeLevel,

  lift: (h: number) => handleOf(lift(living(tensorOf(h)), innermost())),
  /** What stands for a tensor below the innermost level; the tensor itself where it isn't of that level. */
  lower: (h: number) => {
    const tensor = living(tensorOf(h));
    return handleOf(
      levels.top !== null && isAt(tensor, levels.top) ? (tensor.wrapped as { value: Tensor }).value : tensor,
    );
  },
  /** Which dimension counts the examples of which this is one, at the innermost level; -1 where it is none. */
  batch_dim: (h: number) => {
    const tensor = living(tensorOf(h));
    return levels.top !== null && isAt(tensor, levels.top) ? (tensor.wrapped?.dim ?? -1) : -1;
  },
  enter_batch: (h: number, dim: number) => handleOf(wrapBatch(tensorOf(h), dim, innermost())),
  leave_batch: guarded((h: number, size: number, out: number) =>
    handleOf(leaveBatch(living(tensorOf(h)), size, out)),
  ),

  /** 'grad', 'vmap' or '' */
  wrapper_kind: (h: number) => tensorOf(h).wrapped?.level.kind ?? '',
  wrapper_level: (h: number) => {
    const level = tensorOf(h).wrapped?.level;
    if (level === undefined) return 0;
    return level.alive || level.kind === 'vmap' ? level.number : LEFT;
  },
  wrapper_dim: (h: number) => tensorOf(h).wrapped?.dim ?? -1,
  wrapper_value: (h: number) => handleOf(tensorOf(h).wrapped?.value ?? null),

  enter_dual_level: guarded(() => {
    enterDualLevel();
    return 0;
  }),
  exit_dual_level: exitDualLevel,
  forward_enabled: () => modes.forward,
  set_forward_enabled: (enabled: boolean) => {
    modes.forward = enabled;
  },
  make_dual: guarded((h: number, tangent: number) => handleOf(makeDual(tensorOf(h), tensorOf(tangent)))),
  primal: (h: number) => handleOf(primalOf(tensorOf(h))),
  tangent: (h: number) => handleOf(tangentOf(tensorOf(h))),
  set_tangent: (h: number, tangent: number) => giveTangent(tensorOf(h), tensorOf(tangent)),
};
