import { int32Array } from './blocks.ts';
import { check, fail } from './errors.ts';

export type Shape = readonly number[];

export const numelOf = (shape: Shape): number => {
  let n = 1;
  for (let d = 0; d < shape.length; d++) n *= shape[d];
  return n;
};

export const sameShape = (a: Shape, b: Shape): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let d = 0; d < a.length; d++) if (a[d] !== b[d]) return false;
  return true;
};

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
/** As Python prints a `torch.Size`. */
export const showSize = (shape: Shape): string => `torch.Size([${shape.join(', ')}])`;

/** Row-major strides, in elements. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = step;
    step *= Math.max(shape[d], 1);
  }
  return strides;
}

let lastShape: Shape = [];
let lastStrides: Shape = [];

/** The same, not to be changed: one result after the other often has the same shape, the very same array. */
export function rowMajorStrides(shape: Shape): Shape {
  if (shape !== lastShape) {
    lastStrides = contiguousStrides(shape);
    lastShape = shape;
  }
  return lastStrides;
}

/** Do these strides lay a tensor of this shape out row-major, without gaps? */
export function isContiguous(shape: Shape, strides: Shape): boolean {
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 0) return true;
    if (shape[d] !== 1 && strides[d] !== step) return false;
    step *= shape[d];
  }
  return true;
}

/** Do the elements fill a stretch of memory, in whatever order of dimensions? */
export function isDense(shape: Shape, strides: Shape): boolean {
  if (isContiguous(shape, strides)) return true;
  const dims = shape.map((_, d) => d).filter((d) => shape[d] > 1);
  let step = 1;
  for (const d of dims.sort((a, b) => strides[a] - strides[b])) {
    if (strides[d] !== step) return false;
    step *= shape[d];
  }
  return true;
}

/** The shape that two shapes broadcast to. @throws RuntimeError naming the first dimension that differs. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const ndim = Math.max(a.length, b.length);
  const out = new Array<number>(ndim);
  for (let d = ndim - 1; d >= 0; d--) {
    const sizeA = a[d - ndim + a.length] ?? 1;
    const sizeB = b[d - ndim + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      fail(
        `The size of tensor a (${sizeA}) must match the size of tensor b (${sizeB}) at non-singleton dimension ${d}`,
      );
    }
    out[d] = sizeA === 1 ? sizeB : sizeA;
  }
  return out;
}

/** Strides that read a tensor of `shape` as if it had been expanded to `target`. */
export function broadcastStrides(shape: Shape, strides: Shape, target: Shape): number[] {
  const lead = target.length - shape.length;
  return target.map((_, d) =>
    d < lead || (shape[d - lead] === 1 && target[d] !== 1) ? 0 : strides[d - lead],
  );
}

export const isExpandableTo = (shape: Shape, target: Shape): boolean =>
  shape.length <= target.length &&
  shape.every((size, d) => size === 1 || size === target[d + target.length - shape.length]);

/** A dimension counted from the front. @throws IndexError when it is out of range. */
export function wrapDim(dim: number, ndim: number): number {
  const range = Math.max(ndim, 1);
  check(
    dim >= -range && dim < range,
    () => `Dimension out of range (expected to be in range of [${-range}, ${range - 1}], but got ${dim})`,
    'IndexError',
  );
  return dim < 0 ? dim + range : dim;
}

/** The size along `dim`. @throws IndexError where there is no such dimension: a 0-d tensor has none at all. */
export function sizeAlong(shape: Shape, dim: number): number {
  check(shape.length > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, 'IndexError');
  return shape[wrapDim(dim, shape.length)];
}

