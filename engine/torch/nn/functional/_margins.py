"""Losses that few networks use: of margins between scores, and of sequences without alignment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..._factories import tensor
from ..._handles import TensorBase
from ..._operation import function
from .._reduction import legacy, number
from . import logsigmoid, pairwise_distance

_multi_margin_loss = function("nn.functional._multi_margin_loss", "multi_margin_loss")
_multilabel_margin_loss = function("nn.functional._multilabel_margin_loss", "multilabel_margin_loss")
_ctc_loss = function("nn.functional._ctc_loss", "ctc_loss")


def multi_margin_loss(
    input: Any,
    target: Any,
    p: int = 1,
    margin: float = 1.0,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The mean over classes of max(0, margin − score of the target + score of another)^p."""
    reduction_number = number(legacy(size_average, reduce, reduction))
    if p != 1 and p != 2:
        raise ValueError("only p == 1 and p == 2 supported")
    if weight is not None and weight.dim() != 1:
        raise ValueError("weight must be one-dimensional")
    return _multi_margin_loss(input, target, p, margin, weight, reduction_number)


def multilabel_margin_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """`multi_margin_loss` for several right classes, which `target` lists up to the first −1."""
    return _multilabel_margin_loss(input, target, number(legacy(size_average, reduce, reduction)))


def multilabel_soft_margin_loss(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The mean over classes of the loss of logits for each: is the class there or not?"""
    reduction = legacy(size_average, reduce, reduction)
    loss = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    return _reduced(loss.sum(dim=input.dim() - 1) / input.size(input.dim() - 1), reduction)


def _reduced(loss: Any, reduction: str) -> Any:
    if reduction == "none":
        return loss
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    raise ValueError(f"{reduction} is not valid")


def triplet_margin_with_distance_loss(
    anchor: Any,
    positive: Any,
    negative: Any,
    *,
    distance_function: Callable[[Any, Any], Any] | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Any:
    """max(0, d(anchor, positive) − d(anchor, negative) + margin) for any distance."""
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    if not anchor.ndim == positive.ndim == negative.ndim:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {anchor.ndim}D, positive {positive.ndim}D, and negative "
            f"{negative.ndim}D inputs"
        )
    distance = pairwise_distance if distance_function is None else distance_function
    near = distance(anchor, positive)
    far = distance(anchor, negative)
    if swap:
        far = far.minimum(distance(positive, negative))
    return _reduced((margin + near - far).clamp_min(0), reduction)


def _lengths(lengths: Any) -> list[int]:
    if isinstance(lengths, TensorBase):
        if lengths.is_floating_point():
            raise RuntimeError("input_lengths must be integral")
        return lengths.tolist() if lengths.dim() else [lengths.item()]
    return list(lengths)


def ctc_loss(
    log_probs: Any,
    targets: Any,
    input_lengths: Any,
    target_lengths: Any,
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Any:
    """Minus the log-probability that the frames spell the targets, however they are aligned.

    `log_probs` has the shape (frames, batch, classes), or (frames, classes) for one example.
    """
    reduction_number = number(reduction)
    single = log_probs.dim() == 2
    logs = log_probs.unsqueeze(1) if single else log_probs
    labels = targets.unsqueeze(0) if single and targets.dim() == 1 else targets
    frames, spelled = _lengths(input_lengths), _lengths(target_lengths)
    losses, _ = _ctc_loss(logs, labels, frames, spelled, blank, zero_infinity)
    if reduction_number == 1:
        counts = tensor(spelled).clamp_min(1).to(losses.dtype)
        return (losses / counts).mean()
    if reduction_number == 2:
        return losses.sum()
    return losses.squeeze(0) if single else losses
