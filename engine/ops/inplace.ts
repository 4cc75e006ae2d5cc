import { checkViewMayChange, gradFn, isLeaf, replaceHistory, viewReplay } from '../autograd/history.ts';
import { modes } from '../autograd/modes.ts';
import { type Grads, Node } from '../autograd/node.ts';
import { packing, withoutPacking } from '../autograd/saved_tensor.ts';
import { canCast, type DType } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { broadcastShapes, elementOffsets, type Shape, sameShape, showShape } from '../shape.ts';
import { empty, Tensor } from '../tensor.ts';
import { isBatched, levels, rewrap } from '../transforms/levels.ts';
import { sumToSize } from './broadcast.ts';
import { clone, cloneContiguous, contiguousData } from './copy.ts';
import { embed, type Geometry, gatherThroughMemory } from './embed.ts';
import { define, edgesOf, OpNode, register } from './op.ts';
import { checkWritable, ELEMENTWISE, isExpanded, type MemoryRule } from './overlap.ts';
import { zerosFor } from './unary.ts';
import { viewOp } from './view_op.ts';

/** The memory of `self` under any geometry. */
export const asStrided = viewOp(
  'fm as_strided(Tensor input, int[] size, int[] stride, int? storage_offset=None) -> Tensor',
  {
    geometry: (self: Tensor, size: Shape, stride: Shape, offset?: number | null): Geometry => {
      check(size.length === stride.length, () => 'mismatch in length of strides and shape');
      check(
        stride.every((step) => step >= 0),
        () =>
          `as_strided: Negative strides are not supported at the moment, got strides: ${showShape(stride)}`,
      );
      const place = { shape: size, strides: stride, offset: offset ?? self.offset };
      const last = size.reduce((at, length, d) => at + (length - 1) * stride[d], place.offset);
      check(
        size.includes(0) || isBatched(self) || last < self.storage.data.length,
        () =>
          `setStorage: sizes ${showShape(size)}, strides ${showShape(stride)}, storage offset ${place.offset}, and itemsize ${self.dtype.bytes} requiring a storage size of ${(last + 1) * self.dtype.bytes} are out of bounds for storage of size ${self.storage.data.length * self.dtype.bytes}`,
      );
      return place;
    },
    save: ({ args: [self, size, stride, offset] }) => ({
      size,
      stride,
      storage_offset: offset ?? null,
      self: { shape: self.shape, strides: self.strides, offset: self.offset },
    }),
    backward: (grad, { size, stride, storage_offset, self }) => {
      const view = { shape: size, strides: stride, offset: storage_offset ?? self.offset };
      return gatherThroughMemory(grad, view, self);
    },
  },
);

// A view whose base was changed in place gets its history anew: it is the base, seen through the view's geometry.
viewReplay.node = (view, base) => {
  const node = new OpNode('AsStridedBackward0', edgesOf([base]), (grads) =>
    grads[0] === null ? null : embed('AsStridedBackwardBackward0', grads, base.shape, [placeIn(view, base)]),
  );
  node.addOutput(view);
  return node;
};

/** Where `view` looks in a row-major copy of its base. */
function placeIn(view: Tensor, base: Tensor): Geometry {
  if (base.isContiguous)
    return { shape: view.shape, strides: view.strides, offset: view.offset - base.offset };
  // A dense base that is not row-major: translate each of its strides into the row-major one.
  const rowMajor = empty(base.shape, base.dtype).strides;
  const order = base.strides.map((_, d) => d).sort((a, b) => base.strides[b] - base.strides[a]);
  const translate = (distance: number): number => {
    let rest = distance;
    let result = 0;
    for (const d of order) {
      if (base.shape[d] < 2) continue;
      const steps = Math.trunc(rest / base.strides[d]);
      rest -= steps * base.strides[d];
      result += steps * rowMajor[d];
    }
    return result;
  };
  return {
    shape: view.shape,
    strides: view.strides.map(translate),
    offset: translate(view.offset - base.offset),
  };
}

/**
 * Stands for an in-place change of a part of `base`: outside that part the gradient passes, inside it goes through the
 * node of the change.
 */
