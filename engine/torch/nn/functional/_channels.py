"""Normalisation over neighbouring channels."""

from __future__ import annotations

from typing import Any

from . import avg_pool2d, avg_pool3d, pad


def local_response_norm(
    input: Any, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Any:
    """Each number divided by (k + alpha · mean of the squares of `size` channels around it)^beta."""
    if input.dim() < 3:
        gap = " " * 25
        raise ValueError(
            f"Expected 3D or higher dimensionality {gap}input (got {input.dim()} dimensions)"
        )
    if input.numel() == 0:
        return input
    squares = input.mul(input)
    sides = (size // 2, (size - 1) // 2)
    if input.dim() == 3:
        means = avg_pool2d(pad(squares.unsqueeze(1), (0, 0, *sides)), (size, 1), stride=1).squeeze(1)
    else:
        shape = input.size()
        planes = squares.view(shape[0], 1, shape[1], shape[2], -1)
        means = avg_pool3d(pad(planes, (0, 0, 0, 0, *sides)), (size, 1, 1), stride=1).squeeze(1)
        means = means.view(shape)
    return input / means.mul(alpha).add(k).pow(beta)
