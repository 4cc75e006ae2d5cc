"""What tensors that share memory share: needed to copy, save and load them as they hang together."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from weakref import WeakValueDictionary

from . import _C
from ._dtype import (
    bool_,
    code_of,
    dtype,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
)

engine = _C.engine

_ARRAYS = {
    uint8: "B",
    bool_: "B",
    int8: "b",
    int16: "h",
    int32: "i",
    int64: "q",
    float32: "f",
    float64: "d",
}

# The living storage object of each piece of memory, so that two tensors give the same one.
_living: WeakValueDictionary[int, UntypedStorage] = WeakValueDictionary()


class UntypedStorage:
    """A piece of memory that one or more tensors look at."""

    __module__ = "torch.storage"

    def __init__(self, flat: Any) -> None:
        self._flat = flat

    @property
    def _dtype(self) -> dtype:
        return self._flat.dtype

    def nbytes(self) -> int:
        """How many bytes there are."""
        return self._flat.numel() * self._flat.itemsize

    size = __len__ = nbytes

    def data_ptr(self) -> int:
        """A number that stands for the place of the first byte in memory."""
        return self._flat.data_ptr()

    def clone(self) -> UntypedStorage:
        """A copy of the memory."""
        return UntypedStorage(self._flat.clone())

    def __deepcopy__(self, memo: dict[int, Any]) -> UntypedStorage:
        return self.clone()

    def __reduce__(self) -> Any:
        kind = self._dtype
        values = self._flat.tolist()
        return rebuild_storage, (kind, array(_ARRAYS[kind], values).tobytes())


def rebuild_storage(kind: dtype, data: bytes) -> UntypedStorage:
    """A storage of these bytes."""
    from ._conversion import from_flat

    values = array(_ARRAYS[kind])
    values.frombytes(data)
    return UntypedStorage(from_flat(list(values), [len(values)], code_of(kind), False))


def storage_of(tensor: Any) -> UntypedStorage:
    """The memory that `tensor` looks at: the same object for all that look at it."""
    key = engine.storage_number(tensor._h)
    found = _living.get(key)
    if found is None:
        found = _living[key] = UntypedStorage(_C.tensor(engine.whole_storage(tensor._h)))
    return found


class Saving:
    """Does `torch.save` run, which keeps memory shared as it is? Plain pickle does not."""

    shares = False


def for_pickle(tensor: Any) -> UntypedStorage:
    """The memory of `tensor` as pickle is to write it."""
    storage = storage_of(tensor)
    return storage if Saving.shares else UntypedStorage(storage._flat)


def over(storage: UntypedStorage, offset: int, size: Sequence[int], stride: Sequence[int]) -> Any:
    """A new tensor that looks at `storage`."""
    return _C.tensor(engine.over_storage(storage._flat._h, offset, len(size), *size, *stride))


def _rebuild_tensor_v2(
    storage: UntypedStorage,
    offset: int,
    size: Sequence[int],
    stride: Sequence[int],
    requires_grad: bool,
    hooks: Any,
) -> Any:
    tensor = over(storage, offset, size, stride)
    if requires_grad:
        tensor.requires_grad_()
    return tensor


