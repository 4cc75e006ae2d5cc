"""Notices what a program replaces in torch and in Python itself, and puts it back."""

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
]
_BUILTINS = builtins.__dict__
_ABSENT = object()
# The names that Python itself sets in a class while a program runs.
_PYTHONS_OWN = {"__doc__", "__annotations_cache__", "__abstractmethods__"}


class Patches:
    """What torch and Python were before a program ran."""

    def __init__(self) -> None:
        self._builtins = dict(_BUILTINS)
        self._before = [(name, holder, dict(vars(holder))) for name, holder in _WATCHED]
        self.replaced: list[str] = []

    def undo(self) -> None:
        """Put everything back, and remember in `replaced` what that was."""
        # First what this very function is made of; until then it calls nothing that can be replaced.
        self.replaced += [f"builtins.{key}" for key, old in self._builtins.items() if _BUILTINS.get(key) is not old]
        _BUILTINS.update(self._builtins)
        for name, holder, before in self._before:
            now = dict(vars(holder))
            for key in before | now:
                old = before.get(key, _ABSENT)
                if key in _PYTHONS_OWN or now.get(key, _ABSENT) is old:
                    continue
                if old is _ABSENT and isinstance(now[key], types.ModuleType):
                    continue  # a submodule that is imported for the first time
                self.replaced.append(f"{name}.{key}")
                _restore(holder, key, old)


def _restore(holder: types.ModuleType | type, key: str, old: Any) -> None:
    if old is _ABSENT:
        delattr(holder, key)
    else:
        setattr(holder, key, old)
