"""Batch normalisation."""

from __future__ import annotations

from typing import Any

from ..._dtype import int64
from ..._factories import ones, tensor, zeros
from .. import functional as F
from ..parameter import Parameter
from .module import Module


class _BatchNorm(Module):
    """Shifts and scales each channel: by the batch in training, by what was seen so far after."""

    dims: tuple[int, ...]

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        made = {"device": device, "dtype": dtype}
        self.register_parameter("weight", Parameter(ones(num_features, **made)) if affine else None)
        self.register_parameter("bias", Parameter(zeros(num_features, **made)) if affine else None)
        tracked = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, **made) if tracked else None)
        self.register_buffer("running_var", ones(num_features, **made) if tracked else None)
        count = tensor(0, dtype=int64) if tracked else None
        self.register_buffer("num_batches_tracked", count)

    def forward(self, input: Any) -> Any:
        """The normalised input."""
        if input.dim() not in self.dims:
            expected = " or ".join(f"{count}D" for count in self.dims)
            raise ValueError(f"expected {expected} input (got {input.dim()}D input)")
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.track_running_stats:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:
                momentum = 1.0 / self.num_batches_tracked.item()
        by_batch = self.training or not self.track_running_stats
        follow = not self.training or self.track_running_stats
        mean = self.running_mean if follow else None
        variance = self.running_var if follow else None
        return F.batch_norm(
            input, mean, variance, self.weight, self.bias, by_batch, momentum, self.eps
        )

    def extra_repr(self) -> str:
        """The sizes."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, "
            f"affine={self.affine}, bias={self.bias is not None}, "
            f"track_running_stats={self.track_running_stats}"
        )


class BatchNorm1d(_BatchNorm):
    """Batch normalisation of rows, or of signals with channels."""

    dims = (2, 3)


class BatchNorm2d(_BatchNorm):
    """Batch normalisation of pictures with channels."""

    dims = (4,)


class BatchNorm3d(_BatchNorm):
    """Batch normalisation of volumes with channels."""

    dims = (5,)
