import { bool, type Data, type DType, dtypeOfCode, int64, wholeNumber } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { contiguousData } from '../ops/copy.ts';
import { formatTensor } from '../printing.ts';
import { fromData, item, Tensor } from '../tensor.ts';
import { made } from '../transforms/fresh.ts';
import { isBatched } from '../transforms/levels.ts';
import { freeHandle, handleOf, heldCount, tensorOf } from './handles.ts';
import { guarded, noteError } from './outcome.ts';

/** The proxy of a Python `array.array('d')`. */
interface PythonBuffer {
  getBuffer(): { data: Float64Array; release(): void };
  destroy?(): void;
}

/** @throws where int64 is to hold a number that it cannot hold exactly. */
function newTensor(data: Data, shape: number[], dtype: DType, requiresGrad: boolean): number {
  if (dtype === int64) for (let i = 0; i < data.length; i++) wholeNumber(data[i]);
  const tensor = fromData(data, shape, dtype);
  tensor.requiresGradFlag = requiresGrad;
  return handleOf(made(tensor));
}

// Addresses that look like memory: the same for views of one place, different for different storages.
let nextAddress = 0x5580_0000_0040;
let addresses = new WeakMap<object, number>();
function storageAddress({ storage, dtype }: Tensor): number {
  let base = addresses.get(storage);
  if (base === undefined) {
    base = nextAddress;
    nextAddress += Math.ceil((storage.data.length * dtype.bytes + 64) / 64) * 64;
    addresses.set(storage, base);
  }
  return base;
}

const dataPointer = (tensor: Tensor): number =>
  tensor.numel === 0 ? 0 : storageAddress(tensor) + tensor.offset * tensor.dtype.bytes;

const NO_ITEM =
  "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite what you're doing with other operations. If error is occurring somewhere inside PyTorch internals, please file a bug report.";

/** Making tensors, reading what they hold, letting go of them. */
export const tensors = {
  /** `head` is, from the lowest bits: the dtype's code (4), whether it requires grad (1), the number of dimensions. */
  from_values: guarded((head: number, ...rest: number[]) => {
    const dtype = dtypeOfCode(head & 15);
    const ndim = head >> 5;
    const data = dtype.allocate(rest.length - ndim);
    for (let i = 0; i < data.length; i++) data[i] = rest[ndim + i];
    return newTensor(data, rest.slice(0, ndim), dtype, (head & 16) !== 0);
  }),
  /** `buffer` is the proxy of an `array.array('d')`. */
  from_buffer: guarded((code: number, requiresGrad: boolean, buffer: PythonBuffer, ...shape: number[]) => {
    const dtype = dtypeOfCode(code);
    const view = buffer.getBuffer();
    try {
      const data = dtype.allocate(view.data.length);
      data.set(view.data);
      return newTensor(data, shape, dtype, requiresGrad);
    } finally {
      view.release();
      buffer.destroy?.();
    }
  }),
  free: (...handles: number[]) => {
    for (const handle of handles) freeHandle(handle);
  },
  free_one: freeHandle,
  handle_count: () => heldCount(),

  /** What stands between `tensor(` and the suffixes when a tensor is printed. */
  repr_body: (
    h: number,
    precision: number,
    threshold: number,
    edgeitems: number,
    linewidth: number,
    sciMode: boolean | null | undefined,
    indent: number,
  ) => {
    const { shape, dtype, storage, strides, offset } = tensorOf(h);
    const at = (coordinates: readonly number[]): number =>
      storage.data[coordinates.reduce((place, i, d) => place + i * strides[d], offset)];
    const options = { precision, threshold, edgeitems, linewidth, sciMode: sciMode ?? null };
    return formatTensor({ shape, dtype, at }, options, indent);
  },
  /** All elements, row-major. */
  values: (h: number) => Float64Array.from(contiguousData(tensorOf(h))),
  is_batched: (h: number) => isBatched(tensorOf(h)),
  /** The only element; undefined where that is an error. */
  item: (h: number) => {
    try {
      const tensor = tensorOf(h);
      check(!isBatched(tensor), () => NO_ITEM);
      const value = item(tensor);
      if (tensor.dtype === bool) return value !== 0;
      return tensor.isFloating ? value : value + 0; // no whole number is -0
    } catch (thrown) {
      noteError(thrown);
      return undefined;
    }
  },
  ndim: (h: number) => tensorOf(h).ndim,
  size: (h: number, dim: number) => tensorOf(h).shape[dim],
  /**
   * The shape of a tensor of up to three short dimensions, as one number: the count of dimensions in the lowest three
   * bits, then each size in nine. -1 for others.
   */
  small_shape: (h: number) => {
    const { shape } = tensorOf(h);
    if (shape.length > 3) return -1;
    let code = 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      if (shape[d] > 511) return -1;
      code = code * 512 + shape[d];
    }
    return code * 8 + shape.length;
  },
  shape: (h: number) => [...tensorOf(h).shape],
  strides: (h: number) => [...tensorOf(h).strides],
  storage_offset: (h: number) => tensorOf(h).offset,
  dtype: (h: number) => tensorOf(h).dtype.code,
  numel: (h: number) => tensorOf(h).numel,
  is_contiguous: (h: number) => tensorOf(h).isContiguous,
  data_ptr: (h: number) => dataPointer(tensorOf(h)),
  same_storage: (a: number, b: number) => tensorOf(a).storage === tensorOf(b).storage,
  /** The same for all tensors that share memory. */
  storage_number: (h: number) => storageAddress(tensorOf(h)),
  /** All of the memory that a tensor looks at, as a tensor in one dimension. */
  whole_storage: (h: number) => {
    const { storage, dtype } = tensorOf(h);
    return handleOf(new Tensor(storage, [storage.data.length], [1], 0, dtype));
  },
  /** A tensor of its own on the memory of another. */
  over_storage: (h: number, offset: number, ndim: number, ...rest: number[]) => {
    const { storage, dtype } = tensorOf(h);
    return handleOf(new Tensor(storage, rest.slice(0, ndim), rest.slice(ndim), offset, dtype));
  },
  version: guarded((h: number) => {
    const { version } = tensorOf(h);
    if (version.off) fail('Inference tensors do not track version counter.');
    return version.value;
  }),
  is_inference: (h: number) => tensorOf(h).isInference,
};

export function resetAddresses(): void {
  addresses = new WeakMap();
  nextAddress = 0x5580_0000_0040;
}
