"""Between Python's numbers and lists and tensors."""

from __future__ import annotations

import copy
import functools
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from math import inf, prod
from operator import index
from typing import Any

from . import _C, _storage
from ._dtype import bool_, by_code, code_of, default_dtype, dtype, float32, int64, promote, uint8
from ._handles import TensorBase
from ._parameter import is_index, number
from ._size import Size
from ._transforms import check_memory

engine = _C.engine
_from_values = engine.from_values

# Lists up to this length cross as plain arguments, longer ones as a buffer.
_SHORT = 1024

_FLOATS: set[type] = {float}
_LISTS: set[type] = {list}


def build(data: Any, target: dtype | type | None, requires_grad: bool = False) -> Any:
    """A new tensor from a number or from nested sequences of them.

    Raises ValueError where a nested sequence isn't rectangular.
    """
    kind = type(data)
    if kind is float or kind is int or kind is bool:
        shape: list[int] = []
        flat: list[Any] = [data]
    elif kind is list and target is None and (plain := _plain_floats(data)) is not None:
        return from_flat(*plain, default_dtype()._code, requires_grad)
    elif isinstance(data, TensorBase):
        shape, flat = list(data.shape), engine.values(data._h)
        target = data.dtype if target is None else target
    else:
        shape = _shape_of(data)
        flat = []
        _flatten(data, shape, 0, flat)
    code = code_of(_common_dtype(flat) if target is None else target)
    if requires_grad and code not in (6, 7):
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return from_flat([_element(value) for value in flat], shape, code, requires_grad)


def _plain_floats(data: list[Any]) -> tuple[list[float], tuple[int, ...]] | None:
    """Elements and shape of a list of floats, or of rows of floats: what is written most."""
    kinds = set(map(type, data))
    if kinds == _FLOATS:
        return data, (len(data),)
    if kinds != _LISTS or len(set(map(len, data))) != 1:
        return None
    flat = list(chain.from_iterable(data))
    return (flat, (len(data), len(data[0]))) if set(map(type, flat)) == _FLOATS else None


def from_flat(flat: Sequence[Any], shape: Sequence[int], code: int, requires_grad: bool) -> Any:
    """A tensor of `shape` from its elements, row by row."""
    if code < 6:
        flat = [_whole(value, code) for value in flat]
    elif code == 11:
        flat = [value != 0 for value in flat]
    if len(flat) <= _SHORT:
        handle = _from_values(code | requires_grad << 4 | len(shape) << 5, *shape, *flat)
    else:
        handle = engine.from_buffer(code, requires_grad, array("d", flat), *shape)
    return _C.tensor(handle)


def _whole(value: float, code: int) -> int:
    """`value` as an integer dtype holds it."""
    kind = by_code[code]
    if value != value or value in (inf, -inf):
        raise RuntimeError(f"value cannot be converted to type {kind._name} without overflow")
    if kind is uint8 and isinstance(value, float) and value < 0:
        raise RuntimeError("value cannot be converted to type uint8 without overflow")
    value = int(value)
    if kind is int64:
        if not -(2**63) <= value < 2**63:
            raise ValueError("Overflow when unpacking long long")
        return int(number(value))
    bits = kind.itemsize * 8
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - kind.is_signed):
        raise RuntimeError(f"value cannot be converted to type {kind._name} without overflow")
    return value % 2**bits if kind is uint8 else value


def _is_sequence(value: Any) -> bool:
    return hasattr(value, "__getitem__") and hasattr(value, "__len__") and type(value) is not dict


def _shape_of(data: Any) -> list[int]:
    shape: list[int] = []
    while _is_sequence(data) and not isinstance(data, TensorBase):
        if isinstance(data, (str, bytes)):
            if shape:
                raise ValueError(f"too many dimensions '{type(data).__name__}'")
            raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
        shape.append(len(data))
        if not shape[-1]:
            break
        data = data[0]
    return shape


def _flatten(data: Any, shape: list[int], depth: int, flat: list[Any]) -> None:
    if depth == len(shape):
        flat.append(data)
        return
    if not _is_sequence(data):
        raise TypeError("not a sequence")
    size = shape[depth]
    # PyTorch doesn't look at the lengths where the first one is 0.
    if size and len(data) != size:
        raise ValueError(f"expected sequence of length {size} at dim {depth} (got {len(data)})")
    if depth == len(shape) - 1:
        flat += data if size else ()
    else:
        for item in data:
            _flatten(item, shape, depth + 1, flat)


def _element(value: Any) -> float:
    """A Python number of an element."""
    kind = type(value)
    if kind is float or kind is int or kind is bool:
        return value
    if isinstance(value, TensorBase):
        if value.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return float(value) if value.is_floating_point() else value.item()
    if isinstance(value, (list, tuple)):
        raise TypeError(f"must be real number, not {kind.__name__}")
    return float(value) if hasattr(kind, "__float__") else index(value)


