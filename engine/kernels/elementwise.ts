import { type DType, defaults, FLOAT, promoteTypes, scalarType } from '../dtype.ts';
import {
  broadcastShapes,
  broadcastStrides,
  contiguousStrides,
  elementOffsets,
  type Shape,
  sameShape,
} from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';

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
  const to = target.storage.data;
  const from = source.storage.data;
  const { convert } = converter(source.dtype, target.dtype);
  if (target.isContiguous && source.isContiguous && sameShape(target.shape, source.shape)) {
    const n = target.numel;
    for (let i = 0; i < n; i++) {
      const value = from[source.offset + i];
      to[target.offset + i] = convert === null ? value : convert(value);
    }
    return;
  }
  const targets = elementOffsets(target.shape, target.strides);
  const sources = elementOffsets(target.shape, broadcastStrides(source.shape, source.strides, target.shape));
  for (let i = 0; i < targets.length; i++) {
    const value = from[source.offset + sources[i]];
    to[target.offset + targets[i]] = convert === null ? value : convert(value);
  }
}

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
  const out = emptyFor(self.shape, dtype, [self]);
  const from = self.storage.data;
  const to = out.storage.data;
  if (self.isContiguous) {
    const { offset } = self;
    for (let i = 0; i < to.length; i++) to[i] = f(from[offset + i]);
    return out;
  }
  const reads = elementOffsets(self.shape, self.strides);
  const writes = elementOffsets(out.shape, out.strides);
  for (let i = 0; i < reads.length; i++) to[writes[i]] = f(from[self.offset + reads[i]]);
  return out;
}

/** Applies `f` to every pair of elements, broadcasting. */
export function mapBinary(a: Tensor, b: Tensor, dtype: DType, f: (x: number, y: number) => number): Tensor {
  const shape = broadcastShapes(a.shape, b.shape);
  const out = emptyFor(shape, dtype, [a, b]);
  const to = out.storage.data;
  const x = a.storage.data;
  const y = b.storage.data;
  if (a.isContiguous && b.isContiguous && out.isContiguous) {
    if (sameShape(a.shape, b.shape)) {
      for (let i = 0; i < to.length; i++) to[i] = f(x[a.offset + i], y[b.offset + i]);
      return out;
    }
    if (b.ndim === 0) {
      const value = y[b.offset];
      for (let i = 0; i < to.length; i++) to[i] = f(x[a.offset + i], value);
      return out;
    }
  }
  const writes = elementOffsets(shape, out.strides);
  const readsA = elementOffsets(shape, broadcastStrides(a.shape, a.strides, shape));
  const readsB = elementOffsets(shape, broadcastStrides(b.shape, b.strides, shape));
  for (let i = 0; i < writes.length; i++) to[writes[i]] = f(x[a.offset + readsA[i]], y[b.offset + readsB[i]]);
  return out;
}

/** Applies `f` to every triple of elements, broadcasting. */
export function mapTernary(
  a: Tensor,
  b: Tensor,
  c: Tensor,
  dtype: DType,
  f: (x: number, y: number, z: number) => number,
): Tensor {
  const shape = broadcastShapes(broadcastShapes(a.shape, b.shape), c.shape);
  const out = emptyFor(shape, dtype, [a, b, c]);
  const to = out.storage.data;
  const writes = elementOffsets(shape, out.strides);
  const reads = [a, b, c].map((t) => elementOffsets(shape, broadcastStrides(t.shape, t.strides, shape)));
  const [x, y, z] = [a, b, c].map((t) => t.storage.data);
  for (let i = 0; i < writes.length; i++) {
    to[writes[i]] = f(x[a.offset + reads[0][i]], y[b.offset + reads[1][i]], z[c.offset + reads[2][i]]);
  }
  return out;
}
