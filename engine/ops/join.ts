import { defaults, promoteTypes } from '../dtype.ts';
import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { type Shape, sameShape, showShape, wrapDim } from '../shape.ts';
import { empty, Tensor } from '../tensor.ts';
import { op, register } from './op.ts';
import { narrow, select } from './parts.ts';
import { reshape, unsqueeze } from './view.ts';

/** A window of `out`, for writing. */
const windowOf = (out: Tensor, dim: number, from: number, length: number): Tensor =>
  new Tensor(
    out.storage,
    out.shape.map((size, d) => (d === dim ? length : size)),
    out.strides,
    out.offset + from * out.strides[dim],
    out.dtype,
  );

/** Tensors of PyTorch's oldest kind of emptiness, shape [0], are skipped whatever the other shapes are. */
const isLegacyEmpty = (tensor: Tensor): boolean => tensor.ndim === 1 && tensor.shape[0] === 0;

function checkJoinable(tensors: readonly Tensor[], dim: number): void {
  const kept = tensors.filter((tensor) => !isLegacyEmpty(tensor));
  kept.forEach((tensor) => {
    const i = tensors.indexOf(tensor);
    check(
      tensor.ndim === kept[0].ndim,
      () => `Tensors must have same number of dimensions: got ${kept[0].ndim} and ${tensor.ndim}`,
    );
    tensor.shape.forEach((size, d) => {
      check(
        d === dim || size === kept[0].shape[d],
        () =>
          `Sizes of tensors must match except in dimension ${dim}. Expected size ${kept[0].shape[d]} but got size ${size} for tensor number ${i} in the list.`,
      );
    });
  });
}

/** Tensors laid end to end along `dim`. */
export const cat: (tensors: readonly Tensor[], dim?: number) => Tensor = op(
  'f cat(Tensor[] tensors, int dim=0) -> Tensor',
  {
    inputs: (tensors) => tensors,
    forward: (tensors: readonly Tensor[], dim: number = 0) => {
      check(tensors.length > 0, () => 'torch.cat(): expected a non-empty list of Tensors', 'ValueError');
      tensors.forEach((tensor, i) => {
        check(tensor.ndim > 0, () => `zero-dimensional tensor (at position ${i}) cannot be concatenated`);
      });
      const first = tensors.find((tensor) => !isLegacyEmpty(tensor)) ?? tensors[0];
      const at = wrapDim(dim, first.ndim);
      checkJoinable(tensors, at);
      const kept = tensors.filter((tensor) => !isLegacyEmpty(tensor));
      const total = kept.reduce((sum, tensor) => sum + tensor.shape[at], 0);
      const dtype = tensors.map((tensor) => tensor.dtype).reduce(promoteTypes);
      const out = empty(
        first.shape.map((size, d) => (d === at ? total : size)),
        dtype,
      );
      let from = 0;
      for (const tensor of kept) {
        copyInto(windowOf(out, at, from, tensor.shape[at]), tensor);
        from += tensor.shape[at];
      }
      return out;
    },
    save: ({ args: [tensors, dim = 0] }) => ({ dim, _shapes: tensors.map((tensor) => tensor.shape) }),
    backward: (grad, { dim, _shapes: shapes }, needs) => {
      const at = wrapDim(dim, grad.ndim);
      let from = 0;
      return shapes.map((shape, i) => {
        const skipped = shape.length === 1 && shape[0] === 0 && grad.ndim > 1;
        const length = skipped ? 0 : shape[at];
        const start = from;
        from += length;
        if (!needs[i]) return null;
        return skipped ? empty(shape, grad.dtype) : narrow(grad, at, start, length);
      });
    },
    forwardMode: 'linear',
    batch: (_, tensors: readonly Tensor[], dim: number = 0) =>
      cat(tensors, wrapDim(dim, tensors[0].ndim - 1) + 1),
  },
);
register('f concat(Tensor[] tensors, int dim=0) -> Tensor', cat);
register('f concatenate(Tensor[] tensors, int dim=0) -> Tensor', cat);

