import {
  convert,
  type Data,
  type DType,
  defaults,
  FLOAT,
  promoteTypes,
  type Scalar,
  scalarType,
} from '../dtype.ts';
import {
  broadcastShapes,
  broadcastStrides,
  contiguousStrides,
  isDense,
  type Shape,
  sameShape,
} from '../shape.ts';
import { empty, type Tensor, wrappedNumber } from '../tensor.ts';
import { wrappers } from '../transforms/levels.ts';
import { forEachRow, loopsOver } from './loops.ts';
import { simd, type Vectors, vectors } from './simd.ts';

/** The dtype of an operation on these tensors: dimensions outrank 0-d tensors, which outrank Python numbers. */
export function resultType(...tensors: readonly Tensor[]): DType {
  if (tensors.length === 2) {
    const [a, b] = tensors;
    // What nearly every operation meets: two of a kind, or a tensor and a number of no higher category.
    if (
      !a.isWrappedNumber &&
      (b.isWrappedNumber ? a.dtype.category >= b.dtype.category : a.dtype === b.dtype)
    ) {
      return a.dtype;
    }
  }
  let strongest: DType | null = null;
  // From the weakest kind of operand to the strongest; a stronger kind keeps its dtype unless its category is lower.
  for (const priority of [0, 1, 2]) {
    let own: DType | null = null;
    for (const tensor of tensors) {
      const rank = tensor.isWrappedNumber ? 0 : tensor.ndim === 0 ? 1 : 2;
      if (rank !== priority) continue;
      const dtype = tensor.isWrappedNumber ? scalarType(tensor.dtype.category) : tensor.dtype;
      own = own === null ? dtype : promoteTypes(own, dtype);
    }
    if (own === null) continue;
    strongest = strongest === null || own.category >= strongest.category ? own : promoteTypes(own, strongest);
  }
  return strongest ?? defaults.float;
}

/** The dtype of an operation on a tensor and a Python number. */
export const resultTypeWith = (self: Tensor, { value, category }: Scalar): DType =>
  category <= self.dtype.category ? self.dtype : resultType(self, wrappedNumber(value, category));

/** The dtype in which a function with fractional results (sin, division) answers for `type`. */
export const floatingType = (type: DType): DType => (type.category === FLOAT ? type : defaults.float);

/** Copies `source`, converted, into `target`; `source` broadcasts. */
export function copyInto(target: Tensor, source: Tensor): void {
  if (target.numel === 0) return;
  const to = target.storage.data;
  const from = source.storage.data;
  const single = target.isContiguous ? stepThrough(source, target.shape) : -1;
  if (target.dtype === source.dtype && target.numel < MANY && single >= 0) {
    const n = target.numel;
    for (let i = 0; i < n; i++) to[target.offset + i] = from[source.offset + i * single];
    return;
  }
  const converted = converter(source.dtype, target.dtype);
  const copyRow = (at: number, step: number, atFrom: number, stepFrom: number, n: number): void => {
    if (converted === null && step === 1 && stepFrom === 1 && n >= MANY) {
      to.set(from.subarray(atFrom, atFrom + n), at);
    } else if (converted === null) {
      for (let i = 0; i < n; i++) to[at + i * step] = from[atFrom + i * stepFrom];
    } else {
      for (let i = 0; i < n; i++) to[at + i * step] = converted(from[atFrom + i * stepFrom]);
    }
  };
  if (single >= 0) {
    copyRow(target.offset, 1, source.offset, single, target.numel);
    return;
  }
  const loops = loopsOver(target.shape, [
    target.strides,
    broadcastStrides(source.shape, source.strides, target.shape),
  ]);
  const [[step], [stepFrom]] = loops.steps;
  forEachRow(loops, [target.offset, source.offset], ([at, atFrom]) => {
    copyRow(at, step, atFrom, stepFrom, loops.sizes[0]);
  });
}

/** From so many elements on, setting a vector kernel or a block copy to work costs less than it saves. */
const MANY = 128;

