"""Operations that count elements, as far as they are put together from others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._composed import both, functions, methods
from ._conversion import from_flat
from ._dtype import by_code, code_of, int32, int64, scalar_names
from ._factories import Parser
from ._operation import function
from ._signature import parsed

_unique, _unique_dim = function("__unique2"), function("_unique_dim")
_unique_consecutive = function("_unique_consecutive")


@both
@parsed(
    "count_nonzero(Tensor input, int? dim=None)",
    "count_nonzero(Tensor input, int[] dim)",
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
    found = _unique(input, None) if dim is None else _unique_dim(input, dim)
    return _asked(found, return_inverse, return_counts)


def unique_consecutive(
    input: Any, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None
) -> Any:
    """The elements, of equal neighbours only the first."""
    return _asked(_unique_consecutive(input, dim), return_inverse, return_counts)


def _triangle_of(name: str, keep: Callable[[int, int], bool], doc: str) -> Callable[..., Any]:
    parser = Parser(f"{name}(int row, int col, int offset=0, *, OPTIONS)")

    def make(*args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        rows, columns, offset = (int(values[key]) for key in ("row", "col", "offset"))
        for side, length in (("row", rows), ("col", columns)):
            if length < 0:
                raise RuntimeError(f"{side} must be non-negative, got{length}")
        target = values["dtype"] or int64
        if target not in (int32, int64):
            kind = scalar_names[by_code[code_of(target)]]
            raise NotImplementedError(f"\"{name}\" not implemented for '{kind}'")
        pairs = [(r, c) for r in range(rows) for c in range(columns) if keep(c - r, offset)]
        flat = [r for r, _ in pairs] + [c for _, c in pairs]
        return from_flat(flat, (2, len(pairs)), code_of(target), False)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = doc
    return make


tril_indices = _triangle_of(
    "tril_indices",
    lambda distance, offset: distance <= offset,
    "Rows and columns of the elements of a lower triangle.",
)
triu_indices = _triangle_of(
    "triu_indices",
    lambda distance, offset: distance >= offset,
    "Rows and columns of the elements of an upper triangle.",
)


for _call in (unique, unique_consecutive, tril_indices, triu_indices):
    functions[_call.__name__] = _call
methods["unique"], methods["unique_consecutive"] = unique, unique_consecutive
