"""Distances and lengths of vectors."""

from __future__ import annotations

from typing import Any

from ..._composed import functions as composed
from ..._functions import broadcast_tensors
from ..._operation import function
from ._primitive import primitive

_norm, _div = primitive("norm"), function("div")


def pairwise_distance(
    x1: Any, x2: Any, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Any:
    """The p-norm of x1 − x2 along the last dimension."""
    return _norm((x1 - x2 + eps)._h, float(p), 1, max(x1.dim(), x2.dim()) - 1, keepdim)


def cosine_similarity(x1: Any, x2: Any, dim: int = 1, eps: float = 1e-8) -> Any:
    """The cosine of the angle between vectors along `dim`."""
    norm = composed["norm"]
    x1, x2 = broadcast_tensors(x1, x2)
    length1 = norm(x1, 2, dim, True).clamp_min(eps)
    length2 = norm(x2, 2, dim, True).clamp_min(eps)
    return ((x1 / length1) * (x2 / length2)).sum(dim)


def normalize(input: Any, p: float = 2.0, dim: int = 1, eps: float = 1e-12, out: Any = None) -> Any:
    """Vectors along `dim` divided by their length."""
    length = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    return _div(input, length, out=out)
