"""Layers that put a border around their input."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .module import Module


class _Pad(Module):
    """A border of given widths; a subclass says in how many dimensions, and of what."""

    _dimensions: int
    _mode: str

    def __init__(self, padding: int | tuple[int, ...]) -> None:
        super().__init__()
        one = isinstance(padding, int)
        self.padding = (padding,) * (2 * self._dimensions) if one else tuple(padding)  # type: ignore[arg-type]

    def forward(self, input: Any) -> Any:
        """The input with its border."""
        return F.pad(input, self.padding, self._mode)

    def extra_repr(self) -> str:
        """The widths."""
        return f"{self.padding}"


class _ConstantPad(_Pad):
    """A border of one value."""

    def __init__(self, padding: int | tuple[int, ...], value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Any) -> Any:
        """The input with its border."""
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self) -> str:
        """The widths and the value."""
        return f"padding={self.padding}, value={self.value}"


class _ZeroPad(_ConstantPad):
    """A border of zeros."""

    def __init__(self, padding: int | tuple[int, ...]) -> None:
        super().__init__(padding, 0.0)

    extra_repr = _Pad.extra_repr


def _of(base: type[_Pad], name: str, dimensions: int, mode: str = "constant") -> Any:
    body = {"_dimensions": dimensions, "_mode": mode, "__doc__": base.__doc__}
    return type(name, (base,), {**body, "__module__": __name__})


ConstantPad1d, ConstantPad2d, ConstantPad3d = (
    _of(_ConstantPad, f"ConstantPad{count}d", count) for count in (1, 2, 3)
)
ZeroPad1d, ZeroPad2d, ZeroPad3d = (
    _of(_ZeroPad, f"ZeroPad{count}d", count) for count in (1, 2, 3)
)
ReflectionPad1d, ReflectionPad2d, ReflectionPad3d = (
    _of(_Pad, f"ReflectionPad{count}d", count, "reflect") for count in (1, 2, 3)
)
ReplicationPad1d, ReplicationPad2d, ReplicationPad3d = (
    _of(_Pad, f"ReplicationPad{count}d", count, "replicate") for count in (1, 2, 3)
)
CircularPad1d, CircularPad2d, CircularPad3d = (
    _of(_Pad, f"CircularPad{count}d", count, "circular") for count in (1, 2, 3)
)
