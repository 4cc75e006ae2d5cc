"""`torch.gradient`: slopes estimated from values, by finite differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._composed import functions
from ._dtype import uint8
from ._handles import TensorBase
from ._operation import function
from ._signature import parsed

_cat = function("cat")


@parsed(
    "gradient(Tensor input, *, Scalar? spacing=None, int? dim=None, int edge_order=1)",
    "gradient(Tensor input, *, Scalar spacing, int[] dim, int edge_order=1)",
    "gradient(Tensor input, *, int[] dim, int edge_order=1)",
    "gradient(Tensor input, *, Scalar[] spacing, int? dim=None, int edge_order=1)",
    "gradient(Tensor input, *, Scalar[] spacing, int[] dim, int edge_order=1)",
    "gradient(Tensor input, *, Tensor[] spacing, int? dim=None, int edge_order=1)",
    "gradient(Tensor input, *, Tensor[] spacing, int[] dim, int edge_order=1)",
)
def gradient(form: int, input: Any, *values: Any) -> tuple[Any, ...]:
    """gradient(input, *, spacing=1, dim=None, edge_order=1) -> tuple of Tensors: estimated slopes.

    `spacing` is the step of all dimensions or one for each, or for each the places themselves;
    at the edges the estimate is of the first or the second order.
    """
    spacing, dim, edge_order = (None, *values) if form == 2 else values
    dims = list(range(input.dim())) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    if isinstance(spacing, (tuple, list)):
        steps = list(spacing)
        _check_lengths(input, len(steps), None if dim is None else len(dims))
    else:
        steps = [1 if spacing is None else spacing] * len(dims)
    _check(input, dims, edge_order)
    slopes = [_by_places if isinstance(step, TensorBase) else _by_step for step in steps]
    return tuple(
        slope(input, step, input._dimension(d) % input.dim(), edge_order)
        for slope, step, d in zip(slopes, steps, dims)
    )


def _check_lengths(input: Any, steps: int, dims: int | None) -> None:
    if dims is None and steps != input.dim():
        raise RuntimeError(
            "torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal "
            f"to 'self.dim() = {input.dim()}', since dim argument was not given, but got a list of "
            f"length {steps}"
        )
    if dims is not None and steps != dims:
        raise RuntimeError(
            "torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim "
            f"arguments to have the same length, but got a spacing argument of length {steps} and a "
            f"dim argument of length {dims}."
        )


def _check(input: Any, dims: Sequence[int], edge_order: int) -> None:
    if input.dtype is uint8:
        raise RuntimeError("torch.gradient does not support uint8 input.")
    if edge_order not in (1, 2):
        raise RuntimeError("torch.gradient only supports edge_order=1 and edge_order=2.")
    places = [input._dimension(d) % max(input.dim(), 1) for d in dims]
    for place in places:
        if places.count(place) > 1:
            raise RuntimeError(f"dim {place} appears multiple times in the list of dims")
    if any(input.shape[place] < edge_order + 1 for place in places):
        raise RuntimeError("torch.gradient expected each dimension size to be at least edge_order+1")


def _slices(input: Any, dim: int) -> Any:
    """Slices of `input` along `dim`, as `part[1:-1]` names them for a vector."""

    class Slices:
        def __getitem__(self, part: slice) -> Any:
            return input[(slice(None),) * dim + (part,)]

    return Slices()


def _by_step(input: Any, step: float, dim: int, edge_order: int) -> Any:
    part = _slices(input, dim)
    centre = (part[2:] - part[:-2]) / step
    if edge_order == 1:
        first, last = (part[1:2] - part[:1]) / step, (part[-1:] - part[-2:-1]) / step
    else:
        first = (-1.5 * part[:1] + 2 * part[1:2] - 0.5 * part[2:3]) / step
        last = (0.5 * part[-3:-2] - 2 * part[-2:-1] + 1.5 * part[-1:]) / step
    return _cat([first, centre / 2, last], dim)


def _by_places(input: Any, places: Any, dim: int, edge_order: int) -> Any:
    if places.dim() != 1:
        raise RuntimeError(
            "torch.gradient expected each element of spacing to have one dimension, but got an "
            f"element with {places.dim()} dimensions!"
        )
    part = _slices(input, dim)
    shape = [-1 if d == dim else 1 for d in range(input.dim())]
    steps = places.diff()
    before, after = steps[:-1], steps[1:]
    # The parabola through three neighbours, differentiated at the one in the middle.
    a = (-after / (before * (before + after))).reshape(shape)
    b = ((after - before) / (before * after)).reshape(shape)
    c = (before / (after * (before + after))).reshape(shape)
    centre = a * part[:-2] + b * part[1:-1] + c * part[2:]
    if edge_order == 1:
        first, last = (part[1:2] - part[:1]) / steps[0], (part[-1:] - part[-2:-1]) / steps[-1]
        return _cat([first, centre, last], dim)
    h, k = before[0], after[0]
    first = -(2.0 * h + k) / (h * (h + k)) * part[:1] + (h + k) / (h * k) * part[1:2]
    first = first + -h / (k * (h + k)) * part[2:3]
    h, k = before[-1], after[-1]
    last = k / (h * (h + k)) * part[-3:-2] + -(k + h) / (h * k) * part[-2:-1]
    last = last + (2.0 * k + h) / (k * (h + k)) * part[-1:]
    return _cat([first, centre, last], dim)


functions["gradient"] = gradient
