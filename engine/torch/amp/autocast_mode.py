"""`autocast`: computing in half precision, where a device can."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Self

from .. import _C
from .._dtype import device

__all__ = ["autocast", "is_autocast_available"]


def is_autocast_available(device_type: str) -> bool:
    """Does PyTorch have it for the device?"""
    return device_type in ("cpu", "cuda", "xpu", "mps", "hpu", "mtia")


class autocast:
    """A context, or a decorator, that changes nothing: without a GPU it is switched off.

    Raises NotImplementedError where it would be at work on the CPU.
    """

    def __init__(
        self,
        device_type: str,
        dtype: Any = None,
        enabled: bool = True,
        cache_enabled: bool | None = None,
    ) -> None:
        if not isinstance(device_type, str):
            raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")
        device(device_type)  # refuses what isn't the name of one
        if device_type == "cuda" and enabled:
            _C.warn("CUDA is not available or torch_xla is imported. Disabling autocast.")
        elif device_type == "cpu" and enabled:
            raise NotImplementedError(
                "dxdx has no half precision, so there is nothing for autocast to do on the CPU: "
                "leave it out, or pass enabled=False."
            )
        self.device = device_type
        self.fast_dtype = dtype
        self._enabled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> bool:
        return False

    def __call__(self, func: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(func)
        def within(*args: Any, **kwargs: Any) -> Any:
            with self:
                return func(*args, **kwargs)

        return within