class CopySlices extends Node {
  readonly #inner: Node;
  readonly #place: Geometry;

  constructor(base: Tensor, view: Tensor, inner: Node) {
    // The first edge leads to what the base was before; the others are those of the change's further inputs.
    super('CopySlices', [edgesOf([base])[0], ...inner.edges.slice(1)]);
    this.#inner = inner;
    this.#place = placeIn(view, base);
    this.addOutput(base);
  }

  override apply(grads: Grads): Grads {
    if (grads[0] === null) return this.edges.map(() => null);
    const whole = cloneContiguous(grads[0]);
    const part = asStrided(whole, this.#place.shape, this.#place.strides, this.#place.offset);
    const [forPart, ...others] = this.#inner.apply([clone(part)]);
    copy_(part, forPart ?? zerosFor(part));
    return [this.edges[0] === null ? null : whole, ...others];
  }

  override release(): void {
    this.#inner.release();
  }
}

/** Gives `self`, changed in place by the operation behind `node`, its new history. */
export function rebaseHistory(self: Tensor, node: Node, nr = 0): void {
  const { view } = self;
  if (view === null) replaceHistory(self, node, nr);
  else {
    replaceHistory(view.base, new CopySlices(view.base, self, node), 0);
    gradFn(self);
  }
}

/** Refuses changes of leaves that require grad and of views that autograd could not follow. */
export function checkInplace(self: Tensor, recorded: boolean): void {
  if (!recorded || !modes.grad) return;
  if (self.view !== null) {
    checkViewMayChange(self, self.view, 'view');
    refuseViewOfLeaf(self);
  }
  if (self.requiresGrad && isLeaf(self)) {
    fail('a leaf Variable that requires grad is being used in an in-place operation.');
  }
}

export function refuseViewOfLeaf(self: Tensor): void {
  if (self.view !== null && self.requiresGrad && isLeaf(self.view.base)) {
    fail('a view of a leaf Variable that requires grad is being used in an in-place operation.');
  }
}

/** Told of every change before it happens: how `allow_mutation_on_saved_tensors` keeps old values. */
export const beforeChange: { hook: ((changing: Tensor) => void) | null } = { hook: null };

/** Writes `value` into `self` and notes the change; `node`, if there is one, becomes the history of `self`. */
export function write(self: Tensor, value: Tensor, node: OpNode | null): Tensor {
  beforeChange.hook?.(self);
  if (isExpanded(self)) copyChanged(self, value);
  else copyInto(self, value);
  // PyTorch refuses when the change has been made.
  countChange(self);
  if (node !== null) noteChange(self, node);
  return self;
}

/** Where several elements share one place, the one that has changed counts. */
function copyChanged(self: Tensor, value: Tensor): void {
  const { data } = self.storage;
  const before = contiguousData(self);
  const after = contiguousData(value);
  elementOffsets(self.shape, self.strides).forEach((place, i) => {
    if (!Object.is(before[i], after[i])) data[self.offset + place] = after[i];
  });
}

/** Counts a change in place. @throws RuntimeError for an inference tensor outside of inference mode. */
export function countChange({ version }: Tensor): void {
  if (!version.off) version.value++;
  else
    check(
      modes.inference,
      () =>
        'Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details.',
    );
}

/** `node`, which has computed what now stands in `self`, becomes its history. */
export function noteChange(self: Tensor, node: OpNode): void {
  node.outputs = [{ shape: self.shape, dtype: self.dtype }];
  rebaseHistory(self, node);
}

/**
 * The in-place form of an operation: the same formula, the result written into the first argument.
 * What the formula saves of the input is a copy of its old values; a saved result is the changed tensor itself.
 */
export function inplace<A extends unknown[]>(
  signature: string,
  functional: (self: Tensor, ...args: A) => Tensor,
  memory: MemoryRule = ELEMENTWISE,
): (self: Tensor, ...args: A) => Tensor {
  if (memory !== ELEMENTWISE) memoryRules.set(signature, memory);
  return register(
    signature,
    (self: Tensor, ...args: A): Tensor => changeInPlace(signature, functional, self, ...args),
  );
}

/** The rules of the operations that ask for something else of memory than elementwise ones. */
const memoryRules = new Map<string, MemoryRule>();

/** Writes what `functional` makes of `self` into `self`, with its history. */
export function changeInPlace<A extends unknown[]>(
  signature: string,
  functional: (self: Tensor, ...args: A) => Tensor,
  self: Tensor,
  ...args: A
): Tensor {
  if (levels.top !== null) return changeWithin.transform(signature, functional, self, args);
  const tensors = args.filter((arg) => arg instanceof Tensor);
  const recorded = modes.grad && (self.requiresGrad || tensors.some((tensor) => tensor.requiresGrad));
  checkInplace(self, recorded);
  const memory = memoryRules.get(signature) ?? ELEMENTWISE;
  if (!memory.late) memory.check(self, args);
  // A recorded formula must not see the change: it works on a stand-in with the old history, and, where it saves its
  // input, on old values.
  const before = recorded ? standIn(self) : self;
  const result = withoutPacking(() => functional(before, ...args));
  if (memory.late) memory.check(self, args);
  checkResultFits(self, result);
  if (!recorded && takeOver(self, result, tensors)) return self;
  const node = result.recordedFn;
  if (node instanceof OpNode && node.keptTensors.some((saved) => saved.isFor(before))) recordAsClone(before);
  const written = write(self, result, node instanceof OpNode ? node : null);
  if (node instanceof OpNode) {
    node.resave(result, self);
    if (packing.hook !== null) node.repack(packing.hook);
  }
  if (modes.forward) changeWithin.tangent(self, result.tangent);
  return written;
}

/** What is saved of the old values has been cloned from them, as its history says. */
function recordAsClone(before: Tensor): void {
  const node = new OpNode('CloneBackward0', edgesOf([before]), (grads) => grads[0]);
  before.outputNr = node.addOutput(before);
  before.recordedFn = node;
}

/**
 * Spares copying a result that nobody else holds: its memory takes the place of the memory that `self` fills.
 * @returns false where that can't be done
 */
function takeOver(self: Tensor, result: Tensor, args: readonly Tensor[]): boolean {
  const { storage } = result;
  const whole = self.isContiguous && self.numel === self.storage.data.length;
  const alike = result.isContiguous && result.dtype === self.dtype && storage.data.length === self.numel;
  if (!whole || !alike || modes.forward || [self, ...args].some((arg) => arg.storage === storage))
    return false;
  beforeChange.hook?.(self);
  self.storage.data = storage.data;
  countChange(self);
  return true;
}

/** In-place changes where transforms are at work; transforms/changes.ts sets what is to be done. */
export const changeWithin: {
  transform: <A extends unknown[]>(
    signature: string,
    functional: (self: Tensor, ...args: A) => Tensor,
    self: Tensor,
    args: A,
  ) => Tensor;
  tangent: (self: Tensor, tangent: Tensor | null) => void;
  keep: (tangent: Tensor) => Tensor;
} = {
  transform: () => fail('the engine was loaded without transforms'),
  tangent: () => fail('the engine was loaded without forward mode'),
  keep: () => fail('the engine was loaded without forward mode'),
};

/** `self` as it is now: a copy of its values with its history. */
export function standIn(self: Tensor): Tensor {
  const copy = self.wrapped === null ? empty(self.shape, self.dtype) : rewrap(self, standIn);
  if (self.wrapped === null) copyInto(copy, self);
  copy.recordedFn = gradFn(self);
  copy.outputNr = self.outputNr;
  copy.requiresGradFlag = self.requiresGradFlag;
  copy.accumulator = self.accumulator;
  // A copy of it, as the tangent will be changed in place, too.
  copy.tangent = self.tangent === null ? null : changeWithin.keep(self.tangent);
  return copy;
}

/** Refuses a result of another shape than the tensor that it is to be written into. */
export function checkShapeFits(self: Tensor, shape: Shape): void {
  check(
    sameShape(self.shape, shape),
    () =>
      `output with shape ${showShape(self.shape)} doesn't match the broadcast shape ${showShape(broadcastShapes(self.shape, shape))}`,
  );
}

export function checkResultFits(self: Tensor, result: Tensor): void {
  checkShapeFits(self, result.shape);
  checkCast(result.dtype, self.dtype);
}

/** Refuses a result of dtype `from` for a tensor that can't hold it. */
export function checkCast(from: DType, to: DType, name = to.scalarName): void {
  check(
    canCast(from, to),
    () => `result type ${from.scalarName} can't be cast to the desired output type ${name}`,
  );
}

const COPY = 'm copy_(Tensor input, Tensor src, bool non_blocking=False) -> Tensor(input)';

/** Copies `source`, broadcast and converted, into `self`. */
export const copy_ = register(COPY, (self: Tensor, source: Tensor): Tensor => {
  if (levels.top !== null || modes.forward) return changeInPlace(COPY, replacing, self, source);
  checkInplace(self, self.requiresGrad || source.requiresGrad);
  checkShapeFits(self, broadcastShapes(self.shape, source.shape));
  if (!isSameData(self, source)) checkWritable(self, [source]);
  const recorded = modes.grad && self.isFloating && (self.requiresGrad || source.requiresGrad);
  const node = recorded
    ? new OpNode('CopyBackwards', edgesOf([self, source]), (grads) =>
        grads[0] === null ? null : copyGradients(grads[0], source.shape),
      )
    : null;
  return write(self, source, node);
});

const isSameData = (a: Tensor, b: Tensor): boolean =>
  a.storage === b.storage &&
  a.offset === b.offset &&
  sameShape(a.shape, b.shape) &&
  sameShape(a.strides, b.strides);

const copyGradients = (grad: Tensor, shape: Shape): Tensor[] => [zerosFor(grad), sumToSize(grad, shape)];

/** `source` in the shape and dtype of `self`: what copying puts in the place of `self`. */
const replacing = define('CopyBackwards', {
  forward: (self: Tensor, source: Tensor) => {
    checkShapeFits(self, broadcastShapes(self.shape, source.shape));
    const out = empty(self.shape, self.dtype);
    copyInto(out, source);
    return out;
  },
  save: ({ args: [, source] }) => ({ shape: source.shape }),
  backward: (grad, { shape }) => copyGradients(grad, shape),
  forwardMode: 'linear',
  batch: 'elementwise',
});

/** A tensor that shares memory and version counter with `self` and has no history. */
export const detach = register('fm detach(Tensor input) -> Tensor', (self: Tensor): Tensor => {
  if (self.wrapped !== null) return rewrap(self, detach);
  // Detached from an inference tensor, outside of inference mode, the numbers can be changed again.
  const version = self.version.off && !modes.inference ? undefined : self.version;
  const result = new Tensor(self.storage, self.shape, self.strides, self.offset, self.dtype, version);
  result.isInference = self.isInference;
  return result;
});

/** What `.data` gives: like `detach`, but changes to it go unnoticed. */
export function dataOf(self: Tensor): Tensor {
  if (self.wrapped !== null) return rewrap(self, dataOf);
  const version = self.version.off && modes.inference ? self.version : undefined;
  const result = new Tensor(self.storage, self.shape, self.strides, self.offset, self.dtype, version);
  result.isInference = self.isInference;
  return result;
}

/** `self` becomes `result`, in place: what `out=` does where the shapes differ. */
export function becomeResult(self: Tensor, result: Tensor): void {
  setData(self, result);
  countChange(self);
}

/** `self.data = source`: from now on `self` looks at the memory of `source`; its history and version stay. */
export function setData(self: Tensor, source: Tensor): void {
  const { storage, shape, strides, offset, dtype } = source;
  check(
    source.isFloating || !self.requiresGrad,
    () => 'data set to a tensor that requires gradients must be floating point or complex dtype',
  );
  // The accumulator expects gradients of the old shape and dtype.
  if (dtype !== self.dtype || !sameShape(shape, self.shape)) self.accumulator = null;
  Object.assign(self, { storage, shape, strides, offset, dtype });
}
