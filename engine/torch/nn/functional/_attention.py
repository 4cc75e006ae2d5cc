"""Attention."""

from __future__ import annotations

import math
from typing import Any

from ._dropout import dropout
from ._primitive import parsing

_flash_attention = parsing("flash_attention")
_attention_weights = parsing("attention_weights")


def _check(query: Any, key: Any, value: Any, mask: Any, is_causal: bool) -> None:
    if not query.dtype == key.dtype == value.dtype:
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{_type(query)} key.dtype: {_type(key)} and value.dtype: {_type(value)} instead."
        )
    if min(query.dim(), key.dim(), value.dim()) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{query.dim()} key.dim: {key.dim()} and value.dim: {value.dim()} instead."
        )
    if mask is None:
        return
    if repr(mask.dtype) != "torch.bool" and mask.dtype != query.dtype:
        raise RuntimeError(
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
            f"attn_mask.dtype: {_type(mask)} and  query.dtype: {_type(query)} instead."
        )
    if is_causal:
        raise RuntimeError(
            "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True"
        )


def _type(tensor: Any) -> str:
    kinds = {"torch.float32": "float", "torch.float64": "double", "torch.int64": "long int"}
    return kinds.get(repr(tensor.dtype), repr(tensor.dtype).removeprefix("torch."))


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
    _check(query, key, value, attn_mask, is_causal)
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    if enable_gqa and query.dim() == 4:
        key = key.repeat_interleave(query.size(-3) // key.size(-3), -3)
        value = value.repeat_interleave(query.size(-3) // value.size(-3), -3)
    learned = attn_mask is not None and attn_mask.requires_grad
    alike = query.dim() == key.dim() == value.dim() == 4 and query.size(-1) == value.size(-1)
    if alike and dropout_p == 0.0 and not learned and query.numel() and key.numel():
        return _flash_attention(query, key, value, dropout_p, is_causal, attn_mask, scale)
    weights = _attention_weights(query, key, attn_mask, is_causal, scale)
    if dropout_p > 0.0:
        weights = dropout(weights, dropout_p)
    return weights @ value
