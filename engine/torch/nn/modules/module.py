"""`torch.nn.Module`: a function with parameters of its own."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, Self

from ..._grad_mode import no_grad
from ._calling import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
    register_module_full_backward_hook,
    register_module_full_backward_pre_hook,
)
from ._saving import Saving

__all__ = [
    "Module",
    "register_module_forward_hook",
    "register_module_forward_pre_hook",
    "register_module_full_backward_hook",
    "register_module_full_backward_pre_hook",
]

_FOR_MODULES = (
    "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={}"
)


def _own_init(cls: type[Any]) -> None:
    """Have errors name the class itself, where it has its `__init__` from a private base."""
    inherited = cls.__init__
    if not inherited.__qualname__.startswith("_") or cls.__name__.startswith("_"):
        return
    own = FunctionType(
        inherited.__code__,
        inherited.__globals__,
        inherited.__name__,
        inherited.__defaults__,
        inherited.__closure__,
    )
    own.__kwdefaults__ = inherited.__kwdefaults__
    own.__annotations__ = inherited.__annotations__
    own.__doc__ = inherited.__doc__
    own.__qualname__ = f"{cls.__name__}.__init__"
    cls.__init__ = own


class Module(Saving):
    """The base of everything that is built of parameters and other modules.

    A subclass calls `super().__init__()`, sets parameters and modules as attributes, and defines
    `forward`; calling the module calls it.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__module__.startswith("torch.") and "__init__" not in cls.__dict__:
            _own_init(cls)

    __module__ = "torch.nn.modules.module"

    # --- changing all of it ----------------------------------------------------------------------

    def apply(self, fn: Callable[[Any], None]) -> Self:
        """Call `fn` on every module, innermost first."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode: bool = True) -> Self:
        """Switch to training: dropout drops, batch norm learns its statistics."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Self:
        """Switch to evaluation. This does not stop recording: `torch.no_grad()` does."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Switch recording on or off for all parameters."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters."""
        for parameter in self.parameters():
            gradient = parameter.grad
            if gradient is None:
                continue
            if set_to_none:
                parameter.grad = None
            else:
                if gradient.grad_fn is not None:
                    gradient.detach_()
                else:
                    gradient.requires_grad_(False)
                gradient.zero_()

    def _apply(self, fn: Callable[[Any], Any], recurse: bool = True) -> Self:
        if recurse:
            for module in self.children():
                module._apply(fn)
        for parameter in self._parameters.values():
            if parameter is None:
                continue
            gradient = parameter.grad
            with no_grad():
                parameter.data = fn(parameter)
                if gradient is not None:
                    changed = fn(gradient)
                    parameter.grad = None
                    parameter.grad = changed.requires_grad_(gradient.requires_grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Convert floating point parameters and buffers to a dtype; a device must be the CPU."""
        from ..._tensor import parse_to

        dtype, _ = parse_to(args, kwargs)
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(_FOR_MODULES.format(dtype))
        return self._apply(lambda t: t.to(dtype) if dtype and t.is_floating_point() else t)

    def type(self, dst_type: Any) -> Self:
        """Convert all parameters and buffers to a dtype."""
        return self._apply(lambda t: t.type(dst_type))

    def float(self) -> Self:
        """Convert floating point parameters and buffers to float32."""
        return self._apply(lambda t: t.float() if t.is_floating_point() else t)

    def double(self) -> Self:
        """Convert floating point parameters and buffers to float64."""
        return self._apply(lambda t: t.double() if t.is_floating_point() else t)

    def half(self) -> Self:
        """There is no half precision here: raises NotImplementedError."""
        return self._apply(lambda t: t.half() if t.is_floating_point() else t)

    def bfloat16(self) -> Self:
        """There is no half precision here: raises NotImplementedError."""
        return self._apply(lambda t: t.bfloat16() if t.is_floating_point() else t)

    def cpu(self) -> Self:
        """The module itself: it is on the CPU already."""
        return self._apply(lambda t: t.cpu())

    def cuda(self, device: Any = None) -> Self:
        """There is no GPU here: raises AssertionError, as PyTorch without CUDA does."""
        return self._apply(lambda t: t.cuda(device))

    def compile(self, *args: Any, **kwargs: Any) -> None:
        """There is nothing to compile to here: raises an error that says what to do."""
        import torch

        torch.compile(self, *args, **kwargs)

    # --- printing --------------------------------------------------------------------------------

    def extra_repr(self) -> str:
        """What stands in the parentheses of the printed module; to be overridden."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        inner = [
            f"({name}): " + repr(module).replace("\n", "\n  ")
            for name, module in self._modules.items()
        ]
        if not inner and len(lines) <= 1:
            return f"{self._get_name()}({extra})"
        return f"{self._get_name()}(\n  " + "\n  ".join(lines + inner) + "\n)"
