import { type Data, type DType, defaults, FLOAT, promoteTypes, scalarType } from '../dtype.ts';
import { broadcastShapes, broadcastStrides, contiguousStrides, type Shape, sameShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { wrappers } from '../transforms/levels.ts';
import { forEachRow, loopsOver } from './loops.ts';
import { simd, type Vectors } from './simd.ts';

/** The dtype of an operation on these tensors: dimensions outrank 0-d tensors, which outrank Python numbers. */
export function resultType(...tensors: readonly Tensor[]): DType {
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

/** The dtype in which a function with fractional results (sin, division) answers for `type`. */
export const floatingType = (type: DType): DType => (type.category === FLOAT ? type : defaults.float);

/** Copies `source`, converted, into `target`; `source` broadcasts. */
export function copyInto(target: Tensor, source: Tensor): void {
  if (target.numel === 0) return;
  const to = target.storage.data;
  const from = source.storage.data;
  const { convert } = converter(source.dtype, target.dtype);
  const copyRow = (at: number, step: number, atFrom: number, stepFrom: number, n: number): void => {
    if (convert === null && step === 1 && stepFrom === 1 && n >= MANY) {
      to.set(from.subarray(atFrom, atFrom + n), at);
    } else if (convert === null) {
      for (let i = 0; i < n; i++) to[at + i * step] = from[atFrom + i * stepFrom];
    } else {
      for (let i = 0; i < n; i++) to[at + i * step] = convert(from[atFrom + i * stepFrom]);
    }
  };
  if (target.isContiguous && source.isContiguous && sameShape(target.shape, source.shape)) {
    copyRow(target.offset, 1, source.offset, 1, target.numel);
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

/** How numbers change between dtypes; null where storing them does it. */
function converter(from: DType, to: DType): { convert: ((value: number) => number) | null } {
  if (from === to || to.category === FLOAT) return { convert: null };
  if (to.name === 'bool') return { convert: from.name === 'bool' ? null : (value) => (value !== 0 ? 1 : 0) };
  if (to.name === 'int64') {
    // What a processor's float-to-integer conversion gives for a value that doesn't fit.
    return from.category === FLOAT
      ? { convert: (value) => (Math.abs(value) < 2 ** 63 ? Math.trunc(value) + 0 : -(2 ** 63)) }
      : { convert: null };
  }
  return { convert: null };
}

/** `tensor` in another dtype: itself where it has it already. Not recorded. */
export function cast(tensor: Tensor, dtype: DType): Tensor {
  if (tensor.dtype === dtype) return tensor;
  if (tensor.wrapped !== null) return wrappers.through([tensor], (x) => cast(x, dtype));
  const result = empty(tensor.shape, dtype);
  copyInto(result, tensor);
  return result;
}

/**
 * A tensor for the result of an elementwise operation. Like PyTorch's TensorIterator it keeps the memory order of the
 * operands: the transpose of a matrix, doubled, is still laid out by columns.
 */
export function emptyFor(shape: Shape, dtype: DType, operands: readonly Tensor[]): Tensor {
  if (
    shape.length < 2 ||
    operands.every((t) => t.ndim === 0 || (t.isContiguous && sameShape(t.shape, shape)))
  ) {
    return empty(shape, dtype);
  }
  const strides = operands.map((t) => broadcastStrides(t.shape, t.strides, shape));
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

function compareDims(inner: number, outer: number, shape: Shape, strides: readonly Shape[]): number {
  for (const stride of strides) {
    if (stride[inner] === 0 || stride[outer] === 0) continue;
    if (stride[inner] !== stride[outer]) return stride[inner] - stride[outer];
    if (shape[inner] > shape[outer]) return 1;
  }
  return 0;
}

/** Applies `f` to every element. `self` has been cast to the dtype that `f` works in. */
export function mapUnary(self: Tensor, dtype: DType, f: (x: number) => number): Tensor {
  if (self.wrapped !== null) return wrappers.through([self], (x) => mapUnary(x, dtype, f));
  const out = emptyFor(self.shape, dtype, [self]);
  const from = self.storage.data;
  const to = out.storage.data;
  if (self.isContiguous) {
    const { offset } = self;
    for (let i = 0; i < to.length; i++) to[i] = f(from[offset + i]);
    return out;
  }
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
  const out = emptyFor(shape, dtype, [a, b]);
  const to = out.storage.data;
  const x = a.storage.data;
  const y = b.storage.data;
  if (to.length === 0) return out;
  if (a.isContiguous && b.isContiguous && out.isContiguous) {
    const stepX = sameShape(a.shape, shape) ? 1 : a.ndim === 0 ? 0 : -1;
    const stepY = sameShape(b.shape, shape) ? 1 : b.ndim === 0 ? 0 : -1;
    if (stepX >= 0 && stepY >= 0) {
      pairRow(to, 0, x, a.offset, stepX, y, b.offset, stepY, to.length, f, vector);
      return out;
    }
  }
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
