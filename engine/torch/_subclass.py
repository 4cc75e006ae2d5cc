"""Subclasses of `torch.Tensor`: operations on them give tensors of the same class.

PyTorch asks every operation for it. Here a subclass gets its own methods when it is defined, and
the functions of `torch` look for subclasses from the moment on that there is one, so that programs
without any pay nothing.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType
from typing import Any

from . import _C
from ._handles import TensorBase

# Methods whose results are no tensors, or that make the object what it is.
_KEPT = frozenset(
    """
    __new__ __init__ __init_subclass__ __getattr__ __getattribute__ __setattr__ __delattr__ __dir__
    __hash__ __repr__ __str__ __format__ __len__ __bool__ __int__ __float__ __complex__ __index__
    __reduce_ex__ __deepcopy__ __del__ __torch_function__ __class_getitem__ __array__ __contains__
    __setitem__ __delitem__ as_subclass _make_subclass item tolist numpy size stride dim numel
    backward register_hook requires_grad_ storage_offset data_ptr is_contiguous
    """.split()
)


_TUPLE_ITERATOR = type(iter(()))


class _Disabled:
    depth = 0


@contextmanager
def disabled() -> Iterator[None]:
    """Inside, subclasses are treated as plain tensors."""
    _Disabled.depth += 1
    try:
        yield
    finally:
        _Disabled.depth -= 1


def torch_function(
    cls: type[Any], func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
) -> Any:
    """What `Tensor.__torch_function__` does: compute, and give the result the class `cls`."""
    with disabled():
        return _converted(func(*args, **(kwargs or {})), cls)


def _converted(result: Any, cls: type[Any]) -> Any:
    if isinstance(result, TensorBase):
        return result if isinstance(result, cls) else as_subclass(result, cls)
    if isinstance(result, (tuple, list)):
        parts = [_converted(part, cls) for part in result]
        return type(result)(parts)
    if isinstance(result, _TUPLE_ITERATOR):
        return iter([_converted(part, cls) for part in result])
    return result


def as_subclass(tensor: Any, cls: type[Any]) -> Any:
    """The same tensor, with its history, as an object of class `cls`."""
    if not issubclass(cls, TensorBase):
        raise TypeError(f"cls must be a type (not {cls.__name__})")
    return _C.recast(tensor.view(tensor.shape) if tensor.requires_grad else tensor.detach(), cls)


def _method(base: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(base)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if _Disabled.depth:
            return base(self, *args, **kwargs)
        cls = type(self)
        return cls.__torch_function__(base, (cls,), (self, *args), kwargs)

    return call


def _function(base: Callable[..., Any], tensor_type: type[Any]) -> Callable[..., Any]:
    @functools.wraps(base)
    def call(*args: Any, **kwargs: Any) -> Any:
        if not _Disabled.depth:
            for value in (*args, *kwargs.values()):
                cls = type(value)
                if cls is not tensor_type and getattr(cls, "_is_foreign", False):
                    return cls.__torch_function__(base, (cls,), args, kwargs)
        return base(*args, **kwargs)

    return call


def adopt(cls: type[Any], tensor_type: type[Any]) -> None:
    """Make a new subclass of `torch.Tensor` one whose operations keep the class."""
    if cls.__module__.partition(".")[0] == "torch":
        return
    if not hasattr(tensor_type, "_functions_look"):
        tensor_type._functions_look = True
        for name in ("torch", "torch.nn.functional", "torch.linalg"):
            _look_for_subclasses(sys.modules[name], tensor_type)
    cls._is_foreign = True
    for name, value in vars(tensor_type).items():
        if isinstance(value, FunctionType) and name not in _KEPT and name not in cls.__dict__:
            if not any(name in base.__dict__ for base in cls.__mro__[1:] if _foreign(base)):
                setattr(cls, name, _method(value))


def _foreign(cls: type[Any]) -> bool:
    return "_is_foreign" in cls.__dict__


def _look_for_subclasses(module: ModuleType, tensor_type: type[Any]) -> None:
    for name, value in list(vars(module).items()):
        if isinstance(value, FunctionType) and not name.startswith("_"):
            setattr(module, name, _function(value, tensor_type))
