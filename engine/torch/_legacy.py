"""The old constructors: `torch.Tensor(2, 3)`, `torch.FloatTensor([1, 2])` and their kin."""

from __future__ import annotations

from math import prod
from typing import Any

from . import _C, _conversion
from ._dtype import (
    bool_,
    check_device,
    code_of,
    default_dtype,
    dtype,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    remember_default_dtype,
    tensor_type_names,
    uint8,
)
from ._handles import TensorBase
from ._parameter import is_index
from ._signature import choose, parse_signature
from ._size import Size

_FORMS = [
    parse_signature(f"new({form})")
    for form in (
        "*, Device device=None",
        "Storage storage",
        "Tensor other",
        "int[] size, *, Device device=None",
        "object data, *, Device device=None",
    )
]

# How C++ spells the types in the message about a tensor of the wrong one.
_SPELLED = {
    float32: "float",
    float64: "double",
    int64: "long int",
    int32: "int",
    int16: "short int",
    int8: "signed char",
    uint8: "unsigned char",
    bool_: "bool",
}


def new(kind: dtype | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What an old constructor of dtype `kind` makes; None is `torch.Tensor`, which takes any.

    Whole numbers are sizes, everything else is data. Raises TypeError for what is neither.
    """
    if kwargs:
        kwargs = dict(kwargs)
        if not kwargs.keys() <= {"device", "size", "data", "other"}:
            choose(_FORMS, args, kwargs)
        check_device(kwargs.pop("device", None))
        if "size" in kwargs:
            args = tuple(kwargs.pop("size"))
        args = (*args, *kwargs.values())
    code = code_of(kind or default_dtype())
    if all(is_index(arg) for arg in args):
        sizes: Any = args or (0,)
    elif len(args) == 1 and isinstance(args[0], Size):
        sizes = args[0]
    elif len(args) == 1 and isinstance(args[0], TensorBase):
        return _same_dtype(kind, args[0]).detach()
    elif len(args) == 1 and isinstance(args[0], str):
        raise TypeError("new(): invalid data type 'str'")
    elif len(args) == 1 and _conversion._is_sequence(args[0]):
        return _conversion.build(args[0], kind or default_dtype())
    elif len(args) == 1:
        raise TypeError(f"new(): data must be a sequence (got {type(args[0]).__name__})")
    else:
        position = next(at for at, arg in enumerate(args) if not is_index(arg)) + 1
        raise TypeError(
            f"new(): argument 'size' failed to unpack the object at pos {position} with error "
            f'"type must be tuple of ints,but got {type(args[position - 1]).__name__}"'
        )
    return _conversion.from_flat([0.0] * prod(sizes), list(sizes), code, False)


def _same_dtype(kind: dtype | None, tensor: Any) -> Any:
    if kind is not None and tensor.dtype is not kind:
        rest = (
            "device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false "
            "(default), memory_format=(nullopt)"
        )
        raise TypeError(
            f"expected TensorOptions(dtype={_SPELLED[kind]}, {rest}) "
            f"(got TensorOptions(dtype={_SPELLED[tensor.dtype]}, {rest}))"
        )
    return tensor


def empty_into(tensor: Any) -> None:
    """`torch.Tensor()`: a tensor without elements."""
    made = _conversion.build([], None)
    tensor._h = made._h
    _C.transfer(made, tensor)


def _type(name: str, kind: dtype) -> type[Any]:
    class Meta(type):
        def __instancecheck__(cls, value: Any) -> bool:
            return isinstance(value, TensorBase) and value.dtype is kind

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            return new(kind, args, kwargs)

    return Meta(name, (), {"__module__": "torch", "dtype": kind})


# `torch.FloatTensor` and the like: constructors of one dtype, also for `isinstance`.
types = {
    full.removeprefix("torch."): _type(full.removeprefix("torch."), kind)
    for kind, full in tensor_type_names.items()
}


def set_default_tensor_type(t: Any, /) -> None:
    """Choose the default dtype by an old type: `torch.DoubleTensor`, or its name."""
    _C.warn(
        "torch.set_default_tensor_type() is deprecated as of PyTorch 2.1, please use "
        "torch.set_default_dtype() and torch.set_default_device() as alternatives."
    )
    found = types.get(t.removeprefix("torch.")) if isinstance(t, str) else t
    kind = getattr(found, "dtype", None)
    if not isinstance(kind, dtype) or not kind.is_floating_point:
        raise TypeError(
            "only floating-point types are supported as the default type"
            if isinstance(kind, dtype)
            else f"invalid type object: {t!r}"
        )
    _C.engine.set_default_dtype(code_of(kind))
    remember_default_dtype(kind)
