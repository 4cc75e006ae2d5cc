"""Pooling that few networks use: by a norm, into a given number of parts, and back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..._operation import function
from . import avg_pool1d, avg_pool2d, avg_pool3d, max_pool1d, max_pool2d, max_pool3d
from ._activations import relu
from ._pooling import pair, sizes_or_own, triple

_max_parts = {
    1: function("adaptive_max_pool1d"),
    2: function("nn.functional._adaptive_max_pool2d", "adaptive_max_pool2d"),
    3: function("nn.functional._adaptive_max_pool3d", "adaptive_max_pool3d"),
}


def adaptive_max_pool1d_with_indices(
    input: Any, output_size: Any, return_indices: bool = False
) -> Any:
    """The largest element of each part, and where it is."""
    return _max_parts[1](input, output_size)


def adaptive_max_pool2d_with_indices(
    input: Any, output_size: Any, return_indices: bool = False
) -> Any:
    """The largest element of each part, and where it is."""
    return _max_parts[2](input, sizes_or_own(output_size, input))


def adaptive_max_pool3d_with_indices(
    input: Any, output_size: Any, return_indices: bool = False
) -> Any:
    """The largest element of each part, and where it is."""
    return _max_parts[3](input, sizes_or_own(output_size, input))


def _perhaps_indices(name: str, both: Callable[..., Any]) -> Callable[..., Any]:
    def pool(input: Any, output_size: Any, return_indices: bool = False) -> Any:
        """The largest element of each of `output_size` parts; with `return_indices`, and where."""
        values, indices = both(input, output_size)
        return (values, indices) if return_indices else values

    pool.__name__ = pool.__qualname__ = name
    return pool


adaptive_max_pool1d = _perhaps_indices("adaptive_max_pool1d", adaptive_max_pool1d_with_indices)
adaptive_max_pool2d = _perhaps_indices("adaptive_max_pool2d", adaptive_max_pool2d_with_indices)
adaptive_max_pool3d = _perhaps_indices("adaptive_max_pool3d", adaptive_max_pool3d_with_indices)


def _with_indices(name: str, pool: Callable[..., Any]) -> Callable[..., Any]:
    def both(
        input: Any,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,
        return_indices: bool = False,
    ) -> Any:
        """The largest element under each place of a kernel, and where it is."""
        return pool(input, kernel_size, stride, padding, dilation, ceil_mode, True)

    both.__name__ = both.__qualname__ = name
    return both


max_pool1d_with_indices = _with_indices("max_pool1d_with_indices", max_pool1d)
max_pool2d_with_indices = _with_indices("max_pool2d_with_indices", max_pool2d)
max_pool3d_with_indices = _with_indices("max_pool3d_with_indices", max_pool3d)


def _norm_pool(
    largest: Callable[..., Any],
    mean: Callable[..., Any],
    count: int,
    input: Any,
    norm_type: float,
    kernel_size: Any,
    stride: Any,
    ceil_mode: bool,
) -> Any:
    if norm_type == math.inf:
        return largest(input.abs(), kernel_size, stride, 0, 1, ceil_mode)
    if norm_type == -math.inf:
        return -largest(-input.abs(), kernel_size, stride, 0, 1, ceil_mode)
    means = mean(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (means.sign() * relu(means.abs())).mul(count).pow(1.0 / norm_type)


def lp_pool1d(
    input: Any, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
) -> Any:
    """The `norm_type`-norm of each patch, signs kept out."""
    return _norm_pool(
        max_pool1d, avg_pool1d, kernel_size, input, norm_type, kernel_size, stride, ceil_mode
    )


def lp_pool2d(
    input: Any, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
) -> Any:
    """The `norm_type`-norm of each patch of height and width."""
    count = math.prod(pair(kernel_size))
    return _norm_pool(
        max_pool2d, avg_pool2d, count, input, norm_type, kernel_size, stride, ceil_mode
    )


def lp_pool3d(
    input: Any, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
) -> Any:
    """The `norm_type`-norm of each patch of depth, height and width."""
    count = math.prod(triple(kernel_size))
    return _norm_pool(
        max_pool3d, avg_pool3d, count, input, norm_type, kernel_size, stride, ceil_mode
    )


_unpool2d = function("nn.functional._max_unpool2d", "max_unpool2d")
_unpool3d = function("nn.functional._max_unpool3d", "max_unpool3d")


def _unpooled_size(
    input: Any, kernel: tuple[int, ...], stride: Any, padding: tuple[int, ...], output_size: Any
) -> list[int]:
    """The size that pooling came from, which `output_size` may say more exactly."""
    count = len(kernel)
    sizes = input.shape[-count:]
    usual = [(n - 1) * s + k - 2 * p for n, k, s, p in zip(sizes, kernel, stride, padding)]
    if output_size is None:
        return usual
    given = list(output_size)
    if len(given) == count + 2:
        given = given[2:]
    if len(given) != count:
        raise ValueError(
            f"output_size should be a sequence containing {count} or {count + 2} elements, "
            f"but it has a length of '{len(given)}'"
        )
    for d, (own, step) in enumerate(zip(usual, stride)):
        if not own - step < given[d] < own + step:
            shown = given if isinstance(output_size, list) else output_size[-count:]
            raise ValueError(
                f'invalid output_size "{shown}" '
                f"(dim {d} must be between {own - step} and {own + step})"
            )
    return given


def max_unpool1d(
    input: Any,
    indices: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Any:
    """The numbers that `max_pool1d` chose, back in their places among zeros."""
    kernel = _single(kernel_size)
    steps = kernel if stride is None else _single(stride)
    size = _unpooled_size(input, kernel, steps, _single(padding), output_size)
    return _unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [*size, 1]).squeeze(-1)


def _single(value: Any) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else tuple(value)


def max_unpool2d(
    input: Any,
    indices: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Any:
    """The numbers that `max_pool2d` chose, back in their places among zeros."""
    kernel = pair(kernel_size)
    steps = kernel if stride is None else pair(stride)
    return _unpool2d(
        input, indices, _unpooled_size(input, kernel, steps, pair(padding), output_size)
    )


def max_unpool3d(
    input: Any,
    indices: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Any:
    """The numbers that `max_pool3d` chose, back in their places among zeros."""
    kernel = triple(kernel_size)
    steps = kernel if stride is None else triple(stride)
    return _unpool3d(
        input, indices, _unpooled_size(input, kernel, steps, triple(padding), output_size)
    )
