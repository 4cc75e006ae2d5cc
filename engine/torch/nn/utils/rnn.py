"""Sequences of different lengths in one tensor."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..._functions import typename
from ..._handles import TensorBase
from ..._operation import function


def pad_sequence(
    sequences: Any,
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Any:
    """Tensors of different lengths side by side, the shorter ones filled up."""
    if isinstance(sequences, TensorBase):
        sequences = sequences.unbind(0)
    if not isinstance(sequences, (list, tuple)):
        raise RuntimeError(
            "pad_sequence: Expected iterable for input sequences, but got arg of type: "
            f"{type(sequences)}"
        )
    for at, sequence in enumerate(sequences):
        if not isinstance(sequence, TensorBase):
            raise TypeError(f"expected Tensor as element {at}, but got {typename(sequence)}")
    longest = max(sequence.size(0) for sequence in sequences)
    rows = []
    for sequence in sequences:
        missing = longest - sequence.size(0)
        filling = sequence.new_full((missing, *sequence.shape[1:]), padding_value)
        parts = (sequence, filling) if padding_side == "right" else (filling, sequence)
        rows.append(function("cat")(list(parts), 0) if missing else sequence)
    return function("stack")(rows, 0 if batch_first else 1)


def unpad_sequence(padded_sequences: Any, lengths: Any, batch_first: bool = False) -> list[Any]:
    """The sequences of `pad_sequence` again, each with its own length."""
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [row[: int(length)] for row, length in zip(padded_sequences, lengths)]


_PACKING = (
    "PackedSequence invert_permutation pack_padded_sequence pack_sequence pad_packed_sequence "
    "unpack_sequence"
).split()


def __getattr__(name: str) -> object:
    if name in _PACKING:
        return getattr(import_module("torch.nn.utils._packing"), name)
    raise AttributeError(f"module 'torch.nn.utils.rnn' has no attribute '{name}'")
