"""Takes `x[...]` apart into what the engine reads: tags and numbers."""

from __future__ import annotations

from collections.abc import Callable
from operator import index as as_int
from typing import Any

from . import _C
from ._dtype import bool_
from ._handles import TensorBase
from ._operation import engine_function

INT, SLICE, NONE, ELLIPSIS, TENSOR, BOOL = range(6)

_get = engine_function("_getitem")
_set = engine_function("_setitem")


def getitem(tensor: TensorBase, at: Any, make: Callable[[Any], Any]) -> Any:
    """`tensor[at]`; `make` turns a list into an index tensor."""
    if type(at) is int:
        return _C.tensor(_get(tensor._h, 1, INT, at))
    slots: list[Any] = []
    keep = _encode(slots, at, make)
    result = _C.tensor(_get(tensor._h, *slots))
    del keep
    return result


def setitem(tensor: TensorBase, at: Any, value: tuple[Any, int], make: Callable[[Any], Any]) -> None:
    """`tensor[at] = value`, the value given as its two slots."""
    slots: list[Any] = []
    keep = _encode(slots, at, make)
    _C.check(_set(tensor._h, *slots, *value))
    del keep


def _encode(slots: list[Any], at: Any, make: Callable[[Any], Any]) -> list[Any]:
    """Append the index; give back the tensors made on the way, which must live until the call."""
    made: list[Any] = []
    if isinstance(at, tuple):
        items = at
    elif isinstance(at, list) and _is_old_tuple(at):
        items = tuple(at)
    else:
        items = (at,)
    slots.append(len(items))
    for item in items:
        _encode_item(slots, item, make, made)
    return made


def _is_old_tuple(at: list[Any]) -> bool:
    """NumPy's old rule, which PyTorch keeps: a short list with a slice in it means a tuple."""
    if len(at) >= 32:
        return False
    kinds = (TensorBase, slice, type(None), type(...), list, tuple)
    return any(isinstance(item, kinds) for item in at) and not _is_nested(at)


def _is_nested(at: list[Any]) -> bool:
    return all(isinstance(item, (list, tuple)) for item in at) and bool(at)


def _encode_item(
    slots: list[Any], item: Any, make: Callable[[Any], Any], made: list[Any]
) -> None:
    kind = type(item)
    if kind is int:
        slots += (INT, item)
    elif kind is slice:
        slots += (SLICE, _bound(item.start), _bound(item.stop), _bound(item.step))
    elif item is None:
        slots.append(NONE)
    elif item is ...:
        slots.append(ELLIPSIS)
    elif kind is bool:
        slots += (BOOL, int(item))
    elif isinstance(item, TensorBase):
        if item.ndim == 0 and not item.dtype.is_floating_point:
            if item.dtype is bool_:
                slots += (BOOL, int(item.item()))
            else:
                slots += (INT, item.item())
        else:
            slots += (TENSOR, item._h)
    elif isinstance(item, (list, tuple, range)):
        tensor = make(item)
        made.append(tensor)
        slots += (TENSOR, tensor._h)
    elif hasattr(kind, "__index__"):
        slots += (INT, as_int(item))
    else:
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables "
            f"are valid indices (got {kind.__name__})"
        )


def _bound(value: Any) -> int | None:
    if value is None or type(value) is int:
        return value
    try:
        return as_int(value)
    except TypeError:
        raise TypeError(
            "slice indices must be integers or None or have an __index__ method"
        ) from None
