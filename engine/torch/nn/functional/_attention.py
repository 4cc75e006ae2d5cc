"""Attention."""

from __future__ import annotations

import math
from typing import Any

from ._dropout import dropout
from ._primitive import primitive

_flash_attention = primitive("flash_attention")


def scaled_dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    attn_mask: Any = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Any:
    """softmax(query·keyᵀ · scale + mask) · value: each query's mixture of the values."""
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    if query.dim() == 4 and dropout_p == 0.0 and attn_mask is None:
        return _flash_attention(query._h, key._h, value._h, is_causal, scale)
    # Both sides are scaled by the root, as in PyTorch, which keeps the products small.
    scores = (query * math.sqrt(scale)) @ (key.transpose(-2, -1) * math.sqrt(scale))
    if is_causal:
        attn_mask = (scores.detach() * 0 + 1).tril().bool()
    if attn_mask is not None and attn_mask.is_floating_point():
        scores = scores + attn_mask
    elif attn_mask is not None:
        scores = scores.masked_fill(attn_mask.logical_not(), -math.inf)
    weights = scores.softmax(-1)
    if dropout_p > 0.0:
        weights = dropout(weights, dropout_p)
    return weights @ value