/** The least whole numbers of the types that a processor converts to. */
const LEAST: Partial<Record<string, number>> = { int32: -(2 ** 31), int64: -(2 ** 63) };

/** How numbers change between dtypes; null where storing them does it. */
function converter(from: DType, to: DType): ((value: number) => number) | null {
  if (from === to || to.category === FLOAT) return null;
  if (to.name === 'bool') return from.name === 'bool' ? null : (value) => (value !== 0 ? 1 : 0);
  // What a processor's float-to-integer conversion gives for a value that doesn't fit.
  const least = from.category === FLOAT ? LEAST[to.name] : undefined;
  return least === undefined
    ? null
    : (value) => (value >= least && value < -least ? Math.trunc(value) + 0 : least);
}

/** `tensor` in another dtype: itself where it has it already. Not recorded. */
export function cast(tensor: Tensor, dtype: DType): Tensor {
  if (tensor.dtype === dtype) return tensor;
  if (tensor.wrapped !== null) return wrappers.through([tensor], (x) => cast(x, dtype));
  if (tensor.isWrappedNumber && dtype.category === FLOAT) {
    const number = empty([], dtype, []);
    number.storage.data[0] = tensor.storage.data[0];
    return number;
  }
  const result = emptyFor(tensor.shape, dtype, [tensor]);
  copyInto(result, tensor);
  return result;
}

/**
 * A tensor for the result of an elementwise operation. Like PyTorch's TensorIterator it keeps the memory order of the
 * operands: the transpose of a matrix, doubled, is still laid out by columns.
 */
export function emptyFor(
  shape: Shape,
  dtype: DType,
  operands: readonly Tensor[],
  besideNumber = false,
): Tensor {
  if (shape.length < 2 || allRowMajor(operands, shape, besideNumber)) return empty(shape, dtype);
  return emptyLike(
    shape,
    dtype,
    operands.map((t) => broadcastStrides(t.shape, t.strides, shape)),
  );
}

/** The same, for operands that read elements of `shape` with these strides. */
export function emptyLike(shape: Shape, dtype: DType, strides: readonly Shape[]): Tensor {
  // Dimensions from the innermost (smallest step) to the outermost, by insertion sort as ties must keep their order.
  const order = shape.map((_, d) => shape.length - 1 - d);
  for (let i = 1; i < order.length; i++) {
    let at = i;
    for (let before = i - 1; before >= 0; before--) {
      const comparison = compareDims(order[before], order[at], shape, strides);
      if (comparison > 0) {
        [order[before], order[at]] = [order[at], order[before]];
        at = before;
      } else if (comparison < 0) break;
    }
  }
  const result = contiguousStrides(shape);
  let step = 1;
  for (const d of order) {
    result[d] = step;
    step *= Math.max(shape[d], 1);
  }
  return empty(shape, dtype, result);
}

/**
 * Will the result be row-major? Where all operands have its shape their being contiguous is enough; beside a number the
 * strides of dimensions of size 1, which say nothing, count as well.
 */
function allRowMajor(operands: readonly Tensor[], shape: Shape, besideNumber: boolean): boolean {
  let [numbers, usual] = [besideNumber, true];
  for (let i = 0; i < operands.length; i++) {
    const { ndim, isContiguous } = operands[i];
    if (ndim === 0) numbers = true;
    else if (!isContiguous || !sameShape(operands[i].shape, shape)) return false;
    else if (usual) usual = hasUsualStrides(operands[i]);
  }
  return usual || !numbers;
}

function hasUsualStrides({ shape, strides }: Tensor): boolean {
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (strides[d] !== step) return false;
    step *= Math.max(shape[d], 1);
  }
  return true;
}

function compareDims(inner: number, outer: number, shape: Shape, strides: readonly Shape[]): number {
  for (const stride of strides) {
    if (stride[inner] === 0 || stride[outer] === 0) continue;
    if (stride[inner] !== stride[outer]) return stride[inner] - stride[outer];
    if (shape[inner] > shape[outer]) return 1;
  }
  return 0;
}

