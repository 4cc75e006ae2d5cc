"""Normalisation."""

from __future__ import annotations

from typing import Any

from ..._dtype import finfo


def rms_norm(
    input: Any, normalized_shape: Any, weight: Any = None, eps: float | None = None
) -> Any:
    """The last dimensions divided by the root of their mean square."""
    dims = list(range(-len(list(normalized_shape)), 0))
    eps = finfo(input.dtype).eps if eps is None else eps
    result = input * (input.pow(2).mean(dims, keepdim=True) + eps).rsqrt()
    return result if weight is None else result * weight
