"""Switches of PyTorch's compute libraries, of which none is here."""

from __future__ import annotations


class _Absent:
    """A library that isn't there: its switches can be set and do nothing."""

    deterministic = benchmark = enabled = False

    def is_available(self) -> bool:
        """False."""
        return False

    def is_built(self) -> bool:
        """False."""
        return False


cuda, cudnn, mps = _Absent(), _Absent(), _Absent()
