"""Attention with several heads (Vaswani and others, 2017)."""

from __future__ import annotations

import math
from typing import Any

from ..._dtype import bool_
from ..._factories import empty, zeros, zeros_like
from ..._operation import function
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .linear import Linear
from .module import Module


class NonDynamicallyQuantizableLinear(Linear):
    """A linear layer, under the name that PyTorch shows."""

    __module__ = "torch.nn.modules.linear"


class MultiheadAttention(Module):
    """Each head mixes the values by how well keys fit the query; their results are joined."""

    __module__ = "torch.nn.modules.activation"

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                "embed_dim and num_heads must be greater than 0, "
                f"got embed_dim={embed_dim} and num_heads={num_heads} instead"
            )
        super().__init__()
        self.embed_dim, self.num_heads = embed_dim, num_heads
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        assert self.head_dim * num_heads == embed_dim, "embed_dim must be divisible by num_heads"
        made = {"device": device, "dtype": dtype}
        own = self.kdim == embed_dim and self.vdim == embed_dim
        self._qkv_same_embed_dim = own
        for name, columns in (("q", embed_dim), ("k", self.kdim), ("v", self.vdim)):
            weight = None if own else Parameter(empty((embed_dim, columns), **made))
            self.register_parameter(f"{name}_proj_weight", weight)
        packed = Parameter(empty((3 * embed_dim, embed_dim), **made)) if own else None
        self.register_parameter("in_proj_weight", packed)
        self.register_parameter(
            "in_proj_bias", Parameter(empty(3 * embed_dim, **made)) if bias else None
        )
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias, **made)
        for name in ("bias_k", "bias_v"):
            row = Parameter(empty((1, 1, embed_dim), **made)) if add_bias_kv else None
            self.register_parameter(name, row)
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self) -> None:
        for weight in self._in_weights():
            init.xavier_uniform_(weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        for row in (self.bias_k, self.bias_v):
            if row is not None:
                init.xavier_normal_(row)

    def _in_weights(self) -> list[Any]:
        if self._qkv_same_embed_dim:
            return [self.in_proj_weight]
        return [self.q_proj_weight, self.k_proj_weight, self.v_proj_weight]

    def forward(
        self,
        query: Any,
        key: Any,
        value: Any,
        key_padding_mask: Any = None,
        need_weights: bool = True,
        attn_mask: Any = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Any, Any]:
        """The mixtures of values, and with `need_weights` how much of each value is in them."""
        batched = _check_shapes(query, key, value, key_padding_mask, attn_mask, self.num_heads)
        if not batched:
            query, key, value = (tensor.unsqueeze(1) for tensor in (query, key, value))
            if key_padding_mask is not None:
                key_padding_mask = key_padding_mask.unsqueeze(0)
        elif self.batch_first:
            query, key, value = _swapped(query, key, value)
        if is_causal and attn_mask is None:
            raise RuntimeError(
                "Need attn_mask if specifying the is_causal hint. You may use the Transformer "
                "module method `generate_square_subsequent_mask` to create this mask."
            )
        length, batch, width = query.shape
        assert width == self.embed_dim, (
            f"was expecting embedding dimension of {self.embed_dim}, but got {width}"
        )
        q, k, v = self._projected(query, key, value)
        attn_mask = _as_addend(attn_mask, "attn_mask", query.dtype)
        key_padding_mask = _as_addend(key_padding_mask, "key_padding_mask", query.dtype)
        if attn_mask is not None:
            attn_mask = _checked_mask(attn_mask, length, key.size(0), batch * self.num_heads)
        if self.bias_k is not None:
            cat = function("cat")
            k = cat([k, self.bias_k.repeat(1, batch, 1)])
            v = cat([v, self.bias_v.repeat(1, batch, 1)])
            attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
        q, k, v = (
            part.view(part.size(0), batch * self.num_heads, self.head_dim).transpose(0, 1)
            for part in (q, k, v)
        )
        if self.add_zero_attn:
            nothing = zeros((batch * self.num_heads, 1, self.head_dim), dtype=k.dtype)
            cat = function("cat")
            k, v = cat([k, nothing], 1), cat([v, nothing], 1)
            attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
        if key_padding_mask is not None:
            spread = key_padding_mask.view(batch, 1, 1, k.size(1))
            spread = spread.expand(-1, self.num_heads, -1, -1)
            spread = spread.reshape(batch * self.num_heads, 1, k.size(1))
            attn_mask = spread if attn_mask is None else attn_mask + spread
        attend = self._with_weights if need_weights else self._without_weights
        output, weights = attend(q, k, v, attn_mask, length, batch)
        if weights is not None and average_attn_weights:
            weights = weights.mean(dim=1)
        if not batched:
            return output.squeeze(1), None if weights is None else weights.squeeze(0)
        return (output.transpose(1, 0) if self.batch_first else output), weights

    def _projected(self, query: Any, key: Any, value: Any) -> tuple[Any, ...]:
        bias = self.in_proj_bias
        weights = self._in_weights()
        if len(weights) == 1 and query is key and key is value:
            # All three at once, as one product.
            whole = F.linear(query, weights[0], bias)
            whole = whole.unflatten(-1, (3, self.embed_dim))
            return tuple(whole.unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous())
        if len(weights) == 1:
            weights = list(weights[0].chunk(3))
        biases = [None] * 3 if bias is None else list(bias.chunk(3))
        return tuple(map(F.linear, (query, key, value), weights, biases))

    def _with_weights(
        self, q: Any, k: Any, v: Any, mask: Any, length: int, batch: int
    ) -> tuple[Any, Any]:
        scaled = q * math.sqrt(1.0 / float(q.size(-1)))
        if mask is None:
            scores = function("bmm")(scaled, k.transpose(-2, -1))
        else:
            scores = function("baddbmm")(mask, scaled, k.transpose(-2, -1))
        weights = F.softmax(scores, dim=-1)
        if self.training and self.dropout > 0.0:
            weights = F.dropout(weights, p=self.dropout)
        mixed = function("bmm")(weights, v).transpose(0, 1).reshape(length * batch, self.embed_dim)
        output = self.out_proj(mixed).view(length, batch, self.embed_dim)
        return output, weights.view(batch, self.num_heads, length, k.size(1))

    def _without_weights(
        self, q: Any, k: Any, v: Any, mask: Any, length: int, batch: int
    ) -> tuple[Any, Any]:
        if mask is not None:
            alone = mask.size(0) == 1
            mask = mask.unsqueeze(0) if alone else mask.view(batch, self.num_heads, -1, k.size(1))
        q, k, v = (
            part.view(batch, self.num_heads, part.size(1), self.head_dim) for part in (q, k, v)
        )
        dropout = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, mask, dropout)
        mixed = mixed.permute(2, 0, 1, 3).reshape(batch * length, self.embed_dim)
        return self.out_proj(mixed).view(length, batch, self.embed_dim), None


