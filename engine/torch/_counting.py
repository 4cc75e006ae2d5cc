"""Operations that count elements, as far as they are put together from others."""

from __future__ import annotations

from typing import Any

from ._composed import both, functions, methods
from ._conversion import from_flat
from ._dtype import code_of, int64
from ._operation import function
from ._signature import parsed

_unique = function("_unique")


@both
@parsed(
    "count_nonzero(Tensor input, int[] dim)",
    "count_nonzero(Tensor input, int? dim=None)",
)
def count_nonzero(form: int, input: Any, dim: Any) -> Any:
    """count_nonzero(input, dim=None) -> Tensor: how many elements are not 0."""
    nonzero = input != 0
    return nonzero.sum() if dim is None or dim == () else nonzero.sum(dim)


def _asked(results: Any, return_inverse: bool, return_counts: bool) -> Any:
    values, inverse, counts = results
    chosen = (values, *((inverse,) if return_inverse else ()), *((counts,) if return_counts else ()))
    return values if len(chosen) == 1 else chosen


def unique(
    input: Any,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """The different elements, in order; if asked for, where each went and how often it stood.

    With `dim`, the different slices along it.
    """
    return _asked(_unique(input, dim, False), return_inverse, return_counts)


def unique_consecutive(
    input: Any, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None
) -> Any:
    """The elements, of equal neighbours only the first."""
    return _asked(_unique(input, dim, True), return_inverse, return_counts)


def _triangle(row: int, col: int, keep: Any) -> Any:
    pairs = [(r, c) for r in range(row) for c in range(col) if keep(r, c)]
    flat = [r for r, _ in pairs] + [c for _, c in pairs]
    return from_flat(flat, (2, len(pairs)), code_of(int64), False)


def tril_indices(row: int, col: int, offset: int = 0, **_: Any) -> Any:
    """Rows and columns of the elements of a lower triangle."""
    return _triangle(row, col, lambda r, c: c <= r + offset)


def triu_indices(row: int, col: int, offset: int = 0, **_: Any) -> Any:
    """Rows and columns of the elements of an upper triangle."""
    return _triangle(row, col, lambda r, c: c >= r + offset)


for _call in (unique, unique_consecutive, tril_indices, triu_indices):
    functions[_call.__name__] = _call
methods["unique"], methods["unique_consecutive"] = unique, unique_consecutive
