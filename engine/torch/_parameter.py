"""One parameter of an operation: which values it takes, and how they cross into the engine."""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from ._dtype import (
    bool_,
    check_device,
    code_of,
    device,
    dtype,
    layout,
    memory_format,
    of_python_type,
)
from ._handles import TensorBase

# What people call the parameters of NumPy's functions.
_ALIASES = {
    "dim": ("axis",),
    "keepdim": ("keepdims",),
    "input": ("x", "a", "x1"),
    "other": ("x2",),
}

BOOL, INT, FLOAT = 1, 2, 3
KINDS: dict[type, int] = {bool: BOOL, int: INT, float: FLOAT}

# A parameter's type in the words of error messages.
_TYPE_NAMES = {
    "Tensor": "Tensor",
    "Tensor|Number": "Tensor",
    "Tensor[]": "tuple of Tensors",
    "Tensor?[]": "tuple of Tensors",
    "Index": "object",
    "Scalar": "Number",
    "Scalar[]": "tuple of Scalars",
    "int": "int",
    "int[]": "tuple of ints",
    "float": "float",
    "float[]": "tuple of floats",
    "bool": "bool",
    "str": "str",
    "object": "object",
    "ScalarType": "torch.dtype",
    "Layout": "torch.layout",
    "MemoryFormat": "torch.memory_format",
    "Device": "torch.device",
    "Generator": "torch.Generator",
    "Storage": "torch.Storage",
}

_CONSTANTS = {"None": None, "True": True, "False": False}


class Mismatch(Exception):
    """An element of a list has the wrong type; `at` says which one."""

    def __init__(self, at: int) -> None:
        self.at = at


class Parameter:
    """A parameter as a signature declares it: `int[1]? dim=None`."""

    __slots__ = (
        "type",
        "type_name",
        "name",
        "names",
        "size",
        "nullable",
        "optional",
        "default",
        "default_text",
        "keyword_only",
        "accepts",
        "cross",
        "position",
    )

    def __init__(self, text: str, keyword_only: bool) -> None:
        type_text, _, name = text.partition(" ")
        name, has_default, default = name.partition("=")
        nullable = type_text.endswith("?")  # `Tensor?[]` is a list, which can't be None itself
        type_text = type_text.removesuffix("?")
        base, bracket, size = type_text.removesuffix("]").partition("[")
        self.type = base + "[]" if bracket else base
        self.size = int(size) if size else 0
        self.type_name = _TYPE_NAMES[self.type]
        self.name = name
        self.names = (name, *_ALIASES.get(name, ()))
        self.optional = bool(has_default)
        self.default_text = default
        self.default = _constant(default, self.type) if has_default else None
        self.nullable = nullable or default == "None"
        self.keyword_only = keyword_only
        self.position = 0  # in its signature, which says
        accepts = _ACCEPTS[self.type]
        self.accepts: Callable[[Any, Parameter], bool] = accepts
        self.cross: Callable[[list[Any], Any], None] = _CROSS[self.type]
        if self.nullable and self.type in _CROSS_NULLABLE:
            self.cross = _CROSS_NULLABLE[self.type]

    def __str__(self) -> str:
        default = f" = {self.default_text}" if self.optional else ""
        return f"{self.type_name} {self.name}{default}"


