"""Keeping gradients from growing too large."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._grad_mode import no_grad
from ..._handles import TensorBase
from ..._operation import function

_NON_FINITE = (
    "The total norm of order {} for gradients from `parameters` is non-finite, so it cannot be "
    "clipped. To disable this error and scale the gradients by the non-finite norm anyway, set "
    "`error_if_nonfinite=False`"
)


def _gradients(parameters: Any) -> list[Any]:
    listed = [parameters] if isinstance(parameters, TensorBase) else list(parameters)
    return [p.grad for p in listed if p.grad is not None]


@no_grad()
def get_total_norm(
    tensors: Any,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Any:
    """The norm of all tensors together, as if they were one vector."""
    tensors = [tensors] if isinstance(tensors, TensorBase) else list(tensors)
    if not tensors:
        from ..._factories import tensor

        return tensor(0.0)
    norm, stack = function("linalg.vector_norm"), function("stack")
    total = norm(stack([norm(t, float(norm_type)) for t in tensors]), float(norm_type))
    if error_if_nonfinite and not total.isfinite():
        raise RuntimeError(_NON_FINITE.format(float(norm_type)))
    return total


@no_grad()
def clip_grads_with_norm_(
    parameters: Any, max_norm: float, total_norm: Any, foreach: bool | None = None
) -> None:
    """Scale all gradients by `max_norm / total_norm` where that is below 1."""
    factor = (float(max_norm) / (total_norm + 1e-6)).clamp(max=1.0)
    for gradient in _gradients(parameters):
        gradient.mul_(factor)


def clip_grad_norm_(
    parameters: Any,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Any:
    """Scale all gradients so that their norm together is at most `max_norm`; gives the norm before.

    Raises RuntimeError if the norm isn't finite and `error_if_nonfinite` is set.
    """
    if not isinstance(parameters, TensorBase):
        parameters = list(parameters)
    gradients = _gradients(parameters)
    total = get_total_norm(gradients, norm_type, error_if_nonfinite)
    clip_grads_with_norm_(parameters, max_norm, total)
    return total


def clip_grad_norm(parameters: Any, max_norm: float, norm_type: float = 2.0) -> Any:
    """The old name of `clip_grad_norm_`."""
    _C.warn(
        "torch.nn.utils.clip_grad_norm is now deprecated in favor of "
        "torch.nn.utils.clip_grad_norm_.",
        FutureWarning,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type)


@no_grad()
def clip_grad_value_(parameters: Any, clip_value: float, foreach: bool | None = None) -> None:
    """Cut every gradient off at ±`clip_value`."""
    for gradient in _gradients(parameters):
        gradient.clamp_(min=-float(clip_value), max=float(clip_value))
