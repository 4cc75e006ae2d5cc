"""Changing in place what has been saved for backward, where that is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Any

from .. import _C
from .._saved_tensors import pop_hooks, push_hooks

engine = _C.engine

_OUTSIDE = (
    "Trying to backward outside of the 'allow_mutation_on_saved_tensors' context"
    "in which the graph was originally recorded."
)

_enabled = False


class _Kept:
    """A saved tensor, and a copy of it once its memory is going to be changed."""

    def __init__(self, tensor: Any) -> None:
        self.original = tensor
        self.version = tensor._version
        self.copy: Any = None

    def preserve(self, changing: Any) -> None:
        """Copy what is about to be changed, if this hasn't been done before."""
        if self.copy is None and engine.same_storage(self.original._h, changing._h):
            self.copy = self.original.detach().clone()
            self.original = None


class _AllowMutationOnSavedContext:
    """What has been saved inside one `allow_mutation_on_saved_tensors`."""

    __module__ = "torch.autograd.graph"

    def __init__(self) -> None:
        self._kept: set[_Kept] = set()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _pack(self, tensor: Any) -> _Kept:
        kept = _Kept(tensor)
        self._kept.add(kept)
        return kept

    def _unpack(self, kept: _Kept) -> Any:
        if not _enabled or kept not in self._kept:
            raise AssertionError(_OUTSIDE)
        return kept.original if kept.copy is None else kept.copy

    def _before_change(self, handle: int) -> int:
        changing = _C.tensor(handle)
        for kept in self._kept:
            if kept.original is not None:
                kept.preserve(changing)
        return 0


@contextlib.contextmanager
def allow_mutation_on_saved_tensors() -> Generator[_AllowMutationOnSavedContext]:
    """Inside, changing a saved tensor in place keeps a copy of it for backward, and is no error.

    Forward and backward must both run inside.
    """
    global _enabled
    if _enabled:
        raise RuntimeError("allow_mutation_on_saved_tensors contexts cannot be nested")
    context = _AllowMutationOnSavedContext()
    push_hooks(context._pack, context._unpack)
    engine.set_change_callback(_C.callback(context._before_change))
    _enabled = True
    try:
        yield context
    finally:
        engine.set_change_callback()
        context.clear()
        _enabled = False
        pop_hooks()
