"""Sequences of different lengths, one step of all of them after the other."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

from ..._dtype import int64
from ..._factories import arange, as_tensor, empty_like, full, tensor
from ..._handles import TensorBase
from ..._operation import function
from .rnn import pad_sequence

_cat = function("cat")


class _Packed(NamedTuple):
    data: Any
    batch_sizes: Any
    sorted_indices: Any
    unsorted_indices: Any


_Packed.__name__ = _Packed.__qualname__ = "PackedSequence_"


def invert_permutation(permutation: Any) -> Any:
    """Where each place went; None for None."""
    if permutation is None:
        return None
    return empty_like(permutation).scatter_(0, permutation, arange(permutation.numel()))


class PackedSequence(_Packed):
    """The first step of all sequences, then the second of those that have one, …"""

    __module__ = "torch.nn.utils.rnn"

    def __new__(
        cls,
        data: Any,
        batch_sizes: Any = None,
        sorted_indices: Any = None,
        unsorted_indices: Any = None,
    ) -> Self:
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        if batch_sizes is None:
            data, batch_sizes = data
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """The same with data of another dtype."""
        data = self.data.to(*args, **kwargs)
        return self if data is self.data else type(self)(data, *self[1:])

    def cpu(self) -> Self:
        """Itself."""
        return self

    def double(self) -> Self:
        """The same in float64."""
        return type(self)(self.data.double(), *self[1:])

    def float(self) -> Self:
        """The same in float32."""
        return type(self)(self.data.float(), *self[1:])

    @property
    def is_cuda(self) -> bool:
        """False."""
        return False


def pack_padded_sequence(
    input: Any, lengths: Any, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Padded sequences of these lengths, packed. Raises RuntimeError where they aren't sorted."""
    lengths = (
        lengths.to(int64) if isinstance(lengths, TensorBase) else as_tensor(lengths, dtype=int64)
    )
    order = None
    if not enforce_sorted:
        lengths, order = lengths.sort(descending=True)
        input = input.index_select(0 if batch_first else 1, order)
    counts = lengths.tolist()
    steps = input.transpose(0, 1) if batch_first else input
    if len(counts) != steps.size(1):
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {len(counts)} "
            f"(batch_size={steps.size(1)})"
        )
    if any(count <= 0 for count in counts):
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' "
            "that is <= 0"
        )
    if counts != sorted(counts, reverse=True):
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You "
            "can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to "
            "sidestep this requirement if you do not need ONNX exportability."
        )
    sizes = [sum(count > step for count in counts) for step in range(counts[0])]
    data = _cat([steps[step, :size] for step, size in enumerate(sizes)], 0)
    return PackedSequence(data, tensor(sizes), order, None)


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Any, Any]:
    """The sequences side by side again, filled up, and their lengths."""
    sizes = sequence.batch_sizes.tolist()
    longest = len(sizes)
    if total_length is not None:
        if total_length < longest:
            raise ValueError(
                "Expected total_length to be at least the length of the longest sequence in input, "
                f"but got total_length={total_length} and max sequence length being {longest}"
            )
        longest = total_length
    data, batch = sequence.data, sizes[0]
    output = full((longest, batch, *data.shape[1:]), padding_value, dtype=data.dtype)
    start = 0
    for step, size in enumerate(sizes):
        output[step, :size] = data[start : start + size]
        start += size
    lengths = tensor([sum(size > at for size in sizes) for at in range(batch)])
    if batch_first:
        output = output.transpose(0, 1)
    if sequence.unsorted_indices is None:
        return output, lengths
    dim = 0 if batch_first else 1
    order = sequence.unsorted_indices
    return output.index_select(dim, order), lengths[order]


def pack_sequence(sequences: Any, enforce_sorted: bool = True) -> PackedSequence:
    """A list of sequences, packed."""
    lengths = as_tensor([sequence.size(0) for sequence in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences: PackedSequence) -> list[Any]:
    """The list of sequences again."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return [row[: int(length)] for row, length in zip(padded, lengths)]