def _common_dtype(flat: Sequence[Any]) -> dtype:
    """The dtype that holds all elements. Raises what PyTorch raises for those it can't hold."""
    if not flat:
        return default_dtype()
    kinds = set(map(type, flat))
    result: dtype | None = None
    for kind in kinds:
        found = _dtype_of_kind(kind, flat)
        result = found if result is None else promote(result, found)
    return result or default_dtype()


def _dtype_of_kind(kind: type, flat: Sequence[Any]) -> dtype:
    if issubclass(kind, bool):
        return bool_
    if issubclass(kind, int):
        return int64
    if issubclass(kind, float):
        return default_dtype()
    if issubclass(kind, TensorBase):
        dtypes = [value.dtype for value in flat if isinstance(value, TensorBase)]
        return functools.reduce(promote, dtypes)
    if issubclass(kind, complex):
        raise NotImplementedError("dxdx has no complex tensors: keep real and imaginary apart.")
    if issubclass(kind, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{kind.__name__}'")
    if issubclass(kind, (list, tuple)):
        numbers = [type(value) for value in flat if isinstance(value, (int, float))]
        if float in numbers:
            raise TypeError(f"must be real number, not {kind.__name__}")
        raise TypeError(f"'{kind.__name__}' object cannot be interpreted as an integer")
    if hasattr(kind, "__float__"):
        return default_dtype()
    raise RuntimeError(f"Could not infer dtype of {kind.__name__}")


def index_tensor(data: Any) -> Any:
    """The index tensor that a list inside `x[…]` stands for."""
    if not len(data):
        return build(data, int64)
    made = build(data, None)
    return made._to_dtype(int64) if made.is_floating_point() else made


def to_list(tensor: Any) -> Any:
    """Nested lists of a tensor's elements; a plain number for a 0-d tensor."""
    shape = tensor.shape
    if not shape:
        return tensor.item()
    check_memory(tensor)
    flat = engine.values(tensor._h)
    kind = tensor.dtype
    if kind is bool_:
        flat = [value != 0 for value in flat]
    elif not kind.is_floating_point:
        flat = list(map(int, flat))
    return _nest(flat, shape)


def _nest(flat: list[Any], shape: Sequence[int]) -> list[Any]:
    for depth in range(len(shape) - 1, 0, -1):
        size = shape[depth]
        rows = prod(shape[:depth])
        flat = [flat[row * size : (row + 1) * size] for row in range(rows)]
    return flat


# --- copies --------------------------------------------------------------------------------------


def deep_copy(tensor: Any, memo: dict[int, Any]) -> Any:
    """What `copy.deepcopy` makes of a leaf: numbers, flags, gradient and attributes."""
    if not tensor.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
            "protocol at the moment.  If you were attempting to deepcopy a module, this may be "
            "because of a torch.nn.utils.weight_norm usage, "
            "see https://github.com/pytorch/pytorch/pull/103001"
        )
    if id(tensor) in memo:
        return memo[id(tensor)]
    # The memory is copied once for all that look at it.
    memory = copy.deepcopy(_storage.storage_of(tensor), memo)
    copied = _storage.over(memory, tensor.storage_offset(), tensor.shape, tensor.stride())
    if type(copied) is not type(tensor):
        copied = _C.recast(copied, type(tensor))
    if tensor.requires_grad:
        copied.requires_grad_()
    memo[id(tensor)] = copied
    if tensor.grad is not None:
        copied.grad = deep_copy(tensor.grad, memo)
    copied.__dict__.update(copy.deepcopy(tensor.__dict__, memo))
    return copied


def reduce(tensor: Any) -> tuple[Any, ...]:
    """How `pickle` and `copy.copy` take a tensor apart."""
    parts = (
        _storage.for_pickle(tensor),
        tensor.storage_offset(),
        tuple(tensor.shape),
        tensor.stride(),
        tensor.requires_grad,
        OrderedDict(),
    )
    if type(tensor).__module__ == "torch" and not tensor.__dict__:
        return _storage._rebuild_tensor_v2, parts
    return rebuild_with_attributes, (type(tensor), parts, dict(tensor.__dict__))


def rebuild_with_attributes(cls: type[Any], parts: Any, attributes: dict[str, Any]) -> Any:
    """Put a tensor of a class of its own, or with attributes of its own, together again."""
    tensor = _storage._rebuild_tensor_v2(*parts)
    if type(tensor) is not cls:
        tensor = _C.recast(tensor, cls)
    tensor.__dict__.update(attributes)
    return tensor
