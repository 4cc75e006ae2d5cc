"""Parameters and buffers whose shapes nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, NoReturn

from .._factories import empty
from .._tensor import Tensor
from .parameter import Parameter


class UninitializedTensorMixin:
    """What they have in common: nothing can be computed with them until they are materialized."""

    cls_to_become: type[Any]

    def materialize(self, shape: Any, device: Any = None, dtype: Any = None) -> None:
        """Give it a shape, and memory that nobody has written to."""
        dtype = self.data.dtype if dtype is None else dtype
        self.data = empty(shape, device=device, dtype=dtype)
        self.__class__ = self.cls_to_become

    @property
    def shape(self) -> Any:
        """Raises RuntimeError: there is none yet."""
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually "
            "happens in `load_state_dict` when trying to load an uninitialized parameter into an "
            "initialized one. Call `forward` to initialize the parameters before accessing their "
            "attributes."
        )

    def __repr__(self, **options: Any) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: Any) -> Any:
        return type(self), (self.requires_grad,)

# What can be asked of one before it has a shape.
_ALLOWED = frozenset(
    "__class__ __del__ __delattr__ __dir__ __eq__ __format__ __getattr__ __getattribute__ __hash__ "
    "__init__ __init_subclass__ __new__ __setattr__ as_subclass char clone copy_ cpu cuda detach "
    "double float get_device int is_complex is_floating_point long register_hook requires_grad_ "
    "share_memory_ short size to _to_dtype type_as".split()
)


def _refusing(name: str, cls_name: str) -> Callable[..., NoReturn]:
    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise ValueError(
            f"Attempted to use an uninitialized parameter in <method '{name.strip('_')}' of "
            "'torch._C.TensorBase' objects>. This error happens when you are using a `LazyModule` "
            f"or explicitly manipulating `torch.nn.parameter.{cls_name}` objects. When using "
            "LazyModules Call `forward` with a dummy batch to initialize the parameters before "
            "calling torch functions"
        )

    return refuse


def _refuse_to_compute(cls: type[Any]) -> type[Any]:
    for name, value in vars(Tensor).items():
        if isinstance(value, FunctionType):
            own = name in vars(cls) or name in vars(UninitializedTensorMixin)
            if not own and name not in _ALLOWED:
                setattr(cls, name, _refusing(name, cls.__name__))
    return cls


@_refuse_to_compute
class UninitializedParameter(UninitializedTensorMixin, Parameter):
    """A parameter that gets its shape from the first input."""

    __slots__ = ()
    __module__ = "torch.nn.parameter"
    cls_to_become = Parameter

    def __new__(cls, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> Any:
        data = empty(0, device=device, dtype=dtype)
        return Tensor._make_subclass(cls, data, requires_grad)

    def __init__(self, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> None:
        """All is done in `__new__`."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.requires_grad, dtype=self.data.dtype)
        return memo[id(self)]


@_refuse_to_compute
class UninitializedBuffer(UninitializedTensorMixin, Tensor):
    """A buffer that gets its shape from the first input."""

    __slots__ = ()
    __module__ = "torch.nn.parameter"
    cls_to_become = Tensor

    def __new__(
        cls,
        requires_grad: bool = False,
        device: Any = None,
        dtype: Any = None,
        persistent: bool = True,
    ) -> Any:
        data = empty(0, device=device, dtype=dtype)
        made = Tensor._make_subclass(cls, data, requires_grad)
        made.persistent = persistent
        made._is_buffer = True
        return made

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """All is done in `__new__`."""


def is_lazy(param: Any) -> bool:
    """Is its shape still to be found out?"""
    return isinstance(param, UninitializedTensorMixin)
