"""Losses of numbers: how far off they are."""

from __future__ import annotations

import math
from typing import Any

from ... import _C
from ..._functions import broadcast_tensors
from ..._grad_mode import no_grad
from ..._operation import function
from .._reduction import legacy, number
from ._primitive import parsing

_mse_loss, _l1_loss = parsing("mse_loss"), parsing("l1_loss")
_smooth_l1_loss, _huber_loss = parsing("smooth_l1_loss"), parsing("huber_loss")
_poisson_nll_loss = function("poisson_nll_loss")


def _warn_of_sizes(input: Any, target: Any) -> None:
    if target.size() != input.size():
        _C.warn(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size."
        )


def _weighted(losses: Any, input: Any, weight: Any, reduction: str) -> Any:
    if weight.size() != input.size():
        raise ValueError("Weights and input must have the same size.")
    losses = losses * weight
    match reduction:
        case "none":
            return losses
        case "sum":
            return losses.sum()
        case "mean":
            return losses.sum() / weight.sum()
    raise ValueError(f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")


def mse_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Any:
    """The mean of the squared differences. Warns if the sizes differ."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        return _weighted((input_ - target_).pow(2), input, weight, reduction)
    return _mse_loss(input_, target_, number(reduction))


def l1_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Any:
    """The mean of the absolute differences. Warns if the sizes differ."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        return _weighted((input_ - target_).abs(), input, weight, reduction)
    return _l1_loss(input_, target_, number(reduction))


def smooth_l1_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Any:
    """Squared where the difference is below `beta`, linear beyond."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if beta == 0.0:
        return _l1_loss(input_, target_, number(reduction))
    if beta < 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")
    return _smooth_l1_loss(input_, target_, number(reduction), float(beta))


def huber_loss(
    input: Any, target: Any, reduction: str = "mean", delta: float = 1.0, weight: Any = None
) -> Any:
    """Squared where the difference is below `delta`, linear with slope `delta` beyond."""
    _warn_of_sizes(input, target)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        return _weighted(_huber_loss(input_, target_, 0, delta), input, weight, reduction)
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    return _huber_loss(input_, target_, number(reduction), delta)


def poisson_nll_loss(
    input: Any,
    target: Any,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The loss of counts `target` under Poisson distributions of (log-)rate `input`."""
    reduction = legacy(size_average, reduce, reduction)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(reduction + " is not a valid value for reduction")
    return _poisson_nll_loss(input, target, log_input, full, eps, number(reduction))


def gaussian_nll_loss(
    input: Any,
    target: Any,
    var: Any,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Any:
    """The loss of `target` under normal distributions of mean `input` and variance `var`."""
    if isinstance(var, float):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        var = var * (input.detach() * 0 + 1)
    elif (var < 0).any():
        raise ValueError("var has negative entry/entries")
    if var.size() != input.size():
        if input.size()[:-1] == var.size():
            var = var.unsqueeze(-1)
        elif input.dim() != var.dim() or 1 != sum(
            other for own, other in zip(input.size(), var.size()) if own != other
        ):
            raise ValueError("var is of incorrect size")
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(reduction + " is not valid")
    var = var.clone()
    with no_grad():
        var.clamp_(min=eps)
    losses = 0.5 * (var.log() + (input - target) ** 2 / var)
    if full:
        losses = losses + 0.5 * math.log(2 * math.pi)
    return {"mean": losses.mean, "sum": losses.sum, "none": lambda: losses}[reduction]()
