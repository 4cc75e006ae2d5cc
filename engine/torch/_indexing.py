"""Takes `x[...]` apart into what the engine reads: tags and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import index as as_int
from typing import Any

from . import _C
from ._dtype import bool_, uint8
from ._handles import TensorBase
from ._operation import engine_function, short_function
from ._parameter import FLOAT, type_name
from ._parameter import INT as WHOLE

_SAFE = 2**53
INT, SLICE, NONE, ELLIPSIS, TENSOR, BOOL = range(6)

is_batched = _C.engine.is_batched
_get = engine_function("_getitem")
_set = engine_function("_setitem")
# `x[i]` and `x[i, j]`, which need no taking apart.
_get_at = short_function("_getitem", "$", 1, INT, "$")
_get_at_two = short_function("_getitem", "$", 2, INT, "$", INT, "$")
# `x[i] = value`, by what the value is: a tensor (0), a bool, an int, a float.
_set_at = [short_function("_setitem", "$", 1, INT, "$", "$", kind) for kind in range(4)]


def getitem(tensor: TensorBase, at: Any, make: Callable[[Any], Any]) -> Any:
    """`tensor[at]`; `make` turns a list into an index tensor."""
    kind = type(at)
    if kind is int:
        return _C.tensor(_get_at(tensor._h, at))
    if kind is tuple and len(at) == 2 and type(at[0]) is int and type(at[1]) is int:
        return _C.tensor(_get_at_two(tensor._h, *at))
    slots: list[Any] = []
    keep = _encode(slots, tensor, at, make)
    result = _C.tensor(_get(tensor._h, *slots))
    del keep
    return result


def setitem(
    tensor: TensorBase,
    at: Any,
    value: Any,
    slots_of: Callable[[Any, Any], tuple[Any, int]],
    make: Callable[[Any], Any],
) -> None:
    """`tensor[at] = value`; `slots_of` makes of the value what crosses for it."""
    if type(at) is int:
        kind = type(value)
        if kind is float:
            status = _set_at[FLOAT](tensor._h, at, value)
        elif kind is int and -_SAFE < value < _SAFE:
            status = _set_at[WHOLE](tensor._h, at, value)
        else:
            slot, number = slots_of(tensor, value)
            status = _set_at[number](tensor._h, at, slot)
        if status < 0:
            _C.raise_error()
        return
    slots: list[Any] = []
    assigned = slots_of(tensor, value)
    keep = _encode(slots, tensor, at, make)
    _C.check(_set(tensor._h, *slots, *assigned))
    del keep


def _encode(
    slots: list[Any], tensor: TensorBase, at: Any, make: Callable[[Any], Any]
) -> list[Any]:
    """Append the index; give back the tensors made on the way, which must live until the call."""
    made: list[Any] = []
    if isinstance(at, tuple):
        items: Sequence[Any] = _not_alone(at)
    elif isinstance(at, (list, str, range)) and _means_tuple(at):
        _C.warn(_NOT_A_TUPLE)
        items = at
    else:
        items = _not_alone((at,)) if isinstance(at, TensorBase) and at.ndim == 0 else (at,)
    slots.append(len(items))
    try:
        for item in items:
            _encode_item(slots, item, make, made)
    except (IndexError, TypeError, ValueError):
        # PyTorch counts before it looks.
        if sum(map(_dims_taken, items)) > tensor.ndim:
            raise IndexError(f"too many indices for tensor of dimension {tensor.ndim}") from None
        raise
    return made


def _not_alone(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """One item in a tuple isn't the same as the item itself: `x[(slice(None),)]` gives an alias."""
    return (*items, ...) if len(items) == 1 else items


def _dims_taken(item: Any) -> int:
    if isinstance(item, TensorBase) and item.dtype in (bool_, uint8):
        return item.ndim
    return 0 if item is None or item is ... or isinstance(item, bool) else 1


_NOT_A_TUPLE = (
    "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in "
    "pytorch 2.9; use x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as "
    "tensor index, x[torch.tensor(seq)], which will result either in an error or a different result"
)
_NOT_NUMBERS = (TensorBase, slice, type(None), type(...), list, tuple, str, range)


def _means_tuple(at: Sequence[Any]) -> bool:
    """NumPy's old rule, which PyTorch keeps: a short sequence of more than numbers is a tuple."""
    return len(at) < 32 and any(isinstance(item, _NOT_NUMBERS) for item in at)


def _encode_item(slots: list[Any], item: Any, make: Callable[[Any], Any], made: list[Any]) -> None:
    kind = type(item)
    if kind is int:
        slots += (INT, item)
    elif kind is slice:
        step = _bound(item.step)
        if step == 0:
            raise ValueError("slice step cannot be zero")
        slots += (SLICE, _bound(item.start), _bound(item.stop), step)
    elif item is None:
        slots.append(NONE)
    elif item is ...:
        slots.append(ELLIPSIS)
    elif kind is bool:
        slots += (BOOL, int(item))
    elif isinstance(item, TensorBase):
        if item.ndim == 0 and not item.dtype.is_floating_point and not is_batched(item._h):
            is_mask = item.dtype is bool_ or item.dtype is uint8
            slots += (TENSOR, item._h) if is_mask else (INT, item.item())
        else:
            slots += (TENSOR, item._h)
    elif isinstance(item, (list, tuple, range, str)):
        tensor = make(item)
        made.append(tensor)
        slots += (TENSOR, tensor._h)
    elif hasattr(kind, "__index__"):
        slots += (INT, as_int(item))
    else:
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables "
            f"are valid indices (got {type_name(item)})"
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
