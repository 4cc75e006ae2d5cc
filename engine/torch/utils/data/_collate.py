"""How the examples of a batch are put together."""

from __future__ import annotations

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

from ..._dtype import float64
from ..._factories import tensor
from ..._handles import TensorBase
from ..._operation import function

_NO_WAY = (
    "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {}"
)


def default_collate(batch: Any) -> Any:
    """Examples as one batch: tensors stacked, numbers in a tensor, containers part by part."""
    first = batch[0]
    if isinstance(first, TensorBase):
        return function("stack")(list(batch), 0)
    if isinstance(first, float):
        return tensor(list(batch), dtype=float64)
    if isinstance(first, int):
        return tensor(list(batch))
    if isinstance(first, (str, bytes)):
        return batch
    if isinstance(first, Mapping):
        return _mappings(batch, first)
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*(default_collate(samples) for samples in zip(*batch)))
    if isinstance(first, Sequence):
        return _sequences(batch, first)
    raise TypeError(_NO_WAY.format(type(first)))


def _mappings(batch: Any, first: Any) -> Any:
    joined = {key: default_collate([example[key] for example in batch]) for key in first}
    try:
        if isinstance(first, MutableMapping):
            # Of the same class, which may have attributes of its own.
            same = copy.copy(first)
            same.update(joined)
            return same
        return type(first)(joined)  # type: ignore[call-arg]
    except TypeError:
        return joined


def _sequences(batch: Any, first: Any) -> Any:
    if any(len(example) != len(first) for example in batch):
        raise RuntimeError("each element in list of batch should be of equal size")
    joined = [default_collate(samples) for samples in zip(*batch)]
    if isinstance(first, tuple):
        return joined
    try:
        if isinstance(first, MutableSequence):
            same = copy.copy(first)
            for at, samples in enumerate(joined):
                same[at] = samples
            return same
        return type(first)(joined)  # type: ignore[call-arg]
    except TypeError:
        return joined


def default_convert(data: Any) -> Any:
    """A single example, when there are no batches: itself, with containers gone through."""
    if isinstance(data, (TensorBase, str, bytes)):
        return data
    if isinstance(data, Mapping):
        return type(data)({key: default_convert(data[key]) for key in data})  # type: ignore[call-arg]
    if isinstance(data, tuple) and hasattr(data, "_fields"):
        return type(data)(*map(default_convert, data))
    if isinstance(data, tuple):
        return [default_convert(part) for part in data]
    if isinstance(data, Sequence):
        try:
            return type(data)([default_convert(part) for part in data])  # type: ignore[call-arg]
        except TypeError:
            return [default_convert(part) for part in data]
    return data
