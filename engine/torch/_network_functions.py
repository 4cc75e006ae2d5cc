"""Functions of `torch.nn.functional` that `torch` has too, some with arguments in another order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# The same under both names.
_SHARED = "bilinear max_pool1d max_pool2d max_pool3d ctc_loss max_pool1d_with_indices".split()
_OWN = "batch_norm embedding group_norm instance_norm layer_norm rms_norm".split()
NAMES = frozenset((*_SHARED, *_OWN))


def find(name: str) -> Callable[..., Any]:
    """The function `torch.name`."""
    from .nn import functional

    return getattr(functional, name) if name in _SHARED else globals()[name]


def _functional() -> Any:
    from .nn import functional

    return functional


def layer_norm(
    input: Any,
    normalized_shape: Any,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enable: bool = True,
) -> Any:
    """The last dimensions to mean 0 and variance 1."""
    return _functional().layer_norm(input, normalized_shape, weight, bias, eps)


def rms_norm(
    input: Any, normalized_shape: Any, weight: Any = None, eps: float | None = None
) -> Any:
    """The last dimensions divided by the root of their mean square."""
    return _functional().rms_norm(input, normalized_shape, weight, eps)


def group_norm(
    input: Any,
    num_groups: int,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enabled: bool = True,
) -> Any:
    """Groups of channels to mean 0 and variance 1, each sample by itself."""
    return _functional().group_norm(input, num_groups, weight, bias, eps)


def batch_norm(
    input: Any,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    training: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool,
) -> Any:
    """Each channel to mean 0 and variance 1."""
    return _functional().batch_norm(
        input, running_mean, running_var, weight, bias, training, momentum, eps
    )


def instance_norm(
    input: Any,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    use_input_stats: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool,
) -> Any:
    """Each channel of each sample to mean 0 and variance 1."""
    return _functional().instance_norm(
        input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps
    )


def embedding(
    weight: Any,
    indices: Any,
    padding_idx: int = -1,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Any:
    """The rows of `weight` that `indices` names."""
    padding = None if padding_idx == -1 else padding_idx
    return _functional().embedding(
        indices, weight, padding, scale_grad_by_freq=scale_grad_by_freq
    )