/** A tensor to copy `self` into, laid out in memory as `self` is where that leaves no gaps. */
export const emptyAs = (self: Tensor, dtype: DType = self.dtype): Tensor =>
  self.numel === 0 || isDense(self.shape, self.strides)
    ? empty(self.shape, dtype, self.strides)
    : emptyFor(self.shape, dtype, [self]);

/** Applies `f` to every element. `self` has been cast to the dtype that `f` works in. */
export function mapUnary(self: Tensor, dtype: DType, f: (x: number) => number): Tensor {
  if (self.wrapped !== null) return wrappers.through([self], (x) => mapUnary(x, dtype, f));
  const from = self.storage.data;
  const single = stepThrough(self, self.shape);
  if (single >= 0) {
    const out = empty(self.shape, dtype);
    const to = out.storage.data;
    const { offset } = self;
    for (let i = 0; i < to.length; i++) to[i] = f(from[offset + i * single]);
    return out;
  }
  const out = emptyFor(self.shape, dtype, [self]);
  const to = out.storage.data;
  if (to.length === 0) return out;
  const loops = loopsOver(out.shape, [out.strides, self.strides]);
  const [[step], [stepFrom]] = loops.steps;
  forEachRow(loops, [0, self.offset], ([at, atFrom]) => {
    for (let i = 0; i < loops.sizes[0]; i++) to[at + i * step] = f(from[atFrom + i * stepFrom]);
  });
  return out;
}

/** Applies `f` to every pair of elements, broadcasting; `vector` is the kernel that does the same, if there is one. */
export function mapBinary(a: Tensor, b: Tensor, dtype: DType, f: Pairing, vector?: Vectors): Tensor {
  if (a.wrapped !== null || b.wrapped !== null) {
    return wrappers.through([a, b], (x, y) => mapBinary(x, y, dtype, f, vector));
  }
  const shape = broadcastShapes(a.shape, b.shape);
  const x = a.storage.data;
  const y = b.storage.data;
  const throughX = stepThrough(a, shape);
  const throughY = stepThrough(b, shape);
  if (throughX >= 0 && throughY >= 0) {
    const whole = throughX === 1 ? a : b;
    const rowMajor = throughX + throughY === 2 || (throughX + throughY === 1 && hasUsualStrides(whole));
    const out = rowMajor ? empty(shape, dtype) : emptyFor(shape, dtype, [a, b]);
    const to = out.storage.data;
    pairRow(to, 0, x, a.offset, throughX, y, b.offset, throughY, to.length, f, vector);
    return out;
  }
  const out = emptyFor(shape, dtype, [a, b]);
  const to = out.storage.data;
  if (to.length === 0) return out;
  const loops = loopsOver(shape, [
    out.strides,
    broadcastStrides(a.shape, a.strides, shape),
    broadcastStrides(b.shape, b.strides, shape),
  ]);
  const [, [stepX], [stepY]] = loops.steps;
  // The result has no gaps: its innermost step is 1.
  forEachRow(loops, [0, a.offset, b.offset], ([at, atX, atY]) => {
    pairRow(to, at, x, atX, stepX, y, atY, stepY, loops.sizes[0], f, vector);
  });
  return out;
}

const ADD = vectors('add');

/** target += source, where both are plain runs of floats in memory of their own; else false, and nothing is done. */
export function addInto(target: Tensor, source: Tensor): boolean {
  const { dtype, storage, offset } = target;
  const alike = dtype === source.dtype && dtype.category === FLOAT && storage !== source.storage;
  const step = stepThrough(source, target.shape);
  if (!alike || step < 0 || !target.isContiguous || target.wrapped !== null || source.wrapped !== null)
    return false;
  const { data } = storage;
  pairRow(
    data,
    offset,
    data,
    offset,
    1,
    source.storage.data,
    source.offset,
    step,
    target.numel,
    (x, y) => x + y,
    ADD,
  );
  return true;
}

