"""Distances and lengths of vectors."""

from __future__ import annotations

from typing import Any

from ..._operation import function

pairwise_distance, cosine_similarity = map(function, ("pairwise_distance", "cosine_similarity"))
_div = function("div")


def normalize(input: Any, p: float = 2.0, dim: int = 1, eps: float = 1e-12, out: Any = None) -> Any:
    """Vectors along `dim` divided by their length."""
    length = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    return _div(input, length, out=out)
