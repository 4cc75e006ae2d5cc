"""Pictures taken apart into patches and put together again."""

from __future__ import annotations

from typing import Any

from ..._operation import function
from ._pooling import pair

_im2col = function("nn.functional._im2col", "im2col")
_col2im = function("nn.functional._col2im", "col2im")


def unfold(
    input: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
) -> Any:
    """Each patch under the kernel as a column: (batch, channels·kernel, places)."""
    return _im2col(input, *map(pair, (kernel_size, dilation, padding, stride)))


def fold(
    input: Any,
    output_size: Any,
    kernel_size: Any,
    dilation: Any = 1,
    padding: Any = 0,
    stride: Any = 1,
) -> Any:
    """The columns of `unfold` put back in their places, those that overlap added up."""
    return _col2im(input, *map(pair, (output_size, kernel_size, dilation, padding, stride)))