/** Dimensions to reduce over, counted from the front; all of them where none is given. */
export function wrapDims(dims: Shape | null, ndim: number): number[] {
  if (dims === null || dims.length === 0) {
    const all = new Array<number>(ndim);
    for (let d = 0; d < ndim; d++) all[d] = d;
    return all;
  }
  const wrapped = dims.map((dim) => wrapDim(dim, ndim));
  const twice = wrapped.find((dim, i) => wrapped.indexOf(dim) !== i);
  check(twice === undefined, () => `dim ${twice} appears multiple times in the list of dims`);
  return ndim === 0 ? [] : wrapped;
}

/** The shape left when `dims` are reduced. */
export function reducedShape(shape: Shape, dims: Shape, keepdim: boolean): number[] {
  const left: number[] = [];
  for (let d = 0; d < shape.length; d++) {
    if (!dims.includes(d)) left.push(shape[d]);
    else if (keepdim) left.push(1);
  }
  return left;
}

/** Fills in the one size that is -1. @throws RuntimeError where the sizes don't make up `numel` elements. */
export function inferSize(sizes: Shape, numel: number): number[] {
  let known = 1;
  let unknown = -1;
  sizes.forEach((size, d) => {
    if (size === -1) {
      check(unknown < 0, () => 'only one dimension can be inferred');
      unknown = d;
    } else {
      check(size >= 0, () => `invalid shape dimension ${size} at index ${d} of shape ${showShape(sizes)}`);
      known *= size;
    }
  });
  const invalid = () => `shape '${showShape(sizes)}' is invalid for input of size ${numel}`;
  if (unknown < 0) {
    check(known === numel, invalid);
    return [...sizes];
  }
  if (known === 0 && numel === 0) {
    fail(
      `cannot reshape tensor of 0 elements into shape ${showShape(sizes)} because the unspecified dimension size -1 can be any value and is ambiguous`,
    );
  }
  check(known > 0 && numel % known === 0, invalid);
  return sizes.map((size, d) => (d === unknown ? numel / known : size));
}

/**
 * Strides that show the same memory under another shape, or null where that takes a copy
 * (the rule of PyTorch's `computeStride`: each run of merged dimensions is cut anew).
 */
export function viewStrides(shape: Shape, strides: Shape, target: Shape): number[] | null {
  if (numelOf(shape) === 0) return sameShape(shape, target) ? [...strides] : contiguousStrides(target);
  const out = new Array<number>(target.length);
  let view = target.length - 1;
  let base = strides.length > 0 ? strides[strides.length - 1] : 1;
  let chunk = 1;
  let viewed = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    chunk *= shape[d];
    if (d === 0 || (shape[d - 1] !== 1 && strides[d - 1] !== chunk * base)) {
      while (view >= 0 && (viewed < chunk || target[view] === 1)) {
        out[view] = viewed * base;
        viewed *= target[view--];
      }
      if (viewed !== chunk) return null;
      if (d > 0) {
        base = strides[d - 1];
        chunk = 1;
        viewed = 1;
      }
    }
  }
  while (view >= 0) out[view--] = base;
  return view === -1 ? out : null;
}

// Row-major tensors are the rule, and 0, 1, 2, … is the same for all of them.
const SMALL = 4096;
const countings: Int32Array[] = [];
const counting = (n: number): Int32Array => {
  countings[n] ??= Int32Array.from({ length: n }, (_, i) => i);
  return countings[n];
};

/** The place in memory of every element, row-major, counted from the tensor's own offset. Not for writing. */
export function elementOffsets(shape: Shape, strides: Shape): Int32Array {
  if (numelOf(shape) <= SMALL && isContiguous(shape, strides)) return counting(numelOf(shape));
  const offsets = int32Array(numelOf(shape));
  let filled = offsets.length > 0 ? 1 : 0;
  for (let d = shape.length - 1; d >= 0 && filled > 0; d--) {
    // Each pass repeats what is there once for every further step along dimension d.
    for (let i = 1; i < shape[d]; i++) {
      const from = i * filled;
      for (let j = 0; j < filled; j++) offsets[from + j] = offsets[j] + i * strides[d];
    }
    filled *= shape[d];
  }
  return offsets;
}
