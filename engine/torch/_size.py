"""`torch.Size`, the tuple that a shape is."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from operator import index
from typing import Any


class Size(tuple[int, ...]):
    """The shape of a tensor: a tuple of whole numbers with a `numel()`.

    Slices and sums of sizes are sizes again.
    """

    __slots__ = ()
    __module__ = "torch"

    def __new__(cls, sizes: Iterable[Any] = ()) -> Size:
        whole = []
        for position, size in enumerate(sizes):
            try:
                whole.append(index(size))
            except TypeError:
                raise TypeError(
                    "torch.Size() takes an iterable of 'int' "
                    f"(item {position} is '{type(size).__name__}')"
                ) from None
        return tuple.__new__(cls, whole)

    def numel(self) -> int:
        """How many elements a tensor of this shape has."""
        return prod(self)

    def __repr__(self) -> str:
        return f"torch.Size([{', '.join(map(str, self))}])"

    __str__ = __repr__

    def __getitem__(self, at: Any) -> Any:
        item = tuple.__getitem__(self, at)
        return trusted(item) if type(at) is slice else item

    def __add__(self, other: tuple[Any, ...]) -> Size:
        return Size(tuple.__add__(self, other))

    def __radd__(self, other: tuple[Any, ...]) -> Size:
        return Size(other + tuple(self))

    def __mul__(self, times: Any) -> Size:
        return trusted(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __reduce__(self) -> tuple[type[Size], tuple[Any, ...]]:
        return Size, (tuple(self),)


def trusted(sizes: Iterable[int]) -> Size:
    """A Size of numbers that are known to be whole."""
    return tuple.__new__(Size, sizes)
