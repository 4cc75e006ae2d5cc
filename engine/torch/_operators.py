"""Python's operators on tensors. They call the engine straight: programs spend their time here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _C
from ._handles import TensorBase
from ._operation import engine_function, function, has, method, short_function
from ._parameter import FLOAT, INT, KINDS, number

type Operator = Callable[[Any, Any], Any]

_SAFE = 2**53
# What says, in the second slot of a `Tensor|Number`, that the first is a tensor.
TENSOR = 0


def _slots_of(value: Any) -> tuple[Any, int] | None:
    """A number or tensor as the two slots of a `Tensor|Number`, or None for anything else."""
    if isinstance(value, TensorBase):
        return value._h, 0
    kind = KINDS.get(type(value))
    if kind is None and isinstance(value, (bool, int, float, complex)):
        kind = 2 if isinstance(value, int) else 3
    return None if kind is None else (number(value), kind)


def _unary(name: str) -> Callable[[Any], Any]:
    run = short_function(name, "$")
    return lambda self: _C.tensor(run(self._h))


def _binary(name: str, *tail: Any) -> Operator:
    """`self OP other` by an operation that takes `(Tensor input, Tensor|Number other, …)`."""
    with_tensor = short_function(name, "$", "$", TENSOR, *tail)
    with_float = short_function(name, "$", "$", FLOAT, *tail)
    with_int = short_function(name, "$", "$", INT, *tail)
    run = engine_function(name)
    tensor = _C.tensor

    def operator(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind is float:
            return tensor(with_float(self._h, other))
        if kind is int and -_SAFE < other < _SAFE:
            return tensor(with_int(self._h, other))
        if isinstance(other, TensorBase):
            return tensor(with_tensor(self._h, other._h))
        slots = _slots_of(other)
        return NotImplemented if slots is None else tensor(run(self._h, *slots, *tail))

    return operator


def _in_place(name: str, *tail: Any) -> Operator:
    """`self OP= other`."""
    with_tensor = short_function(name, "$", "$", TENSOR, *tail)
    run = engine_function(name)

    def operator(self: Any, other: Any) -> Any:
        if isinstance(other, TensorBase):
            status = with_tensor(self._h, other._h)
        else:
            slots = _slots_of(other)
            if slots is None:
                return NotImplemented
            status = run(self._h, *slots, *tail)
        if status < 0:
            _C.raise_error()
        return self

    return operator


def _between_tensors(name: str, swapped: bool = False) -> Operator:
    """`self OP other` where `other` must be a tensor."""
    run = short_function(name, "$", "$")

    def operator(self: Any, other: Any) -> Any:
        if not isinstance(other, TensorBase):
            return NotImplemented
        first, second = (other, self) if swapped else (self, other)
        return _C.tensor(run(first._h, second._h))

    return operator


def _through(call: Callable[..., Any], swapped: bool = False) -> Operator:
    """`self OP other` by a public function, whose TypeError means "not for me"."""

    def operator(self: Any, other: Any, modulo: Any = None) -> Any:
        if modulo is not None or _slots_of(other) is None:
            return NotImplemented
        return call(other, self) if swapped else call(self, other)

    return operator


def _reflected_difference() -> Operator:
    """`other - self`."""
    by_float, by_int = (
        short_function("rsub", "$", "$", kind, *ONE, overload=1) for kind in (FLOAT, INT)
    )
    by_parser = _through(function("rsub"))

    def operator(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind is float:
            return _C.tensor(by_float(self._h, other))
        if kind is int and -_SAFE < other < _SAFE:
            return _C.tensor(by_int(self._h, other))
        return by_parser(self, other)

    return operator


def _reflected_division(self: Any, other: Any) -> Any:
    if _slots_of(other) is None:
        return NotImplemented
    # As PyTorch computes it, which is why `2 / x` shows MulBackward0.
    return self.reciprocal() * other


def _power() -> Operator:
    by_tensor = short_function("pow", "$", "$")
    by_float, by_int = (short_function("pow", "$", "$", kind, overload=2) for kind in (FLOAT, INT))
    by_number = engine_function("pow", 2)

    def operator(self: Any, exponent: Any, modulo: Any = None) -> Any:
        if modulo is not None:
            return NotImplemented
        kind = type(exponent)
        if kind is int and -_SAFE < exponent < _SAFE:
            return _C.tensor(by_int(self._h, exponent))
        if kind is float:
            return _C.tensor(by_float(self._h, exponent))
        if isinstance(exponent, TensorBase):
            return _C.tensor(by_tensor(self._h, exponent._h))
        slots = _slots_of(exponent)
        return NotImplemented if slots is None else _C.tensor(by_number(self._h, *slots))

    return operator


def _invert(self: Any) -> Any:
    if self.is_floating_point():
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
        )
    return self.bitwise_not()


ONE = (1, 2)  # `alpha=1`: the value and its kind

_BINARY: dict[str, tuple[Any, ...]] = {
    "__add__": ("add", *ONE),
    "__radd__": ("add", *ONE),
    "__sub__": ("sub", *ONE),
    "__mul__": ("mul",),
    "__rmul__": ("mul",),
    "__truediv__": ("div",),
    "__mod__": ("_remainder",),
    "__floordiv__": ("floor_divide",),
    "__eq__": ("eq",),
    "__ne__": ("ne",),
    "__lt__": ("lt",),
    "__le__": ("le",),
    "__gt__": ("gt",),
    "__ge__": ("ge",),
    "__and__": ("bitwise_and",),
    "__rand__": ("bitwise_and",),
    "__or__": ("bitwise_or",),
    "__ror__": ("bitwise_or",),
    "__xor__": ("bitwise_xor",),
    "__rxor__": ("bitwise_xor",),
    "__lshift__": ("bitwise_left_shift",),
    "__rshift__": ("bitwise_right_shift",),
}
_IN_PLACE: dict[str, tuple[Any, ...]] = {
    "__iadd__": ("add_", *ONE),
    "__isub__": ("sub_", *ONE),
    "__imul__": ("mul_",),
    "__itruediv__": ("div_",),
    "__ifloordiv__": ("floor_divide_",),
    "__imod__": ("_remainder_",),
    "__iand__": ("bitwise_and_",),
    "__ior__": ("bitwise_or_",),
    "__ixor__": ("bitwise_xor_",),
    "__ilshift__": ("bitwise_left_shift_",),
    "__irshift__": ("bitwise_right_shift_",),
}
_SWAPPED = {
    "__rmod__": "remainder",
    "__rfloordiv__": "floor_divide",
    "__rpow__": "pow",
    "__rlshift__": "bitwise_left_shift",
    "__rrshift__": "bitwise_right_shift",
}


def install(cls: type[Any]) -> None:
    """Give `cls` its operators, as far as the engine has the operations."""
    for dunder, (name, *tail) in _BINARY.items():
        if has(name):
            setattr(cls, dunder, _binary(name, *tail))
    for dunder, (name, *tail) in _IN_PLACE.items():
        if has(name):
            setattr(cls, dunder, _in_place(name, *tail))
    for dunder, name in _SWAPPED.items():
        if has(name):
            setattr(cls, dunder, _through(function(name), swapped=True))
    if has("matmul"):
        cls.__matmul__ = _between_tensors("matmul")
        cls.__rmatmul__ = _between_tensors("matmul", swapped=True)
    cls.__rsub__ = _reflected_difference()
    cls.__rtruediv__ = cls.__rdiv__ = _reflected_division
    cls.__pow__ = _power()
    cls.__ipow__ = _through(method("pow_"))
    cls.__neg__ = _unary("neg")
    cls.__pos__ = _unary("positive")
    cls.__abs__ = _unary("abs")
    cls.__invert__ = _invert
