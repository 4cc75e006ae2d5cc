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


_adaptive_avg_pool2d = function("nn.functional._adaptive_avg_pool2d", "adaptive_avg_pool2d")


def adaptive_avg_pool2d(input: Any, output_size: Any) -> Any:
    """The means of as many parts of height and width as `output_size` says; None keeps a size."""
    sizes = (output_size,) * 2 if isinstance(output_size, int) else tuple(output_size)
    known = input.shape[-2:]
    sizes = tuple(own if size is None else size for size, own in zip(sizes, known))
    return _adaptive_avg_pool2d(input, sizes)
