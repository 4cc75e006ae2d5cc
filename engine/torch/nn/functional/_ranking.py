"""Losses of pairs and triples: which is nearer, which is larger."""

from __future__ import annotations

from typing import Any

from ..._operation import function
from .._reduction import legacy, number

_margin_ranking_loss = function("margin_ranking_loss")
_hinge_embedding_loss = function("hinge_embedding_loss")
_cosine_embedding_loss = function("cosine_embedding_loss")
_triplet_margin_loss = function("triplet_margin_loss")


def margin_ranking_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """max(0, −target·(input1 − input2) + margin)."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    if input1.dim() != input2.dim() or input1.dim() != target.dim():
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.size()}, input2: {input2.size()}, target: {target.size()} "
        )
    return _margin_ranking_loss(input1, input2, target, margin, reduction_number)


def hinge_embedding_loss(
    input: Any,
    target: Any,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """`input` where the target is 1, max(0, margin − input) where it is −1."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    return _hinge_embedding_loss(input, target, margin, reduction_number)


def cosine_embedding_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """1 − cos where the target is 1, max(0, cos − margin) where it is −1."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    return _cosine_embedding_loss(input1, input2, target, margin, reduction_number)


def triplet_margin_loss(
    anchor: Any,
    positive: Any,
    negative: Any,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """max(0, d(anchor, positive) − d(anchor, negative) + margin)."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    return _triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, reduction_number)
