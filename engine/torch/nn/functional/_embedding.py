"""Rows of a table, chosen by number."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._dtype import int64
from ..._factories import arange
from ..._grad_mode import no_grad
from ._primitive import primitive

is_batched = _C.engine.is_batched


def one_hot(tensor: Any, num_classes: int = -1) -> Any:
    """A vector for each class number, with 1 at its place and 0 elsewhere."""
    if tensor.dtype is not int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    if is_batched(tensor._h):
        # What the values are can't be looked up, so they aren't checked.
        return (tensor.unsqueeze(-1) == arange(num_classes)).long()
    if tensor.numel() and tensor.min().item() < 0:
        raise RuntimeError("Class values must be non-negative.")
    if num_classes == -1:
        if not tensor.numel():
            raise RuntimeError("Can not infer total number of classes from empty tensor.")
        num_classes = tensor.max().item() + 1
    elif tensor.numel() and tensor.max().item() >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    return (tensor.unsqueeze(-1) == arange(num_classes)).long()


_embedding = primitive("embedding")


def embedding(
    input: Any,
    weight: Any,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Any:
    """The rows of `weight` that `input` names."""
    if padding_idx is not None and not -weight.shape[0] <= padding_idx < weight.shape[0]:
        raise AssertionError("Padding_idx must be within num_embeddings")
    padding = -1 if padding_idx is None else padding_idx % weight.shape[0]
    if max_norm is not None:
        shorten_rows(weight, input, max_norm, norm_type)
    return _embedding(weight._h, input._h, padding, scale_grad_by_freq)


def shorten_rows(weight: Any, indices: Any, max_norm: float, norm_type: float) -> None:
    """Scale those of the rows that are looked up and longer than `max_norm` to that length."""
    with no_grad():
        rows = indices.unique()
        chosen = weight.index_select(0, rows)
        lengths = chosen.norm(norm_type, 1, keepdim=True)
        scale = (max_norm / (lengths + 1e-7)).masked_fill(lengths <= max_norm, 1.0)
        weight.index_copy_(0, rows, chosen * scale)
