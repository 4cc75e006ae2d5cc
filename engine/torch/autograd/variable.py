"""The old place of `Variable`, which is a tensor now."""

from . import Variable

__all__ = ["Variable"]
