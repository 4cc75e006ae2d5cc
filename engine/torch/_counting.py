"""Operations that count, search and compare elements. None has a gradient, so plain Python does."""

from __future__ import annotations

import builtins
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import Any

from . import _C
from ._composed import both, functions, methods
from ._conversion import from_flat
from ._dtype import bool_, code_of, int64
from ._handles import TensorBase
from ._signature import parsed


def _numbers(tensor: Any) -> list[Any]:
    return tensor.detach().reshape(-1).tolist()


def _whole(values: list[int], shape: Any) -> Any:
    return from_flat(values, tuple(shape), code_of(int64), False)


@both
@parsed("count_nonzero(Tensor input, int[1]? dim=None)")
def count_nonzero(input: Any, dim: Any) -> Any:
    """count_nonzero(input, dim=None) -> Tensor: how many elements are not 0."""
    return (input != 0).sum() if dim is None else (input != 0).sum(dim)


def unique(
    input: Any,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """The different elements, in order; if asked for, where each went and how often it stood."""
    if dim is not None:
        raise NotImplementedError("dxdx has torch.unique for all elements alone: leave dim out.")
    if _C.engine.is_batched(input._h):
        raise RuntimeError(
            "vmap: We do not support batching operators that can output dynamic shape. Attempted "
            "to vmap over aten::_unique2. Please file an issue at "
            "https://github.com/pytorch/pytorch/issues if you need this feature."
        )
    values = _numbers(input)
    counts = Counter(values)
    found = list(counts)
    found.sort()
    result = [from_flat(found, (len(found),), code_of(input.dtype), False)]
    if return_inverse:
        place = {value: at for at, value in enumerate(found)}
        result.append(_whole([place[value] for value in values], input.shape))
    if return_counts:
        result.append(_whole([counts[value] for value in found], (len(found),)))
    return result[0] if len(result) == 1 else tuple(result)


@both
@parsed("bincount(Tensor input, Tensor? weights=None, int minlength=0)")
def bincount(input: Any, weights: Any, minlength: int) -> Any:
    """bincount(input, minlength=0) -> Tensor: how often each whole number from 0 on stands."""
    values = _numbers(input)
    if input.dim() != 1 or any(value < 0 for value in values):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    length = max([minlength, *(value + 1 for value in values)])
    if weights is None:
        counts = Counter(values)
        return _whole([counts[at] for at in range(length)], (length,))
    totals = [0.0] * length
    for value, weight in zip(values, _numbers(weights)):
        totals[value] += weight
    return from_flat(totals, (length,), code_of(weights.dtype), False)


@both
@parsed("histc(Tensor input, int bins=100, Scalar min=0, Scalar max=0)")
def histc(input: Any, bins: int, min: float, max: float) -> Any:
    """histc(input, bins=100, min=0, max=0) -> Tensor: how many elements fall into each bin."""
    values = _numbers(input)
    low, high = float(min), float(max)
    if low == high and values:
        low, high = float(builtins.min(values)), float(builtins.max(values))
    if low == high:
        low, high = low - 1, high + 1
    counts = [0.0] * bins
    for value in values:
        if low <= value <= high:
            at = int((value - low) / (high - low) * bins)
            counts[at if at < bins else bins - 1] += 1
    return from_flat(counts, (bins,), code_of(input.dtype), False)


def isin(elements: Any, test_elements: Any, *, invert: bool = False) -> Any:
    """For each element: is it among the others?"""
    tested = test_elements
    known = set(_numbers(tested) if isinstance(tested, TensorBase) else [tested])
    values = _numbers(elements) if isinstance(elements, TensorBase) else [elements]
    shape = elements.shape if isinstance(elements, TensorBase) else ()
    answers = [(value in known) != invert for value in values]
    return from_flat(answers, tuple(shape), code_of(bool_), False)


def searchsorted(
    sorted_sequence: Any, input: Any, *, right: bool = False, side: str | None = None
) -> Any:
    """Where each value would have to be put to keep a sorted vector sorted."""
    if sorted_sequence.dim() != 1:
        raise NotImplementedError("dxdx has searchsorted in vectors alone.")
    row = _numbers(sorted_sequence)
    find = bisect_right if right or side == "right" else bisect_left
    if not isinstance(input, TensorBase):
        return _whole([find(row, input)], ())
    return _whole([find(row, value) for value in _numbers(input)], input.shape)


def bucketize(input: Any, boundaries: Any, *, right: bool = False) -> Any:
    """The number of the bucket between sorted boundaries that each value falls into."""
    return searchsorted(boundaries, input, right=right)


def _triangle(row: int, col: int, keep: Any) -> Any:
    pairs = [(r, c) for r in range(row) for c in range(col) if keep(r, c)]
    flat = [r for r, _ in pairs] + [c for _, c in pairs]
    return _whole(flat, (2, len(pairs)))


def tril_indices(row: int, col: int, offset: int = 0, **_: Any) -> Any:
    """Rows and columns of the elements of a lower triangle."""
    return _triangle(row, col, lambda r, c: c <= r + offset)


def triu_indices(row: int, col: int, offset: int = 0, **_: Any) -> Any:
    """Rows and columns of the elements of an upper triangle."""
    return _triangle(row, col, lambda r, c: c >= r + offset)


for _call in (unique, isin, searchsorted, bucketize, tril_indices, triu_indices):
    functions[_call.__name__] = _call
methods["unique"] = unique
