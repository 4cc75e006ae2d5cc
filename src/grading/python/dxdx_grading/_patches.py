"""Notices what a program replaces in torch, and puts it back."""

from __future__ import annotations

import builtins
import types
from typing import Any

import torch

_WATCHED: list[tuple[str, types.ModuleType | type]] = [
    ("torch", torch),
    ("torch.Tensor", torch.Tensor),
    ("torch.autograd", torch.autograd),
    ("torch.nn.functional", torch.nn.functional),
    ("builtins", builtins),
]
_ABSENT = object()
# The names that Python itself sets while a program runs.
_PYTHONS_OWN = {"_", "__doc__", "__annotations_cache__", "__abstractmethods__"}


class Patches:
    """The state of torch before a program runs."""

    def __init__(self) -> None:
        self._before = [(name, holder, dict(vars(holder))) for name, holder in _WATCHED]

    def undo(self) -> list[str]:
        """Put everything back; returns the names of what was replaced."""
        replaced = []
        for name, holder, before in self._before:
            now = dict(vars(holder))
            for key in before | now:
                old = before.get(key, _ABSENT)
                if key in _PYTHONS_OWN or now.get(key, _ABSENT) is old:
                    continue
                if old is _ABSENT and isinstance(now[key], types.ModuleType):
                    continue  # a submodule imported for the first time
                replaced.append(f"{name}.{key}")
                _restore(holder, key, old)
        return replaced


def _restore(holder: types.ModuleType | type, key: str, old: Any) -> None:
    if old is _ABSENT:
        delattr(holder, key)
    else:
        setattr(holder, key, old)
