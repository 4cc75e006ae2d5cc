"""The `reduction=` of losses, and the two old arguments it replaced."""

from __future__ import annotations

from .. import _C

_NUMBERS = {"none": 0, "mean": 1, "sum": 2}


def number(reduction: str) -> int:
    """The engine's number for a reduction. Raises ValueError for an unknown one."""
    if reduction == "elementwise_mean":
        _C.warn("reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.")
        return 1
    if reduction not in _NUMBERS:
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return _NUMBERS[reduction]


def legacy(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """The reduction that the old arguments mean, where they are given."""
    if size_average is None and reduce is None:
        return reduction
    average = size_average is None or size_average
    kept = reduce is None or reduce
    meant = ("mean" if average else "sum") if kept else "none"
    _C.warn(
        f"size_average and reduce args will be deprecated, please use reduction='{meant}' instead."
    )
    return meant
