"""Layers that take pictures apart into patches, and put them together."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .conv import Sizes
from .module import Module


class Unfold(Module):
    """Each patch under the kernel as a column."""

    def __init__(
        self, kernel_size: Sizes, dilation: Sizes = 1, padding: Sizes = 0, stride: Sizes = 1
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Any) -> Any:
        """The columns."""
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        """The sizes."""
        return (
            f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}, "
            f"stride={self.stride}"
        )


class Fold(Unfold):
    """Columns put back as patches of pictures, those that overlap added up."""

    def __init__(
        self,
        output_size: Sizes,
        kernel_size: Sizes,
        dilation: Sizes = 1,
        padding: Sizes = 0,
        stride: Sizes = 1,
    ) -> None:
        super().__init__(kernel_size, dilation, padding, stride)
        self.output_size = output_size

    def forward(self, input: Any) -> Any:
        """The pictures."""
        sizes = (self.kernel_size, self.dilation, self.padding, self.stride)
        return F.fold(input, self.output_size, *sizes)

    def extra_repr(self) -> str:
        """The sizes."""
        return f"output_size={self.output_size}, {super().extra_repr()}"
