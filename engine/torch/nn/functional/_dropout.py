"""Leaving out elements or whole channels at random, and other functions that draw."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._factories import empty, empty_like, zeros, zeros_like
from ..._signature import parsed

# So that AlphaDropout keeps mean and variance: where SELU ends, negated.
_ALPHA = 1.7580993408473766


def _check(p: float) -> None:
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def _drop(input: Any, p: float, train: bool, inplace: bool, feature: bool, alpha: bool) -> Any:
    if p < 0 or p > 1:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {p:g}")
    if p == 0 or not train or input.numel() == 0:
        return input
    if p == 1:
        nothing = zeros((), dtype=input.dtype)
        return input.mul_(nothing) if inplace else input.mul(nothing)
    if feature:
        if input.dim() < 2:
            raise RuntimeError("Feature dropout requires at least 2 dimensions in the input")
        shape = (*input.shape[:2], *(1,) * (input.dim() - 2))
        noise = empty(shape, dtype=input.dtype).bernoulli(1 - p)
    else:
        noise = empty_like(input.detach()).bernoulli(1 - p)
    if not alpha:
        noise.div_(1 - p)
        return input.mul_(noise) if inplace else input * noise
    a = 1 / ((_ALPHA * _ALPHA * p + 1) * (1 - p)) ** 0.5
    shift = noise.add(-1).mul_(_ALPHA * a).add_(_ALPHA * a * p)
    noise.mul_(a)
    return input.mul_(noise).add_(shift) if inplace else input.mul(noise).add_(shift)


def _function(name: str, feature: bool, alpha: bool, inplace: bool) -> Any:
    @parsed(f"{name}(Tensor input, float p, bool train)")
    def call(input: Any, p: float, train: bool) -> Any:
        """Sets elements to 0 with probability `p` where `train` is set, and scales the others."""
        return _drop(input, float(p), train, inplace, feature, alpha)

    call.__name__ = call.__qualname__ = name
    return call


# The functions of `torch` itself.
torch_functions = {
    prefix + ending: _function(prefix + ending, "feature" in prefix, "alpha" in prefix, inplace)
    for prefix in ("dropout", "alpha_dropout", "feature_dropout", "feature_alpha_dropout")
    for ending, inplace in (("", False), ("_", True))
}


def dropout(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:
    """Sets elements to 0 with probability `p`, and scales the others by 1 / (1 − p)."""
    _check(p)
    return _drop(input, p, training, inplace, False, False)


def alpha_dropout(input: Any, p: float = 0.5, training: bool = False, inplace: bool = False) -> Any:
    """Dropout that keeps mean 0 and variance 1, for networks of SELUs."""
    _check(p)
    return _drop(input, p, training, inplace, False, True)


def feature_alpha_dropout(
    input: Any, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Any:
    """Alpha dropout of whole channels."""
    _check(p)
    return _drop(input, p, training, inplace, True, True)


def dropout1d(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:
    """Dropout of whole channels of signals."""
    _check(p)
    dims = input.dim()
    if dims not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {dims}D input. Note that "
            "dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, "
            "a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."
        )
    return _drop_channels(input, p, training, inplace, batched=dims == 3)


def _drop_channels(input: Any, p: float, training: bool, inplace: bool, batched: bool) -> Any:
    if batched:
        return _drop(input, p, training, inplace, True, False)
    one = input.unsqueeze_(0) if inplace else input.unsqueeze(0)
    dropped = _drop(one, p, training, inplace, True, False)
    return dropped.squeeze_(0) if inplace else dropped.squeeze(0)


def _warn_of_dims(name: str, dims: int, spatial: int) -> None:
    _C.warn(
        f"{name}: Received a {dims}-D input to {name}, which is deprecated and will result in an "
        "error in a future release. To retain the behavior and silence this warning, please use "
        f"dropout instead. Note that {name} exists to provide channel-wise dropout on inputs with "
        f"{spatial} spatial dimensions, a channel dimension, and an optional batch dimension "
        f"(i.e. {spatial + 1}D or {spatial + 2}D inputs)."
    )


def dropout2d(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:
    """Dropout of whole channels of pictures."""
    _check(p)
    dims = input.dim()
    if dims not in (3, 4):
        _warn_of_dims("dropout2d", dims, 2)
    if dims == 3:
        _C.warn(
            "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout "
            "behavior is desired - input is interpreted as shape (N, C, L), where C is the channel "
            "dim. This behavior will change in a future release to interpret the input as one "
            "without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise "
            "dropout behavior, please switch to using dropout1d instead."
        )
    return _drop_channels(input, p, training, inplace, batched=True)


def dropout3d(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:
    """Dropout of whole channels of volumes."""
    _check(p)
    dims = input.dim()
    if dims not in (4, 5):
        _warn_of_dims("dropout3d", dims, 3)
    return _drop_channels(input, p, training, inplace, batched=dims == 5)


def gumbel_softmax(
    logits: Any, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1
) -> Any:
    """A sample from the categories of `logits` that gradients pass through (Jang and others, 2016).

    With `hard` it is exactly 0 and 1, while its gradient stays that of the soft one.
    """
    if eps != 1e-10:
        _C.warn("`eps` parameter is deprecated and has no effect.")
    gumbels = -empty_like(logits.detach()).exponential_().log()
    soft = ((logits + gumbels) / tau).softmax(dim)
    if not hard:
        return soft
    chosen = soft.max(dim, keepdim=True)[1]
    return zeros_like(logits).scatter_(dim, chosen, 1.0) - soft.detach() + soft
