"""Losses of classes and of yes-or-no answers."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._functions import broadcast_shapes
from ..._operation import engine_function, function
from ..._signature import parsed
from .._reduction import legacy, number
from ._primitive import primitive
from ._reduced import reduced

_soft_margin_loss = primitive("soft_margin_loss")
_bce = primitive("binary_cross_entropy")
_bce_with_logits = primitive("binary_cross_entropy_with_logits")
_nll = primitive("nll_loss")


def soft_margin_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """log(1 + e^(−target·input)), for targets of 1 and −1."""
    reduction = legacy(size_average, reduce, reduction)
    return _soft_margin_loss(input._h, target._h, number(reduction), 0.0)


def binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The loss of probabilities `input` where `target` says what happened."""
    reduction = legacy(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    if weight is not None:
        weight = weight.expand(broadcast_shapes(target.size(), weight.size()))
    return _bce(input._h, target._h, 0 if weight is None else weight._h, number(reduction))


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
    reduction = legacy(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    return _bce_with_logits(
        input._h,
        target._h,
        0 if weight is None else weight._h,
        0 if pos_weight is None else pos_weight._h,
        number(reduction),
    )


@parsed(
    "nll_loss_nd(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, "
    "int ignore_index=-100)"
)
def _nll_loss(input: Any, target: Any, weight: Any, reduction: int, ignore_index: int) -> Any:
    handle = 0 if weight is None else weight._h
    return _nll(input._h, target._h, handle, reduction, ignore_index)


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


@parsed(
    "cross_entropy_loss(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, "
    "int ignore_index=-100, float label_smoothing=0.0)"
)
def _cross_entropy(
    input: Any, target: Any, weight: Any, reduction: int, ignore_index: int, smoothing: float
) -> Any:
    at = 0 if input.dim() == 1 else 1
    logs = input.log_softmax(at)
    if target.is_floating_point():
        return _soft_cross_entropy(logs, target, weight, reduction, smoothing, at)
    if smoothing == 0:
        return _nll_loss(logs, target, weight, reduction, ignore_index)
    hard = _nll_loss(logs, target, weight, reduction, ignore_index)
    spread = -(logs if weight is None else logs * _along(weight, at, logs.dim())).sum(at)
    kept = target != ignore_index
    spread = spread.masked_fill(~kept, 0.0)
    if reduction == 1:
        total = kept.sum() if weight is None else weight[target.clamp(min=0)][kept].sum()
        spread = spread.sum() / total
    elif reduction == 2:
        spread = spread.sum()
    return (1 - smoothing) * hard + spread * (smoothing / input.shape[at])


def _soft_cross_entropy(
    logs: Any, target: Any, weight: Any, reduction: int, smoothing: float, at: int
) -> Any:
    classes = logs.shape[at]
    if smoothing > 0:
        target = target * (1 - smoothing) + smoothing / classes
    if weight is not None:
        target = target * _along(weight, at, logs.dim())
    products = logs * target
    if reduction == 0:
        return -products.sum(at)
    total = -products.sum()
    return total if reduction == 2 else _div_number(total, logs.numel() / classes)


_div_scalar = engine_function("_div_scalar")


def _div_number(input: Any, number: float) -> Any:
    """`input / number`, recorded as PyTorch's own code records it."""
    return _C.tensor(_div_scalar(input._h, float(number), 3))


def _along(vector: Any, at: int, ndim: int) -> Any:
    return vector.reshape([-1 if d == at else 1 for d in range(ndim)])


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
    if log_target:
        loss = target.exp() * (target - input)
    else:
        loss = function("xlogy")(target, target) - target * input
    if reduction == "batchmean":
        loss = loss.sum()
        return loss / input.shape[0] if input.dim() else loss
    number(reduction)
    return reduced(loss, reduction)
