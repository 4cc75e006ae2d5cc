"""Helpers of PyTorch that belong nowhere else."""

from __future__ import annotations

from .. import _names
from . import _pytree, hooks

__all__ = ["_pytree", "hooks"]

__getattr__ = _names.module_getattr("torch.utils", frozenset(), "checkpoint", "data")