/** Applies `f` to every element and a number. `self` has been cast to `dtype`. */
export function mapWithNumber(
  self: Tensor,
  number: Scalar,
  dtype: DType,
  f: Pairing,
  vector?: Vectors,
): Tensor {
  const step = self.wrapped === null && dtype.category === FLOAT ? stepThrough(self, self.shape) : -1;
  if (step < 0 || self.numel >= MANY) {
    return mapBinary(self, cast(wrappedNumber(number.value, number.category), dtype), dtype, f, vector);
  }
  const out = hasUsualStrides(self)
    ? empty(self.shape, dtype, self.strides)
    : emptyFor(self.shape, dtype, [self], true);
  const to = out.storage.data;
  const from = self.storage.data;
  const { offset } = self;
  const value = convert(number.value, dtype);
  for (let i = 0; i < to.length; i++) to[i] = f(from[offset + i * step], value);
  return out;
}

/**
 * The step from one element of a tensor to the next, where that is the same throughout a row-major tensor of `shape`:
 * 1 where the tensor is one itself, 0 where it repeats one element; -1 elsewhere.
 */
function stepThrough(tensor: Tensor, shape: Shape): number {
  const { strides } = tensor;
  if (sameShape(tensor.shape, shape) && tensor.isContiguous) return 1;
  for (let d = 0; d < strides.length; d++) if (strides[d] !== 0) return -1;
  return 0;
}

type Pairing = (x: number, y: number) => number;

function pairRow(
  to: Data,
  at: number,
  x: Data,
  atX: number,
  stepX: number,
  y: Data,
  atY: number,
  stepY: number,
  n: number,
  f: Pairing,
  vector?: Vectors,
): void {
  if (n >= MANY && vector !== undefined && simd !== null && isStep(stepX) && isStep(stepY)) {
    if (to instanceof Float32Array && x instanceof Float32Array && y instanceof Float32Array) {
      const runX = { data: x, at: atX, step: stepX };
      simd.pairs(vector, to, at, runX, { data: y, at: atY, step: stepY }, n);
      return;
    }
  }
  for (let i = 0; i < n; i++) to[at + i] = f(x[atX + i * stepX], y[atY + i * stepY]);
}

const isStep = (step: number): step is 0 | 1 => step === 0 || step === 1;

/** Applies `f` to every triple of elements, broadcasting. */
export function mapTernary(
  a: Tensor,
  b: Tensor,
  c: Tensor,
  dtype: DType,
  f: (x: number, y: number, z: number) => number,
): Tensor {
  const operands = [a, b, c];
  if (operands.some((tensor) => tensor.wrapped !== null)) {
    return wrappers.through(operands, (x, y, z) => mapTernary(x, y, z, dtype, f));
  }
  const shape = broadcastShapes(broadcastShapes(a.shape, b.shape), c.shape);
  const out = emptyFor(shape, dtype, operands);
  const to = out.storage.data;
  if (to.length === 0) return out;
  const [x, y, z] = operands.map((t) => t.storage.data);
  const through = operands.map((t) => stepThrough(t, shape));
  if (out.isContiguous && through.every((step) => step >= 0)) {
    const [stepX, stepY, stepZ] = through;
    for (let i = 0; i < to.length; i++) {
      to[i] = f(x[a.offset + i * stepX], y[b.offset + i * stepY], z[c.offset + i * stepZ]);
    }
    return out;
  }
  const strides = operands.map((t) => broadcastStrides(t.shape, t.strides, shape));
  const loops = loopsOver(shape, [out.strides, ...strides]);
  const [, [stepX], [stepY], [stepZ]] = loops.steps;
  forEachRow(loops, [0, a.offset, b.offset, c.offset], ([at, atX, atY, atZ]) => {
    for (let i = 0; i < loops.sizes[0]; i++) {
      to[at + i] = f(x[atX + i * stepX], y[atY + i * stepY], z[atZ + i * stepZ]);
    }
  });
  return out;
}
