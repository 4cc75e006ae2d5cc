"""Normalisation."""

from __future__ import annotations

from typing import Any

from ..._dtype import finfo
from ..._operation import function


def rms_norm(
    input: Any, normalized_shape: Any, weight: Any = None, eps: float | None = None
) -> Any:
    """The last dimensions divided by the root of their mean square."""
    shape = list(normalized_shape)
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
            f"element, but got normalized_shape = {shape}"
        )
    if weight is not None and list(weight.shape) != shape:
        raise RuntimeError(
            "Expected weight to be of same shape as normalized_shape, but got weight of shape "
            f"{list(weight.shape)} and normalized_shape = {shape}"
        )
    if list(input.shape[-len(shape) :]) != shape:
        raise RuntimeError(
            f"Given normalized_shape={shape}, expected input with shape [*"
            f"{', '.join(map(str, shape))}], but got input of size{list(input.shape)}"
        )
    dims = list(range(-len(shape), 0))
    eps = finfo(input.dtype).eps if eps is None else eps
    result = input * (input.pow(2).mean(dims, keepdim=True) + eps).rsqrt()
    return (result if weight is None else result * weight).contiguous()


_layer_norm = function("nn.functional._layer_norm", "layer_norm")


def layer_norm(
    input: Any,
    normalized_shape: Any,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
) -> Any:
    """The last dimensions to mean 0 and variance 1."""
    return _layer_norm(input, normalized_shape, weight, bias, eps)


def batch_norm(
    input: Any,
    running_mean: Any,
    running_var: Any,
    weight: Any = None,
    bias: Any = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Any:
    """Each channel to mean 0 and variance 1: by the batch in training, by running statistics else."""
    if training:
        size = input.size()
        if size[0] * size[2:].numel() == 1:
            raise ValueError(
                f"Expected more than 1 value per channel when training, got input size {size}"
            )
        if eps <= 0.0:
            raise ValueError(f"batch_norm eps must be positive during training, but got {eps}")
    elif eps < 0.0:
        raise ValueError(f"batch_norm eps must be non-negative, but got {eps}")
    statistics = (running_mean, running_var)
    return _batch_norm(input, *statistics, weight, bias, training, momentum, eps)


_group_norm = function("nn.functional._group_norm", "group_norm")
_batch_norm = function("nn.functional._batch_norm", "batch_norm")


def group_norm(
    input: Any, num_groups: int, weight: Any = None, bias: Any = None, eps: float = 1e-5
) -> Any:
    """Groups of channels to mean 0 and variance 1, each sample by itself."""
    if input.dim() < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {input.dim()}"
        )
    rest = input.shape[2:].numel()
    if input.size(0) * input.size(1) // num_groups * rest == 1:
        size = [input.size(0) * input.size(1) // num_groups, num_groups, *input.shape[2:]]
        raise ValueError(f"Expected more than 1 value per channel when training, got input size {size}")
    return _group_norm(input, num_groups, weight, bias, eps)


def instance_norm(
    input: Any,
    running_mean: Any = None,
    running_var: Any = None,
    weight: Any = None,
    bias: Any = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Any:
    """Each channel of each sample to mean 0 and variance 1, or by running statistics."""
    size = input.shape
    if use_input_stats and size[2:].numel() == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {size}"
        )
    count, channels = size[0], size[1]

    def repeated(values: Any) -> Any:
        return None if values is None else values.repeat(count)

    mean, variance = repeated(running_mean), repeated(running_var)
    normalized = _batch_norm(
        input.contiguous().view(1, count * channels, *size[2:]),
        mean,
        variance,
        repeated(weight),
        repeated(bias),
        use_input_stats,
        momentum,
        eps,
    )
    for running, followed in ((running_mean, mean), (running_var, variance)):
        if use_input_stats and running is not None:
            running.copy_(followed.view(count, channels).mean(0))
    return normalized.view(size)
