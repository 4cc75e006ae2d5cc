"""The engine's own operations of this module: `nn.functional._name`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import _C
from ..._operation import engine_function, function


def primitive(name: str) -> Callable[..., Any]:
    """The operation, called with slots: for arguments that have been looked at."""
    run = engine_function("nn.functional._" + name)
    return lambda *slots: _C.tensor(run(*slots))


def parsing(name: str) -> Callable[..., Any]:
    """The operation, called with any arguments, which it checks."""
    return function("nn.functional._" + name, name)
