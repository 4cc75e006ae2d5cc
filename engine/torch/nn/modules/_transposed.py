"""Transposed convolutions: what a convolution does to gradients, as a layer of its own."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .conv import Sizes, _Convolution, each


class _Transposed(_Convolution):
    _transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Sizes,
        stride: Sizes = 1,
        padding: Sizes = 0,
        output_padding: Sizes = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Sizes = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        if padding_mode != "zeros":
            name = type(self).__name__
            raise ValueError(f'Only "zeros" padding mode is supported for {name}')
        object.__setattr__(self, "_more", each(output_padding, self.dimensions))
        super().__init__(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def forward(self, input: Any, output_size: Any = None) -> Any:
        """Every number, times the filters, added up around its place."""
        convolve = getattr(F, f"conv_transpose{self.dimensions}d")
        more = self.output_padding if output_size is None else self._to_reach(input, output_size)
        return convolve(
            input,
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            more,
            self.groups,
            self.dilation,
        )

    def _to_reach(self, input: Any, output_size: Any) -> tuple[int, ...]:
        """The output padding with which the result has `output_size`."""
        count = self.dimensions
        lead = input.dim() - count
        wanted = tuple(output_size)
        if len(wanted) == lead + count:
            wanted = wanted[lead:]
        if len(wanted) != count:
            raise ValueError(
                f"ConvTranspose{count}D: for {input.dim()}D input, output_size must have {count} "
                f"or {lead + count} elements (got {len(wanted)})"
            )
        least = [
            (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
            for size, stride, padding, dilation, kernel in zip(
                input.shape[lead:], self.stride, self.padding, self.dilation, self.kernel_size
            )
        ]
        most = [size + stride - 1 for size, stride in zip(least, self.stride)]
        for size, low, high in zip(wanted, least, most):
            if size < low or size > high:
                raise ValueError(
                    f"requested an output size of {output_size}, but valid sizes range from "
                    f"{least} to {most} (for an input of {input.size()[2:]})"
                )
        return tuple(size - low for size, low in zip(wanted, least))


class ConvTranspose1d(_Transposed):
    """A transposed convolution of signals."""

    dimensions = 1


class ConvTranspose2d(_Transposed):
    """A transposed convolution of pictures."""

    dimensions = 2


class ConvTranspose3d(_Transposed):
    """A transposed convolution of volumes."""

    dimensions = 3
