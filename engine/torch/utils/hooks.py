"""The handle that takes a hook away."""

from .._hooks import RemovableHandle

__all__ = ["RemovableHandle"]
