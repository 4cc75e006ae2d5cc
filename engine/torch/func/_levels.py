"""Levels of transforms, as Python sees them: going in and out, wrapping tensors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .. import _C
from .._handles import TensorBase

engine = _C.engine


@contextmanager
def level(kind: str, batch_size: int = -1, randomness: str = "error") -> Iterator[int]:
    """Run a block inside a transform: 'grad', 'jvp' or 'vmap'."""
    number = engine.push_level(kind, batch_size, randomness)
    try:
        yield number
    finally:
        engine.pop_level()


def lift(value: Any) -> Any:
    """A tensor as the innermost transform sees it; anything else as it is."""
    return _C.tensor(engine.lift(value._h)) if isinstance(value, TensorBase) else value


def lower(value: Any) -> Any:
    """What stands for a tensor outside the innermost transform."""
    return _C.tensor(engine.lower(value._h)) if isinstance(value, TensorBase) else value


def is_batched(value: Any) -> bool:
    """Is it an example of a batch, for some vmap around?"""
    return isinstance(value, TensorBase) and engine.wrapper_kind(value._h) == "vmap"
