"""Convolutions: layers whose few weights are used at every place of the input."""

from __future__ import annotations

import math
from typing import Any

from ..._factories import empty
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .module import Module

type Sizes = int | tuple[int, ...]


def each(value: Sizes, count: int) -> tuple[int, ...]:
    """The sizes of `count` dimensions, of which a single one may be given for all."""
    return (value,) * count if isinstance(value, int) else tuple(value)


class _Convolution(Module):
    """Filters that are moved over the last dimensions; a subclass says over how many."""

    dimensions: int
    _transposed = False
    # The output padding of a transposed convolution.
    _more: tuple[int, ...] = ()

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Sizes,
        stride: Sizes = 1,
        padding: Sizes | str = 0,
        dilation: Sizes = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        count = self.dimensions
        self._check(padding, each(stride, count), padding_mode)
        self.in_channels, self.out_channels = in_channels, out_channels
        self.kernel_size = each(kernel_size, count)
        self.stride = each(stride, count)
        self.padding = padding if isinstance(padding, str) else each(padding, count)
        self.dilation = each(dilation, count)
        self.transposed = self._transposed
        self.output_padding = self._more or (0,) * count
        self.groups = groups
        self.padding_mode = padding_mode
        channels = (in_channels, out_channels) if self.transposed else (out_channels, in_channels)
        shape = (channels[0], channels[1] // groups, *self.kernel_size)
        self.weight = Parameter(empty(shape, device=device, dtype=dtype))
        own = Parameter(empty(out_channels, device=device, dtype=dtype)) if bias else None
        self.register_parameter("bias", own)
        self.reset_parameters()

    @staticmethod
    def _check(padding: Any, stride: tuple[int, ...], padding_mode: str) -> None:
        words = ("same", "valid")
        if isinstance(padding, str) and padding not in words:
            raise ValueError(
                f"Invalid padding string {padding!r}, should be one of {set(words)}"
            )
        if padding == "same" and any(step != 1 for step in stride):
            raise ValueError("padding='same' is not supported for strided convolutions")
        modes = ("zeros", "reflect", "replicate", "circular")
        if padding_mode not in modes:
            raise ValueError(
                f"padding_mode must be one of {set(modes)}, but got padding_mode='{padding_mode}'"
            )

    def reset_parameters(self) -> None:
        """Fill weight and bias with fresh random numbers."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in = self.weight[0].numel() if self.weight.shape[0] else 0
            bound = 1 / math.sqrt(fan_in) if fan_in else 0
            init.uniform_(self.bias, -bound, bound)

    def _sides(self) -> list[int]:
        """The padding as `F.pad` takes it: from the last dimension, before and after."""
        sides: list[int] = []
        for at in reversed(range(self.dimensions)):
            if isinstance(self.padding, tuple):
                sides += [self.padding[at]] * 2
                continue
            whole = self.dilation[at] * (self.kernel_size[at] - 1) if self.padding == "same" else 0
            sides += [whole // 2, whole - whole // 2]
        return sides

    def forward(self, input: Any) -> Any:
        """The filters' products with the input, at every place."""
        convolve = getattr(F, f"conv{self.dimensions}d")
        padding: Any = self.padding
        if self.padding_mode != "zeros":
            input = F.pad(input, self._sides(), self.padding_mode)
            padding = 0
        return convolve(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )

    def extra_repr(self) -> str:
        """The sizes, and what isn't as usual."""
        text = (
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, "
            f"stride={self.stride}"
        )
        if self.padding != (0,) * len(self.padding):
            text += f", padding={self.padding}"
        if self.dilation != (1,) * self.dimensions:
            text += f", dilation={self.dilation}"
        if self.output_padding != (0,) * self.dimensions:
            text += f", output_padding={self.output_padding}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class Conv1d(_Convolution):
    """Filters along one dimension, after those of the batch and the channels."""

    dimensions = 1


class Conv2d(_Convolution):
    """Filters over height and width."""

    dimensions = 2


class Conv3d(_Convolution):
    """Filters over depth, height and width."""

    dimensions = 3
