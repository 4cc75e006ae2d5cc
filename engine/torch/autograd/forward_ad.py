"""Forward-mode differentiation: tensors that move, and how what is computed from them moves."""

from __future__ import annotations

from typing import Any, NamedTuple

from .. import _C

__all__ = [
    "UnpackedDualTensor",
    "dual_level",
    "enter_dual_level",
    "exit_dual_level",
    "make_dual",
    "unpack_dual",
]

engine = _C.engine

_current_level = -1


class UnpackedDualTensor(NamedTuple):
    """A value, and the direction in which it moves (None where it doesn't)."""

    primal: Any
    tangent: Any


def enter_dual_level() -> int:
    """Begin a stretch in which tensors may have tangents. There can be only one at a time."""
    global _current_level
    _C.check(engine.enter_dual_level())
    _current_level += 1
    return _current_level


def exit_dual_level(*, level: int | None = None) -> None:
    """End it: all tangents are gone."""
    global _current_level
    level = _current_level if level is None else level
    if level != _current_level:
        raise RuntimeError(
            "Trying to exit a forward AD level that was not the last one that was created. This is "
            "not supported."
        )
    if level < 0:
        raise RuntimeError("Dual level must be a positive number.")
    engine.exit_dual_level()
    _current_level = level - 1


def make_dual(tensor: Any, tangent: Any, *, level: int | None = None) -> Any:
    """A view of `tensor` that moves in the direction `tangent`, a tensor of the same shape.

    Raises RuntimeError outside a dual level, ValueError for tensors that are not floating point.
    """
    level = _current_level if level is None else level
    if level < 0 and engine.level_kind() != "jvp":
        raise RuntimeError(
            "Trying to create a dual Tensor for forward AD but no level exists, make sure to "
            "enter_dual_level() first."
        )
    for what, value in (("primal", tensor), ("tangent", tangent)):
        if not value.is_floating_point():
            raise ValueError(
                f"Expected {what} to be floating point or complex, but got: {value.dtype}"
            )
    if level > 0:
        raise RuntimeError("Invalid level given to _make_dual")
    return _C.tensor(engine.make_dual(tensor._h, tangent._h))


def unpack_dual(tensor: Any, *, level: int | None = None) -> UnpackedDualTensor:
    """The value of `tensor` and its tangent, None where it has none."""
    level = _current_level if level is None else level
    if level < 0 and engine.level_kind() != "jvp":
        return UnpackedDualTensor(tensor, None)
    tangent = engine.tangent(tensor._h) if engine.forward_enabled() else 0
    return UnpackedDualTensor(_C.tensor(engine.primal(tensor._h)), _C.tensor_or_none(tangent))


class dual_level:
    """`with dual_level():` a stretch in which tensors may have tangents."""

    def __enter__(self) -> int:
        return enter_dual_level()

    def __exit__(self, *exception: Any) -> None:
        exit_dual_level()

    def __call__(self, func: Any) -> Any:
        """As a decorator: each call is such a stretch."""
        import functools

        @functools.wraps(func)
        def inside(*args: Any, **kwargs: Any) -> Any:
            with type(self)():
                return func(*args, **kwargs)

        return inside


class _set_fwd_grad_enabled:
    """Switch on or off whether tangents travel along: at once, and back after a `with` block."""

    def __init__(self, mode: bool) -> None:
        self._before = engine.forward_enabled()
        engine.set_forward_enabled(mode)

    def __enter__(self) -> None:
        """The mode holds already."""

    def __exit__(self, *exception: Any) -> None:
        engine.set_forward_enabled(self._before)
