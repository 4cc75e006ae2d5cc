"""Losses of pairs and triples: which is nearer, which is larger."""

from __future__ import annotations

from typing import Any

from ..._operation import function
from ._distances import cosine_similarity, pairwise_distance
from ._reduced import reduce_by

_where = function("where")


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
    if input1.dim() != input2.dim() or input1.dim() != target.dim():
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.size()}, input2: {input2.size()}, target: {target.size()} "
        )
    loss = (-target * (input1 - input2) + margin).clamp_min(0)
    return reduce_by(loss, size_average, reduce, reduction)


def hinge_embedding_loss(
    input: Any,
    target: Any,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """`input` where the target is 1, max(0, margin − input) where it is −1."""
    zeros = input.detach() * 0
    apart = _where(target != 1, (margin - input).clamp_min(0), zeros)
    together = _where(target != -1, input, zeros)
    return reduce_by(apart + together, size_average, reduce, reduction)


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
    cos = cosine_similarity(input1, input2, dim=input1.dim() - 1)
    zeros = cos.detach() * 0
    loss = _where(target == 1, 1 - cos, zeros) + _where(
        target == -1, (cos - margin).clamp_min(0), zeros
    )
    return reduce_by(loss, size_average, reduce, reduction)


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
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    near = pairwise_distance(anchor, positive, p, eps)
    far = pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = function("minimum")(far, pairwise_distance(positive, negative, p, eps))
    return reduce_by((margin + near - far).clamp_min(0), size_average, reduce, reduction)
