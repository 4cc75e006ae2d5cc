"""Bags of rows of a table, each made into one row."""

from __future__ import annotations

import warnings
from typing import Any

from ..._dtype import int32, int64
from ..._factories import arange
from ..._operation import function
from ._embedding import shorten_rows

_embedding_bag = function("nn.functional._embedding_bag", "embedding_bag")
_MODES = {"sum": 0, "mean": 1, "max": 2}


def _bags(input: Any, offsets: Any) -> tuple[Any, Any, bool]:
    """The indices in one row, where each bag begins, and whether `input` was a matrix."""
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError(
                "if input is 2D, then offsets has to be None, as input is treated is a mini-batch "
                f"of fixed length sequences. However, found offsets of type {type(offsets)}"
            )
        return input.reshape(-1), arange(0, input.numel(), input.size(1), dtype=input.dtype), True
    if input.dim() != 1:
        raise ValueError(
            f"input has to be 1D or 2D Tensor, but got Tensor of dimension {input.dim()}"
        )
    if offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    if offsets.dim() != 1:
        raise ValueError("offsets has to be a 1D Tensor")
    return input, offsets, False


def embedding_bag(
    input: Any,
    weight: Any,
    offsets: Any = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Any = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Any:
    """The sum, mean or maximum of the rows of `weight` that each bag of `input` names."""
    if weight.dtype is int64 and input.is_floating_point():
        warnings.warn(
            "Argument order of nn.functional.embedding_bag was changed. "
            "Usage `embedding_bag(weight, input, ...)` is deprecated, "
            "and should now be `embedding_bag(input, weight, ...)`.",
            stacklevel=2,
        )
        weight, input = input, weight
    if per_sample_weights is not None and input.size() != per_sample_weights.size():
        raise ValueError(
            f"embedding_bag: If per_sample_weights ({per_sample_weights.shape}) is not None, "
            f"then it must have the same shape as the input ({input.shape})"
        )
    if weight.dim() != 2:
        raise ValueError(
            f"weight has to be a 2D Tensor, but got Tensor of dimension {weight.dim()}"
        )
    indices, starts, matrix = _bags(input, offsets)
    if matrix and per_sample_weights is not None:
        per_sample_weights = per_sample_weights.reshape(-1)
    if mode not in _MODES:
        raise ValueError("mode has to be one of sum, mean or max")
    if mode == "max" and scale_grad_by_freq:
        raise ValueError("max mode does not support scaling the gradient by the frequency")
    if mode == "max" and sparse:
        raise ValueError("max mode does not support sparse weights")
    if max_norm is not None:
        shorten_rows(weight, indices, max_norm, norm_type)
    if per_sample_weights is not None and mode != "sum":
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported "
            f"for mode='sum' (got mode='{mode}'). Please open a feature request on GitHub."
        )
    _check_types(indices, starts)
    count = weight.size(0)
    if padding_idx is not None and not -count <= padding_idx < count:
        raise RuntimeError(
            "padding_idx must be within the number of embeddings, -"
            f"{count} through {count - 1}, but got {padding_idx}"
        )
    padding = -1 if padding_idx is None else padding_idx % count
    return _embedding_bag(
        weight,
        indices,
        starts,
        scale_grad_by_freq,
        _MODES[mode],
        sparse,
        per_sample_weights,
        include_last_offset and not matrix,
        padding,
    )


def _check_types(indices: Any, offsets: Any) -> None:
    for number, name, tensor in ((1, "indices", indices), (1, "offsets", offsets)):
        if tensor.dtype not in (int32, int64):
            kind = repr(tensor.type()).strip("'").replace("torch.", "")
            raise RuntimeError(
                f"Expected tensor for argument #{number} '{name}' to have one of the following "
                f"scalar types: Long, Int; but got torch.{kind} instead "
                "(while checking arguments for embedding_bag)"
            )
