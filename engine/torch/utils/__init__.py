"""Helpers of PyTorch that belong nowhere else."""

from __future__ import annotations

from .. import _names
from . import _pytree, hooks

__all__ = ["_pytree", "hooks"]

_ABSENT = frozenset("tensorboard benchmark bottleneck dlpack mobile_optimizer cpp_extension".split())

__getattr__ = _names.module_getattr("torch.utils", _ABSENT, "checkpoint", "data")
