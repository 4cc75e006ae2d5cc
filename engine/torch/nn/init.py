"""Ways to fill parameters before learning starts. All change the tensor in place and give it."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

from .. import _C
from .._factories import empty_like
from .._factories import eye as _identity
from .._grad_mode import no_grad
from .._operation import function

_GAINS = {
    "tanh": 5.0 / 3,
    "relu": math.sqrt(2.0),
    "selu": 3.0 / 4,
    **dict.fromkeys(("linear", "sigmoid", "conv1d", "conv2d", "conv3d"), 1),
    **dict.fromkeys(("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"), 1),
}


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """The factor that keeps variances steady through an activation."""
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        if isinstance(slope, bool) or not isinstance(slope, (int, float)):
            raise ValueError(f"negative_slope {param} not a valid number")
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity in _GAINS:
        return _GAINS[nonlinearity]
    raise ValueError(f"Unsupported nonlinearity {nonlinearity}")


def _calculate_fan_in_and_fan_out(tensor: Any) -> tuple[int, int]:
    if tensor.dim() < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = math.prod(tensor.shape[2:])
    return tensor.size(1) * field, tensor.size(0) * field


def _calculate_correct_fan(tensor: Any, mode: str) -> int:
    mode = mode.lower()
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    return _calculate_fan_in_and_fan_out(tensor)[mode == "fan_out"]


@no_grad()
def uniform_(tensor: Any, a: float = 0.0, b: float = 1.0, generator: Any = None) -> Any:
    """Fill with numbers evenly distributed from `a` to `b`."""
    return tensor.uniform_(a, b, generator=generator)


@no_grad()
def normal_(tensor: Any, mean: float = 0.0, std: float = 1.0, generator: Any = None) -> Any:
    """Fill with normally distributed numbers."""
    return tensor.normal_(mean, std, generator=generator)


def _below(x: float) -> float:
    """How much of the standard normal distribution lies below `x`."""
    return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0


@no_grad()
def trunc_normal_(
    tensor: Any,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Any = None,
) -> Any:
    """Fill with normally distributed numbers, drawn again until all are from `a` to `b`."""
    if mean < a - 2 * std or mean > b + 2 * std:
        _C.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            "The distribution of values may be incorrect."
        )
    where = function("where")
    if _below((b - mean) / std) - _below((a - mean) / std) > 0.3:
        low, high = tensor.new_tensor(a).item(), tensor.new_tensor(b).item()
        drawn = tensor.normal_(mean, std, generator=generator)
        while (outside := (drawn < low) | (drawn > high)).any():
            again = empty_like(drawn).normal_(mean, std, generator=generator)
            drawn = where(outside, again, drawn)
        return tensor if drawn is tensor else tensor.copy_(drawn)
    # Too little of the distribution lies inside: even numbers, accepted as often as they are likely.
    peak = -0.5 * ((max(a, min(mean, b)) - mean) / std) ** 2
    drawn = tensor.uniform_(a, b, generator=generator)
    candidates, chances = tensor.clone(), empty_like(tensor)

    def refused() -> Any:
        candidates.sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(peak)
        return chances.uniform_(generator=generator).log_().gt(candidates)

    pending = refused()
    while pending.any():
        candidates.uniform_(a, b, generator=generator)
        drawn = where(pending, candidates, drawn)
        pending = where(pending, refused(), pending)
    return tensor if drawn is tensor else tensor.copy_(drawn)


@no_grad()
def constant_(tensor: Any, val: float) -> Any:
    """Fill with one value."""
    return tensor.fill_(val)


def ones_(tensor: Any) -> Any:
    """Fill with 1."""
    return constant_(tensor, 1.0)


@no_grad()
def zeros_(tensor: Any) -> Any:
    """Fill with 0."""
    return tensor.zero_()


@no_grad()
def eye_(tensor: Any) -> Any:
    """Fill a matrix with the identity."""
    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    return tensor.copy_(_identity(*tensor.shape))


@no_grad()
def dirac_(tensor: Any, groups: int = 1) -> Any:
    """Fill the weight of a convolution so that it gives its input back, as far as it can."""
    if tensor.ndimension() not in (3, 4, 5):
        raise ValueError("Only tensors with 3, 4, or 5 dimensions are supported")
    if tensor.size(0) % groups != 0:
        raise ValueError("dim 0 must be divisible by groups")
    tensor.zero_()
    rows = tensor.size(0) // groups
    centre = tuple(size // 2 for size in tensor.shape[2:])
    for group in range(groups):
        for channel in range(min(rows, tensor.size(1))):
            tensor[(group * rows + channel, channel, *centre)] = 1
    return tensor


def xavier_uniform_(tensor: Any, gain: float = 1.0, generator: Any = None) -> Any:
    """Evenly distributed, with variances kept steady both ways (Glorot)."""
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    bound = math.sqrt(3.0) * (gain * math.sqrt(2.0 / float(fan_in + fan_out)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: Any, gain: float = 1.0, generator: Any = None) -> Any:
    """Normally distributed, with variances kept steady both ways (Glorot)."""
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / float(fan_in + fan_out)), generator)


def _kaiming_std(tensor: Any, a: float, mode: str, nonlinearity: str) -> float:
    fan = _calculate_correct_fan(tensor, mode)
    return calculate_gain(nonlinearity, a) / math.sqrt(fan)


def kaiming_uniform_(
    tensor: Any,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Any = None,
) -> Any:
    """Evenly distributed, with variances kept steady through relu-like activations (He)."""
    if 0 in tensor.shape:
        _C.warn("Initializing zero-element tensors is a no-op")
        return tensor
    bound = math.sqrt(3.0) * _kaiming_std(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Any,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Any = None,
) -> Any:
    """Normally distributed, with variances kept steady through relu-like activations (He)."""
    if 0 in tensor.shape:
        _C.warn("Initializing zero-element tensors is a no-op")
        return tensor
    return normal_(tensor, 0.0, _kaiming_std(tensor, a, mode, nonlinearity), generator)


@no_grad()
def orthogonal_(tensor: Any, gain: float = 1, generator: Any = None) -> Any:
    """Rows, or columns where they are fewer, at right angles to each other (Saxe and others)."""
    if tensor.ndimension() < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if tensor.numel() == 0:
        return tensor
    rows = tensor.size(0)
    columns = tensor.numel() // rows
    drawn = tensor.new_empty((rows, columns)).normal_(0, 1, generator=generator)
    made = _orthonormal_rows(drawn if rows < columns else drawn.t())
    tensor.view(rows, columns).copy_(made if rows < columns else made.t())
    return tensor.mul_(gain)


def _orthonormal_rows(matrix: Any) -> Any:
    """The rows, each without its part along those before it, and of length 1 (Gram and Schmidt)."""
    made: list[Any] = []
    for row in matrix.double():
        for _ in range(2):  # once more, for what rounding has left
            for before in made:
                row = row - before.dot(row) * before
        made.append(row / row.norm())
    return function("stack")(made)


@no_grad()
def sparse_(tensor: Any, sparsity: float, std: float = 0.01, generator: Any = None) -> Any:
    """Normally distributed, with the part `sparsity` of each column set to 0."""
    from ..random import randperm

    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    rows, columns = tensor.shape
    zeros = math.ceil(sparsity * rows)
    tensor.normal_(0, std, generator=generator)
    for column in range(columns):
        tensor[randperm(rows)[:zeros], column] = 0
    return tensor


def _deprecated(new: Callable[..., Any]) -> Callable[..., Any]:
    """The old name of `new`, without the underscore."""
    old = new.__name__.removesuffix("_")

    @functools.wraps(new)
    def call(*args: Any, **kwargs: Any) -> Any:
        _C.warn(
            f"`nn.init.{old}` is now deprecated in favor of `nn.init.{new.__name__}`.",
            FutureWarning,
        )
        return new(*args, **kwargs)

    call.__name__ = old
    return call


uniform, normal, constant = map(_deprecated, (uniform_, normal_, constant_))
dirac, eye, orthogonal, sparse = map(_deprecated, (dirac_, eye_, orthogonal_, sparse_))
xavier_uniform, xavier_normal = map(_deprecated, (xavier_uniform_, xavier_normal_))
kaiming_uniform, kaiming_normal = map(_deprecated, (kaiming_uniform_, kaiming_normal_))
