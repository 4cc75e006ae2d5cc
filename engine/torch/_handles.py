"""What tensors and nodes have in common: an object that holds a handle of the engine."""

from __future__ import annotations


class Handle:
    """A Python object for something in the engine, which is let go of when the object dies.

    `_C.bind` ties the two together.
    """

    __slots__ = ("_h", "__weakref__")
    _h: int


class TensorBase(Handle):
    """The root of `torch.Tensor`, known to modules that must not import it."""

    __slots__ = ()
    __module__ = "torch._C"
