"""Layers that stretch pictures."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .module import Module


def _factors(scale_factor: Any) -> Any:
    if isinstance(scale_factor, tuple):
        return tuple(float(factor) for factor in scale_factor)
    return float(scale_factor) if scale_factor else None


class Upsample(Module):
    """Stretches its input to `size`, or by `scale_factor`."""

    def __init__(
        self,
        size: Any = None,
        scale_factor: Any = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
        recompute_scale_factor: bool | None = None,
    ) -> None:
        super().__init__()
        self.name = type(self).__name__
        self.size = size
        self.scale_factor = _factors(scale_factor)
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input: Any) -> Any:
        """The stretched input."""
        return F.interpolate(
            input,
            self.size,
            self.scale_factor,
            self.mode,
            self.align_corners,
            recompute_scale_factor=self.recompute_scale_factor,
        )

    def extra_repr(self) -> str:
        """How far, and how."""
        known = self.scale_factor is not None
        how = f"scale_factor={self.scale_factor!r}" if known else f"size={self.size!r}"
        return f"{how}, mode={self.mode!r}"


class UpsamplingNearest2d(Upsample):
    """Stretches pictures by copying the nearest number."""

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="nearest")


class UpsamplingBilinear2d(Upsample):
    """Stretches pictures by mixing the four nearest numbers, corners aligned."""

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