/** Tensors of one shape, stacked along a new dimension. */
export const stack: (tensors: readonly Tensor[], dim?: number) => Tensor = op(
  'f stack(Tensor[] tensors, int dim=0) -> Tensor',
  {
    inputs: (tensors) => tensors,
    forward: (tensors: readonly Tensor[], dim: number = 0) => {
      check(tensors.length > 0, () => 'stack expects a non-empty TensorList');
      const { shape } = tensors[0];
      const at = wrapDim(dim, shape.length + 1);
      tensors.forEach((tensor, i) => {
        check(
          sameShape(tensor.shape, shape),
          () =>
            `stack expects each tensor to be equal size, but got ${showShape(shape)} at entry 0 and ${showShape(tensor.shape)} at entry ${i}`,
        );
      });
      const dtype = tensors.map((tensor) => tensor.dtype).reduce(promoteTypes);
      const out = empty([...shape.slice(0, at), tensors.length, ...shape.slice(at)], dtype);
      tensors.forEach((tensor, i) => {
        const slot = windowOf(out, at, i, 1);
        copyInto(
          new Tensor(
            slot.storage,
            shape,
            slot.strides.filter((_, d) => d !== at),
            slot.offset,
            dtype,
          ),
          tensor,
        );
      });
      return out;
    },
    save: ({ args: [, dim = 0] }) => ({ dim }),
    backward: (grad, { dim }, needs) => needs.map((need, i) => (need ? select(grad, dim, i) : null)),
    forwardMode: 'linear',
    batch: (_, tensors: readonly Tensor[], dim: number = 0) =>
      stack(tensors, wrapDim(dim, tensors[0].ndim) + 1),
  },
);

/** Matrices along the diagonal of a larger one, zeros elsewhere. */
export const blockDiag = op('f _block_diag(Tensor[] tensors) -> Tensor', {
  inputs: (tensors) => tensors,
  forward: (tensors: readonly Tensor[]) => {
    tensors.forEach(({ ndim }, i) => {
      check(
        ndim <= 2,
        () =>
          `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${ndim} dimensions`,
      );
    });
    if (tensors.length === 0) return empty([1, 0], defaults.float);
    const places = blocks(tensors.map((tensor) => tensor.shape));
    const { row, column, rows, columns } = places[places.length - 1];
    const out = empty([row + rows, column + columns], tensors.map((t) => t.dtype).reduce(promoteTypes));
    places.forEach((block, i) => {
      const lines = windowOf(out, 0, block.row, block.rows);
      copyInto(windowOf(lines, 1, block.column, block.columns), tensors[i]);
    });
    return out;
  },
  save: ({ args: [tensors] }) => ({ _shapes: tensors.map((tensor) => tensor.shape) }),
  backward: (grad, { _shapes }) =>
    blocks(_shapes).map(({ row, column, rows, columns }, i) => {
      const part = narrow(narrow(grad, 0, row, rows), 1, column, columns);
      return _shapes[i].length === 2 ? part : reshape(part, _shapes[i]);
    }),
});

/** Where each block begins and how large it is; a vector is a row, a number a matrix of one. */
function blocks(shapes: readonly Shape[]) {
  let row = 0;
  let column = 0;
  return shapes.map((shape) => {
    const [rows, columns] = [1, 1, ...shape].slice(-2);
    const block = { row, column, rows, columns };
    row += rows;
    column += columns;
    return block;
  });
}

/** Tensors with at least so many dimensions: a vector is a row, or a row of columns. */
function atLeast(tensor: Tensor, ndim: number): Tensor {
  if (tensor.ndim === 0) return reshape(tensor, new Array<number>(ndim).fill(1));
  const row = tensor.ndim === 1 && ndim > 1 ? unsqueeze(tensor, 0) : tensor;
  return row.ndim === 2 && ndim > 2 ? unsqueeze(row, -1) : row;
}

/** Joins tensors, once they have `ndim` dimensions, along `dim`. */
function joining(name: string, ndim: number, dim: (first: Tensor) => number) {
  return register(`f ${name}(Tensor[] tensors) -> Tensor`, (tensors: readonly Tensor[]) => {
    check(tensors.length > 0, () => `${name} expects a non-empty TensorList`);
    const wide = tensors.map((tensor) => atLeast(tensor, ndim));
    return cat(wide, dim(wide[0]));
  });
}
joining('hstack', 1, (first) => (first.ndim === 1 ? 0 : 1));
joining('vstack', 2, () => 0);
joining('row_stack', 2, () => 0);
joining('dstack', 3, () => 2);
register('f column_stack(Tensor[] tensors) -> Tensor', (tensors: readonly Tensor[]) => {
  check(tensors.length > 0, () => 'column_stack expects a non-empty TensorList');
  const columns = tensors.map((tensor) => (tensor.ndim <= 1 ? reshape(tensor, [tensor.numel, 1]) : tensor));
  return cat(columns, 1);
});
