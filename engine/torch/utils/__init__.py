"""Helpers of PyTorch that belong nowhere else."""

from . import _pytree, hooks

__all__ = ["_pytree", "hooks"]
