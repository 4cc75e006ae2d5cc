"""Helpers of PyTorch that belong nowhere else."""

from . import hooks

__all__ = ["hooks"]
