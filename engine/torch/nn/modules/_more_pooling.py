"""Pooling layers that few networks use."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .conv import Sizes, each
from .module import Module
from .pooling import _AdaptiveAvgPool, _MaxPool, AvgPool2d


class MaxPool3d(_MaxPool):
    """The largest element of every small cube."""

    dimensions = 3


class AvgPool3d(AvgPool2d):
    """The mean of every small cube."""

    def forward(self, input: Any) -> Any:
        """The means."""
        how = (self.ceil_mode, self.count_include_pad, self.divisor_override)
        return F.avg_pool3d(input, self.kernel_size, self.stride, self.padding, *how)


class AdaptiveAvgPool3d(_AdaptiveAvgPool):
    """The means of parts of volumes, however large these are."""

    _dimensions = 3


class _AdaptiveMaxPool(Module):
    _dimensions: int

    def __init__(self, output_size: Any, return_indices: bool = False) -> None:
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def forward(self, input: Any) -> Any:
        """The largest element of each part."""
        pool = getattr(F, f"adaptive_max_pool{self._dimensions}d")
        return pool(input, self.output_size, self.return_indices)

    def extra_repr(self) -> str:
        """How many parts."""
        return f"output_size={self.output_size}"


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """The largest elements of parts of signals, however long these are."""

    _dimensions = 1


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """The largest elements of parts of pictures, however large these are."""

    _dimensions = 2


class AdaptiveMaxPool3d(_AdaptiveMaxPool):
    """The largest elements of parts of volumes, however large these are."""

    _dimensions = 3


class _LPPool(Module):
    _dimensions: int

    def __init__(
        self,
        norm_type: float,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def forward(self, input: Any) -> Any:
        """The norm of each patch."""
        pool = getattr(F, f"lp_pool{self._dimensions}d")
        sizes = (float(self.norm_type), self.kernel_size, self.stride)
        return pool(input, *sizes, self.ceil_mode)

    def extra_repr(self) -> str:
        """The sizes."""
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )


class LPPool1d(_LPPool):
    """The norm of every few elements."""

    _dimensions = 1


class LPPool2d(_LPPool):
    """The norm of every small square."""

    _dimensions = 2


class LPPool3d(_LPPool):
    """The norm of every small cube."""

    _dimensions = 3


class _MaxUnpool(Module):
    _dimensions: int

    def __init__(self, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> None:
        super().__init__()
        count = self._dimensions
        self.kernel_size = each(kernel_size, count)
        self.stride = each(kernel_size if stride is None else stride, count)
        self.padding = each(padding, count)

    def forward(self, input: Any, indices: Any, output_size: Any = None) -> Any:
        """The numbers that pooling chose, back in their places among zeros."""
        unpool = getattr(F, f"max_unpool{self._dimensions}d")
        sizes = (self.kernel_size, self.stride, self.padding)
        return unpool(input, indices, *sizes, output_size)

    def extra_repr(self) -> str:
        """The sizes."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpool):
    """Undoes `MaxPool1d` as far as that can be undone."""

    _dimensions = 1


class MaxUnpool2d(_MaxUnpool):
    """Undoes `MaxPool2d` as far as that can be undone."""

    _dimensions = 2


class MaxUnpool3d(_MaxUnpool):
    """Undoes `MaxPool3d` as far as that can be undone."""

    _dimensions = 3