def _constant(text: str, type_name: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text == "()":
        return []
    if text.startswith("["):
        return [int(item) for item in text.strip("[]").split(",") if item]
    if type_name == "str":
        return text.strip("'\"")
    if text in ("inf", "-inf"):
        return float(text)
    if type_name == "float" or not text.lstrip("-").isdigit():
        return float(text)
    if type_name == "int[]":
        return [int(text)]
    return int(text)


# How C names the types that torch defines itself.
_C_NAMES = {"dtype": "torch.dtype", "device": "torch.device", "Size": "torch.Size"}


def type_name(value: Any) -> str:
    """The type of `value` in the words of error messages."""
    cls = type(value)
    if isinstance(value, TensorBase):
        return cls.__name__
    if cls.__module__ == "torch":
        return _C_NAMES.get(cls.__name__, cls.__name__)
    return cls.__name__


# --- which values a parameter takes -----------------------------------------------------------


def is_index(value: Any) -> bool:
    """Can `value` stand for a whole number? True and False can't."""
    kind = type(value)
    if kind is int:
        return True
    if kind is bool or kind is float or kind is str:
        return False
    if isinstance(value, TensorBase):
        return value._is_scalar() and not value.dtype.is_floating_point and value.dtype is not bool_
    return hasattr(kind, "__index__")


def _is_tensor(value: Any, _: Parameter) -> bool:
    return isinstance(value, TensorBase)


def _is_tensor_or_number(value: Any, _: Parameter) -> bool:
    return isinstance(value, (TensorBase, float, int, complex))


def _is_number(value: Any, _: Parameter) -> bool:
    if isinstance(value, (float, int, complex)):
        return True
    return isinstance(value, TensorBase) and value._is_scalar()


def _is_float(value: Any, _: Parameter) -> bool:
    if isinstance(value, (float, int)):
        return True
    return isinstance(value, TensorBase) and value._is_scalar()


def _is_int(value: Any, _: Parameter) -> bool:
    return is_index(value)


def _is_bool(value: Any, _: Parameter) -> bool:
    if isinstance(value, TensorBase):
        return value._is_scalar() and value.dtype is bool_
    return type(value) is bool


def _is_ints(value: Any, parameter: Parameter) -> bool:
    if isinstance(value, (tuple, list)):
        # PyTorch looks at the first element only; a wrong later one fails when it is unpacked.
        if not value or is_index(value[0]):
            return True
        raise Mismatch(0)
    return parameter.size > 0 and is_index(value)


def _is_floats(value: Any, parameter: Parameter) -> bool:
    if isinstance(value, (tuple, list)):
        return not value or isinstance(value[0], (float, int))
    return parameter.size > 0 and isinstance(value, (float, int))


def _is_tensors(value: Any, parameter: Parameter) -> bool:
    if not isinstance(value, (tuple, list)):
        return False
    for position, element in enumerate(value):
        if not isinstance(element, TensorBase):
            raise TypeError(
                f"expected Tensor as element {position} in argument {parameter.position}, "
                f"but got {type_name(element)}"
            )
    return True


def _is_dtype(value: Any, _: Parameter) -> bool:
    return isinstance(value, dtype) or (isinstance(value, type) and value in of_python_type)


def _is_device(value: Any, _: Parameter) -> bool:
    return isinstance(value, (device, str, int)) and type(value) is not bool


def _is_instance(cls: type) -> Callable[[Any, Parameter], bool]:
    return lambda value, _: isinstance(value, cls)


def _is_generator(value: Any, _: Parameter) -> bool:
    return type(value).__name__ == "Generator"


_ACCEPTS: dict[str, Callable[[Any, Parameter], bool]] = {
    "Tensor": _is_tensor,
    "Tensor|Number": _is_tensor_or_number,
    "Tensor[]": _is_tensors,
    "Tensor?[]": _is_tensors,  # None is for the engine's own calls
    "Index": _is_instance(object),
    "Scalar": _is_number,
    "Scalar[]": _is_floats,
    "int": _is_int,
    "int[]": _is_ints,
    "float": _is_float,
    "float[]": _is_floats,
    "bool": _is_bool,
    "str": _is_instance(str),
    "object": _is_instance(object),
    "ScalarType": _is_dtype,
    "Layout": _is_instance(layout),
    "MemoryFormat": _is_instance(memory_format),
    "Device": _is_device,
    "Generator": _is_generator,
    "Storage": lambda value, _: type(value).__name__ == "UntypedStorage",
}


# --- how values cross --------------------------------------------------------------------------


_SAFE = 2**53


def number(value: Any) -> float:
    """A Python number as the engine takes it. 0-d tensors count as numbers."""
    kind = type(value)
    if kind is float or (kind is int and -_SAFE < value < _SAFE):
        return value
    if isinstance(value, TensorBase):
        value = value.item()
    if isinstance(value, complex):
        raise NotImplementedError("dxdx has no complex numbers: split them into two real tensors.")
    if isinstance(value, int) and not -_SAFE < value < _SAFE:
        # As a float it has its right size; where all its digits count the engine refuses it.
        if value >= 2**64:
            raise OverflowError("int too big to convert")
        if value < -(2**63):
            raise OverflowError("can't convert negative int to unsigned")
        return _Large(value)
    return value


class _Large(float):
    """A whole number that is too large to be told from its neighbours."""


KINDS[_Large] = INT


def kind_of(value: float) -> int:
    """The engine's number for what `value` is in Python: bool 1, int 2, float 3."""
    return KINDS.get(type(value)) or (INT if isinstance(value, int) else FLOAT)


def _cross_tensor(slots: list[Any], value: Any) -> None:
    slots.append(value._h)


def _cross_tensor_or_none(slots: list[Any], value: Any) -> None:
    slots.append(0 if value is None else value._h)


def _cross_tensor_or_number(slots: list[Any], value: Any) -> None:
    if isinstance(value, TensorBase):
        slots += (value._h, 0)
    else:
        value = number(value)
        slots += (value, kind_of(value))


def _cross_tensors(slots: list[Any], value: Any) -> None:
    slots.append(len(value))
    slots += [tensor._h for tensor in value]


def _cross_tensors_or_nones(slots: list[Any], value: Any) -> None:
    slots.append(len(value))
    slots += [0 if tensor is None else tensor._h for tensor in value]


def _cross_number(slots: list[Any], value: Any) -> None:
    value = number(value)
    slots += (value, kind_of(value))


def _cross_number_or_none(slots: list[Any], value: Any) -> None:
    if value is None:
        slots += (0, 0)
    else:
        _cross_number(slots, value)


def _cross_int(slots: list[Any], value: Any) -> None:
    slots.append(index(value))


def _cross_float(slots: list[Any], value: Any) -> None:
    slots.append(float(value))


def _cross_bool(slots: list[Any], value: Any) -> None:
    slots.append(bool(value))


def _cross_plain(slots: list[Any], value: Any) -> None:
    slots.append(value)


def _cross_ints(slots: list[Any], value: Any) -> None:
    if isinstance(value, (tuple, list)):
        slots.append(len(value))
        slots += map(index, value)
    else:
        slots += (1, index(value))


def _cross_ints_or_none(slots: list[Any], value: Any) -> None:
    if value is None:
        slots.append(-1)
    else:
        _cross_ints(slots, value)


def _cross_floats(slots: list[Any], value: Any) -> None:
    slots.append(len(value))
    slots += map(float, value)


def _cross_dtype(slots: list[Any], value: Any) -> None:
    slots.append(code_of(value))


def _cross_device(slots: list[Any], value: Any) -> None:
    check_device(value)


def _cross_generator(slots: list[Any], value: Any) -> None:
    slots.append(0 if value is None else value._number)


def _cross_nothing(slots: list[Any], value: Any) -> None:
    """Layouts and memory formats stay on Python's side."""


def _or_none(cross: Callable[[list[Any], Any], None]) -> Callable[[list[Any], Any], None]:
    def crossed(slots: list[Any], value: Any) -> None:
        if value is None:
            slots.append(None)
        else:
            cross(slots, value)

    return crossed


_CROSS: dict[str, Callable[[list[Any], Any], None]] = {
    "Tensor": _cross_tensor,
    "Tensor|Number": _cross_tensor_or_number,
    "Tensor[]": _cross_tensors,
    "Tensor?[]": _cross_tensors_or_nones,
    "Index": _cross_plain,
    "Scalar": _cross_number,
    "Scalar[]": _cross_floats,
    "int": _cross_int,
    "int[]": _cross_ints,
    "float": _cross_float,
    "float[]": _cross_floats,
    "bool": _cross_bool,
    "str": _cross_plain,
    "object": _cross_plain,
    "ScalarType": _cross_dtype,
    "Layout": _cross_nothing,
    "MemoryFormat": _cross_nothing,
    "Device": _cross_device,
    "Generator": _cross_generator,
    "Storage": _cross_nothing,
}

_CROSS_NULLABLE: dict[str, Callable[[list[Any], Any], None]] = {
    "Tensor": _cross_tensor_or_none,
    "Scalar": _cross_number_or_none,
    "int": _or_none(_cross_int),
    "int[]": _cross_ints_or_none,
    "float": _or_none(_cross_float),
    "bool": _or_none(_cross_bool),
}
