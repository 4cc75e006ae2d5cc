"""What a loss becomes of all its elements."""

from __future__ import annotations

from typing import Any

from .._reduction import legacy, number


def reduced(loss: Any, reduction: str, weights: Any = None) -> Any:
    match reduction:
        case "none":
            return loss
        case "sum":
            return loss.sum()
        case "mean":
            return loss.mean() if weights is None else loss.sum() / weights.sum()
    raise ValueError(f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")


def reduce_by(loss: Any, size_average: Any, reduce: Any, reduction: str) -> Any:
    reduction = legacy(size_average, reduce, reduction)
    number(reduction)
    return reduced(loss, reduction)
