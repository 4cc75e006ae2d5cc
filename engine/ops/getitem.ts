import { bool, fitted, scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { sameShape } from '../shape.ts';
import { full, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { expand } from './broadcast.ts';
import { outOfBounds } from './index_along.ts';
import { index, indexPut_, isMask } from './indexing.ts';
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
  return isMask(item.tensor) ? item.tensor.ndim : 1;
};

/** The views that the index asks for, and the index tensors that are left to apply to them. */
interface Applied {
  readonly view: Tensor;
  readonly tensors: readonly (Tensor | null)[];
}

const SCALAR_INDEX =
  'invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number';

/**
 * Applies ints, slices, None and ... one after the other, as views.
 * @param forReading whether a slice that keeps everything is recorded where it stands alone
 */
function applyViews(self: Tensor, items: readonly IndexItem[], forReading: boolean): Applied {
  const alone = items.length === 1 ? items[0] : null;
  if (alone?.kind === 'slice') checkStep(alone);
  if (self.ndim === 0 && alone !== null) {
    check(alone.kind !== 'slice', () => 'slice() cannot be applied to a 0-dim tensor.', 'IndexError');
    if (alone.kind === 'int')
      fail(alone.value === 0 ? SCALAR_INDEX : outOfBounds(alone.value, 0, 0), 'IndexError');
  }
  const taken = items.reduce((total, item) => total + dimsTaken(item), 0);
  check(taken <= self.ndim, () => `too many indices for tensor of dimension ${self.ndim}`, 'IndexError');
  const tensors: (Tensor | null)[] = [];
  // A mask of several dimensions is one index for all of them.
  let covered = 0;
  const putTensor = (dim: number, tensor: Tensor): void => {
    for (; covered < dim; covered++) tensors.push(null);
    tensors.push(tensor);
    covered += isMask(tensor) ? tensor.ndim : 1;
  };
  let view = self;
  let dim = 0;
  items.forEach((item, nr) => {
    switch (item.kind) {
      case 'int':
        view = selectAt(view, dim, item.value, nr);
        break;
      case 'slice':
        if ((forReading && alone !== null) || !isWhole(item, view.shape[dim]))
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
        if (tensor.ndim > 0 || tensor.isFloating || isBatched(tensor)) {
          putTensor(dim, tensor);
          dim += dimsTaken(item);
        } else if (isMask(tensor)) {
          view = unsqueeze(view, dim);
          putTensor(dim++, full([1], Number(tensor.storage.data[tensor.offset] !== 0), bool));
        } else {
          view = selectAt(view, dim, tensor.storage.data[tensor.offset], nr);
        }
      }
    }
  });
  return { view, tensors };
}

/** @param nr which of the items it is: what PyTorch calls the dimension */
function selectAt(view: Tensor, dim: number, position: number, nr: number): Tensor {
  const size = view.shape[dim];
  check(position >= -size && position < size, () => outOfBounds(position, nr, size), 'IndexError');
  return select(view, dim, position);
}

const END = Number.MAX_SAFE_INTEGER;

function checkStep({ step }: SliceItem): void {
  check((step ?? 1) > 0, () => 'step must be greater than zero', 'ValueError');
}

function sliceAt(view: Tensor, dim: number, item: SliceItem): Tensor {
  checkStep(item);
  return slice(view, dim, item.start ?? 0, item.stop ?? END, item.step ?? 1);
}

const isWhole = ({ start, stop, step }: SliceItem, size: number): boolean =>
  (step ?? 1) === 1 && (start ?? 0) === 0 && (stop === null || stop >= size);

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
    const given = value.isWrappedNumber ? numberFor(self, value) : value;
    if (items.length === 1 && only.kind === 'bool') {
      return only.value ? assign(unsqueeze(self, 0), given) : self;
    }
    const applied = applyViews(self, items, false);
    if (applied.tensors.length === 0) return assign(applied.view, given);
    return indexPut_(applied.view, applied.tensors, withoutLeadingOnes(given), false);
  },
);

/** The number as a tensor of the dtype of `self`. @throws RuntimeError where it doesn't fit */
const numberFor = ({ dtype }: Tensor, number: Tensor): Tensor =>
  full([], fitted(scalar(number.storage.data[0], number.dtype.category), dtype), dtype);

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
