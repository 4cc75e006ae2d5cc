"""Windows: weights that fade towards the ends, to look at a piece of a signal through."""

from __future__ import annotations

from collections.abc import Callable
from math import pi
from typing import Any

from ._composed import functions
from ._dtype import default_dtype
from ._factories import Parser, arange, empty, finish, ones
from ._parameter import number

_TAIL = "OPTIONS"


def _window(
    *signatures: str,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a public function of one that computes a window over the places of its elements."""
    parser = Parser(*(f"{signature}, *, {_TAIL})" for signature in signatures))

    def decorate(shape: Callable[..., Any]) -> Callable[..., Any]:
        name = signatures[0].partition("(")[0]

        def make(*args: Any, **kwargs: Any) -> Any:
            values = parser(args, kwargs)
            length = int(values["window_length"])
            dtype = values["dtype"] or default_dtype()
            if not dtype.is_floating_point:
                raise RuntimeError(
                    f"{name} expects floating point dtypes, got: {dtype!r}".replace("torch.", "")
                )
            if length < 0:
                raise RuntimeError(f"{name} requires non-negative window_length, got window_length={length}")
            if length < 2:
                made = ones(length, dtype=dtype) if length else empty(0, dtype=dtype)
                return finish(made, values)
            periodic = values.get("periodic", True)
            count = length + 1 if periodic else length
            options = [number(values[key]) for key in ("alpha", "beta") if key in values]
            window = shape(arange(count, dtype=dtype), count, *options)
            return finish(window.narrow(0, 0, length).clone(), values)

        make.__name__ = make.__qualname__ = name
        make.__doc__ = shape.__doc__
        functions[name] = make
        return make

    return decorate


@_window("hann_window(int window_length", "hann_window(int window_length, bool periodic")
def hann(place: Any, count: int) -> Any:
    """hann_window(length, periodic=True) -> Tensor: 0.5 - 0.5 cos, from 0 to 1 and back."""
    return hamming(place, count, 0.5, 0.5)


def hamming(place: Any, count: int, alpha: float = 0.54, beta: float = 0.46) -> Any:
    """hamming_window(length, periodic=True, alpha=0.54, beta=0.46) -> Tensor: alpha - beta cos."""
    return place.mul_(2 * pi / (count - 1)).cos_().mul_(-beta).add_(alpha)


_window(
    "hamming_window(int window_length",
    "hamming_window(int window_length, bool periodic",
    "hamming_window(int window_length, bool periodic, float alpha",
    "hamming_window(int window_length, bool periodic, float alpha, float beta",
)(hamming)


@_window("bartlett_window(int window_length", "bartlett_window(int window_length, bool periodic")
def bartlett(place: Any, count: int) -> Any:
    """bartlett_window(length, periodic=True) -> Tensor: a triangle."""
    window = place.mul_(2 / (count - 1))
    first = ((count - 1) >> 1) + 1
    window.narrow(0, first, count - first).mul_(-1).add_(2)
    return window


@_window("blackman_window(int window_length", "blackman_window(int window_length, bool periodic")
def blackman(place: Any, count: int) -> Any:
    """blackman_window(length, periodic=True) -> Tensor: 0.42 - 0.5 cos + 0.08 cos."""
    angle = place.mul_(pi / (count - 1))
    return angle.mul(4).cos_().mul_(0.08) - angle.mul(2).cos_().mul_(0.5) + 0.42


@_window(
    "kaiser_window(int window_length",
    "kaiser_window(int window_length, bool periodic",
    "kaiser_window(int window_length, bool periodic, float beta",
)
def kaiser(place: Any, count: int, beta: float = 12.0) -> Any:
    """kaiser_window(length, periodic=True, beta=12.0) -> Tensor: by the Bessel function I0."""
    across = place.mul(2 / (count - 1)) - 1
    return (beta * (1 - across.square()).clamp_(min=0).sqrt_()).i0_() / place.new_full((), beta).i0()
