"""Pooling: one number made of every patch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..._operation import function
from ..._signature import parsed


def _max_pool(name: str, dimensions: int) -> Callable[..., Any]:
    run = function("nn.functional._" + name)
    sizes = f"int[{dimensions}]"

    @parsed(
        f"{name}(Tensor input, {sizes} kernel_size, {sizes}? stride=None, {sizes} padding=0, "
        f"{sizes} dilation=1, bool ceil_mode=False, bool return_indices=False)"
    )
    def pool(
        input: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
        ceil_mode: bool,
        return_indices: bool,
    ) -> Any:
        """The largest element under each place of a kernel; with `return_indices`, and where."""
        values, indices = run(input, kernel_size, stride or None, padding, dilation, ceil_mode)
        return (values, indices) if return_indices else values

    pool.__name__ = pool.__qualname__ = name
    return pool


max_pool1d, max_pool2d = _max_pool("max_pool1d", 1), _max_pool("max_pool2d", 2)
max_pool3d = _max_pool("max_pool3d", 3)


def _each(value: Any, count: int) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,) * count


def pair(value: Any) -> tuple[int, ...]:
    """The sizes of height and width, of which a single one may be given for both."""
    return _each(value, 2)


def triple(value: Any) -> tuple[int, ...]:
    """The same for depth, height and width."""
    return _each(value, 3)


def sizes_or_own(output_size: Any, input: Any) -> Any:
    """The sizes that are asked for; None stands for the input's own."""
    if isinstance(output_size, int):
        return output_size
    if input.dim() <= len(output_size):
        raise ValueError(
            f"Input dimension should be at least {len(output_size) + 1}"
        )
    own = input.shape[-len(output_size) :]
    return tuple(known if size is None else size for size, known in zip(output_size, own))


_adaptive_avg_pool2d = function("nn.functional._adaptive_avg_pool2d", "adaptive_avg_pool2d")
_adaptive_avg_pool3d = function("nn.functional._adaptive_avg_pool3d", "adaptive_avg_pool3d")


def adaptive_avg_pool2d(input: Any, output_size: Any) -> Any:
    """The means of as many parts of height and width as `output_size` says; None keeps a size."""
    return _adaptive_avg_pool2d(input, sizes_or_own(output_size, input))


def adaptive_avg_pool3d(input: Any, output_size: Any) -> Any:
    """The means of as many parts of depth, height and width as `output_size` says."""
    return _adaptive_avg_pool3d(input, sizes_or_own(output_size, input))
