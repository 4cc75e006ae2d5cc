import { bool } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { sameShape } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { expand } from './broadcast.ts';
import { index, indexPut_ } from './indexing.ts';
import { copy_ } from './inplace.ts';
import { fillBy_ } from './inplace_forms.ts';
import { register } from './op.ts';
import { select, slice } from './parts.ts';
import { alias, reshape, unsqueeze } from './view.ts';

interface SliceItem {
  readonly kind: 'slice';
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** One part of what stands between the brackets of `x[1, :, None, mask]`. */
export type IndexItem =
  | { readonly kind: 'int'; readonly value: number }
  | SliceItem
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'tensor'; readonly tensor: Tensor };

/** How many dimensions of the tensor an item takes up. */
const dimsTaken = (item: IndexItem): number => {
  if (item.kind === 'int' || item.kind === 'slice') return 1;
  if (item.kind !== 'tensor') return 0;
  return item.tensor.dtype === bool || item.tensor.dtype.name === 'uint8' ? item.tensor.ndim : 1;
};

/** The views that the index asks for, and the index tensors that are left to apply to them. */
interface Applied {
  readonly view: Tensor;
  readonly tensors: readonly (Tensor | null)[];
}

/** Applies ints, slices, None and ... one after the other, as views. */
function applyViews(self: Tensor, items: readonly IndexItem[], forReading: boolean): Applied {
  if (self.ndim === 0 && items.some((item) => item.kind === 'int' || item.kind === 'slice')) {
    fail(
      items[0].kind === 'slice'
        ? 'slice() cannot be applied to a 0-dim tensor.'
        : 'invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number',
      'IndexError',
    );
  }
  const taken = items.reduce((total, item) => total + dimsTaken(item), 0);
  check(taken <= self.ndim, () => `too many indices for tensor of dimension ${self.ndim}`, 'IndexError');
  const tensors: (Tensor | null)[] = [];
  const putTensor = (dim: number, tensor: Tensor): void => {
    while (tensors.length < dim) tensors.push(null);
    tensors.push(tensor);
  };
  let view = self;
  let dim = 0;
  for (const item of items) {
    switch (item.kind) {
      case 'int':
        view = selectAt(view, dim, item.value, self);
        break;
      case 'slice':
        // Among several items a slice that keeps everything leaves no trace; alone, what is read by it is recorded.
        if ((forReading && items.length === 1) || !isWhole(item, view.shape[dim]))
          view = sliceAt(view, dim, item);
        dim++;
        break;
      case 'none':
        view = unsqueeze(view, dim++);
        break;
      case 'ellipsis':
        dim += self.ndim - taken;
        break;
      case 'bool':
        // A Python bool adds a dimension of size one and keeps it, or nothing, of it.
        view = unsqueeze(view, dim);
        putTensor(dim++, full([1], Number(item.value), bool));
        break;
      case 'tensor': {
        const { tensor } = item;
        if (tensor.ndim === 0 && tensor.dtype !== bool && tensor.dtype.category === 2 && !isBatched(tensor)) {
          view = selectAt(view, dim, tensor.storage.data[tensor.offset], self);
          break;
        }
        if (tensor.ndim === 0 && tensor.dtype === bool) {
          view = unsqueeze(view, dim);
          putTensor(dim++, full([1], tensor.storage.data[tensor.offset], bool));
          break;
        }
        putTensor(dim, tensor);
        dim += dimsTaken(item);
        break;
      }
    }
  }
  return { view, tensors };
}

function selectAt(view: Tensor, dim: number, position: number, self: Tensor): Tensor {
  const size = view.shape[dim];
  check(
    position >= -size && position < size,
    () => `index ${position} is out of bounds for dimension ${dim + self.ndim - view.ndim} with size ${size}`,
    'IndexError',
  );
  return select(view, dim, position);
}

const END = Number.MAX_SAFE_INTEGER;

function sliceAt(view: Tensor, dim: number, { start, stop, step }: SliceItem): Tensor {
  check((step ?? 1) > 0, () => 'step must be greater than zero', 'ValueError');
  return slice(view, dim, start ?? 0, stop ?? END, step ?? 1);
}

const isWhole = ({ start, stop, step }: SliceItem, size: number): boolean =>
  (step ?? 1) === 1 && (start ?? 0) === 0 && (stop === null || stop === size);

export const getitem = register(
  'm _getitem(Tensor input, Index index) -> Tensor',
  (self: Tensor, items: readonly IndexItem[]): Tensor => {
    const { view, tensors } = applyViews(self, items, true);
    if (tensors.length > 0) return index(view, tensors);
    return view === self ? alias(self) : view;
  },
);

register(
  'm _setitem(Tensor input, Index index, Tensor|Number value) -> Tensor(input)',
  (self: Tensor, items: readonly IndexItem[], value: Tensor): Tensor => {
    const [only] = items;
    if (items.length === 1 && only.kind === 'bool') {
      return only.value ? assign(unsqueeze(self, 0), value) : self;
    }
    const applied = applyViews(self, items, false);
    if (applied.tensors.length === 0) return assign(applied.view, value);
    const values = value.isWrappedNumber ? cast(value, self.dtype) : withoutLeadingOnes(value);
    return indexPut_(applied.view, applied.tensors, values, false);
  },
);

/** Puts `value` into `target`, which is a view of what is assigned to or that itself. */
function assign(target: Tensor, value: Tensor): Tensor {
  if (sameShape(target.shape, value.shape)) return copy_(target, value);
  if (value.ndim === 0) return fillBy_(target, value);
  return copy_(target, expand(withoutLeadingOnes(value), target.shape));
}

/** Assignment ignores leading dimensions of size one. */
function withoutLeadingOnes(value: Tensor): Tensor {
  const first = value.shape.findIndex((size) => size !== 1);
  const lead = first < 0 ? value.ndim : first;
  return lead === 0 ? value : reshape(value, value.shape.slice(lead));
}