def _swapped(query: Any, key: Any, value: Any) -> tuple[Any, Any, Any]:
    """With time before the batch; what was the same tensor stays the same."""
    if query is key and key is value:
        swapped = query.transpose(1, 0)
        return swapped, swapped, swapped
    query, turned = query.transpose(1, 0), key.transpose(1, 0)
    return query, turned, turned if key is value else value.transpose(1, 0)


def _as_addend(mask: Any, name: str, dtype: Any) -> Any:
    """A mask to add to scores: −∞ where a mask of bools says True."""
    if mask is None or mask.is_floating_point():
        return mask
    assert mask.dtype is bool_, f"only bool and floating types of {name} are supported"
    return zeros_like(mask, dtype=dtype).masked_fill_(mask, -math.inf)


def _checked_mask(mask: Any, length: int, source: int, heads: int) -> Any:
    shape = (length, source) if mask.dim() == 2 else (heads, length, source)
    if mask.dim() not in (2, 3):
        raise RuntimeError(f"attn_mask's dimension {mask.dim()} is not supported")
    if mask.shape != shape:
        raise RuntimeError(
            f"The shape of the {mask.dim()}D attn_mask is {mask.shape}, but should be {shape}."
        )
    return mask.unsqueeze(0) if mask.dim() == 2 else mask


def _one_more(mask: Any) -> Any:
    return None if mask is None else F.pad(mask, (0, 1))


def _check_shapes(
    query: Any, key: Any, value: Any, padding: Any, mask: Any, heads: int
) -> bool:
    """Is there a batch? Raises AssertionError where shapes don't fit."""
    dims = query.dim()
    assert dims in (2, 3), (
        "query should be unbatched 2D or batched 3D tensor but received "
        f"{dims}-D query tensor"
    )
    kind = "For batched (3-D)" if dims == 3 else "For unbatched (2-D)"
    assert key.dim() == dims and value.dim() == dims, (
        f"{kind} `query`, expected `key` and `value` to be {dims}-D but found {key.dim()}-D and "
        f"{value.dim()}-D tensors respectively"
    )
    assert padding is None or padding.dim() == dims - 1, (
        f"{kind} `query`, expected `key_padding_mask` to be `None` or {dims - 1}-D but found "
        f"{padding.dim()}-D tensor instead"
    )
    assert mask is None or mask.dim() in (2, 3), (
        f"{kind} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found "
        f"{mask.dim()}-D tensor instead"
    )
    return dims == 3
