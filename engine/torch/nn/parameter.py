"""`torch.nn.Parameter`: a tensor that a module learns."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from .._factories import empty
from .._handles import TensorBase
from .._tensor import Tensor

__all__ = ["Buffer", "Parameter"]


class _Marked(type):
    """Counts tensors of other classes in that bear the class's mark."""

    def __instancecheck__(cls, value: Any) -> bool:
        if type.__instancecheck__(cls, value):
            return True
        return isinstance(value, TensorBase) and bool(
            getattr(value, cls._mark, False)  # type: ignore[attr-defined]
        )


class Parameter(Tensor, metaclass=_Marked):
    """A leaf that requires grad and that a module, when it is given one, keeps in its list."""

    __slots__ = ()
    __module__ = "torch.nn.parameter"
    _mark = "_is_param"

    def __new__(cls, data: Any = None, requires_grad: bool = True) -> Any:
        if data is None:
            data = empty(0)
        if type(data) in (Tensor, Parameter):
            return Tensor._make_subclass(cls, data, requires_grad)
        made = data.detach().requires_grad_(requires_grad)
        if type(made) is not type(data):
            raise RuntimeError(
                f"Creating a Parameter from an instance of type {type(data).__name__} requires "
                "that detach() returns an instance of the same type, but return type "
                f"{type(made).__name__} was found instead. To use the type as a Parameter, please "
                "correct the detach() semantics defined by its __torch_dispatch__() implementation."
            )
        made._is_param = True
        return made

    def __init__(self, data: Any = None, requires_grad: bool = True) -> None:
        """All is done in `__new__`."""

    def __repr__(self, **options: Any) -> str:
        return "Parameter containing:\n" + super().__repr__(**options)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _rebuild_parameter, (self.data, self.requires_grad, OrderedDict())

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        if id(self) in memo:
            return memo[id(self)]
        copied = type(self)(self.data.clone(), self.requires_grad)
        memo[id(self)] = copied
        return copied


def _rebuild_parameter(data: Any, requires_grad: bool, hooks: Any) -> Parameter:
    return Parameter(data, requires_grad)


class Buffer(Tensor, metaclass=_Marked):
    """A tensor that belongs to a module without being learned."""

    __slots__ = ()
    __module__ = "torch.nn.parameter"
    _mark = "_is_buffer"

    def __new__(cls, data: Any = None, *, persistent: bool = True) -> Any:
        made = (empty(0) if data is None else data).detach().requires_grad_(data.requires_grad)
        made.persistent = persistent
        made._is_buffer = True
        return made


def __getattr__(name: str) -> Any:
    if name in ("UninitializedParameter", "UninitializedBuffer", "is_lazy"):
        from . import _lazy_tensors

        return getattr(_lazy_tensors, name)
    raise AttributeError(f"module 'torch.nn.parameter' has no attribute '{name}'")
