"""Losses of classes and of yes-or-no answers."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._functions import broadcast_shapes
from ..._operation import function
from .._reduction import legacy, number
from ._primitive import parsing

_bce_with_logits = function("binary_cross_entropy_with_logits")
_kl_div = function("kl_div")
_bce, _soft_margin_loss = parsing("binary_cross_entropy"), parsing("soft_margin_loss")
_nll_loss, _cross_entropy = parsing("nll_loss_nd"), parsing("cross_entropy_loss")


def soft_margin_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """log(1 + e^(−target·input)), for targets of 1 and −1."""
    return _soft_margin_loss(input, target, number(legacy(size_average, reduce, reduction)))


def binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The loss of probabilities `input` where `target` says what happened."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    if weight is not None:
        weight = weight.expand(broadcast_shapes(target.size(), weight.size()))
    return _bce(input, target, weight, reduction_number)


def binary_cross_entropy_with_logits(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Any = None,
) -> Any:
    """`binary_cross_entropy` of `sigmoid(input)`, computed without overflow."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    return _bce_with_logits(input, target, weight, pos_weight, reduction_number)


def nll_loss(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """Minus the log-probability `input` of the class that `target` names."""
    reduction = legacy(size_average, reduce, reduction)
    return _nll_loss(input, target, weight, number(reduction), ignore_index)


def cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Any:
    """The loss of logits `input`, for target classes or target probabilities."""
    reduction = legacy(size_average, reduce, reduction)
    return _cross_entropy(input, target, weight, number(reduction), ignore_index, label_smoothing)


_KL_MEAN = (
    "reduction: 'mean' divides the total loss by both the batch size and the support size."
    "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
    "'mean' will be changed to behave the same as 'batchmean' in the next major release."
)


def kl_div(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Any:
    """The divergence of probabilities `target` from log-probabilities `input`."""
    if size_average is not None or reduce is not None:
        reduction = legacy(size_average, reduce, reduction)
    elif reduction == "mean":
        _C.warn(_KL_MEAN)
    by_batch = reduction == "batchmean"
    loss = _kl_div(
        input, target, number("sum" if by_batch else reduction), log_target=log_target
    )
    return loss / input.size()[0] if by_batch and input.dim() else loss
