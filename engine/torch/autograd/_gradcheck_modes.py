"""The two ways in which gradcheck compares: whole Jacobians, or products with random vectors."""

from __future__ import annotations

from typing import Any, NamedTuple

from ._differences import (
    Function,
    GradcheckError,
    Tensors,
    as_tuple,
    central_difference,
    checked_inputs,
    forward_jacobians,
    is_float,
    numerical_jacobians,
    reverse_jacobians,
)
from ._gradcheck_texts import FAST_ONLY, in_slow_mode, mismatch


class Tolerances(NamedTuple):
    """How large the steps are, and how close the results must come."""

    eps: float
    rtol: float
    atol: float
    nondet: float
    check_dtypes: bool


def _close(a: Any, b: Any, rtol: float, atol: float) -> bool:
    from .. import allclose, promote_types

    common = promote_types(a.dtype, b.dtype)
    return allclose(a.to(common), b.to(common), rtol, atol)


def _expect_zero(is_zero: bool) -> None:
    if not is_zero:
        raise GradcheckError("Numerical gradient for function expected to be zero")


def slow(
    func: Function,
    results: Any,
    inputs: Tensors,
    outputs: Tensors,
    tolerances: Tolerances,
    forward_ad: bool,
) -> None:
    """Compare every entry of every Jacobian."""
    results = as_tuple(results)
    by_input = numerical_jacobians(func, inputs, results, tolerances.eps)
    if not outputs:
        for jacobian in (one for row in by_input for one in row):
            _expect_zero(not (jacobian != 0).any())
        return
    numerical = [
        column for result, column in zip(results, zip(*by_input)) if result.requires_grad
    ]
    if forward_ad:
        forward = forward_jacobians(func, inputs, results)
        for number, expected in enumerate(numerical):
            _compare(number, [row[number] for row in forward], expected, tolerances, True)
        return
    for number, output in enumerate(outputs):
        found = reverse_jacobians(inputs, output, tolerances.nondet, tolerances.check_dtypes)
        _compare(number, found, numerical[number], tolerances, False)


def _compare(
    number: int, analytical: Any, numerical: Any, tolerances: Tolerances, forward_ad: bool
) -> None:
    for place, (a, n) in enumerate(zip(analytical, numerical)):
        if not _close(a, n, tolerances.rtol, tolerances.atol):
            raise GradcheckError(mismatch(number, place, n, a, forward_ad))


def fast(
    func: Function,
    results: Any,
    inputs: Tensors,
    outputs: Tensors,
    tolerances: Tolerances,
    forward_ad: bool,
) -> None:
    """Compare vᵀ J u for one random v an output and one random u an input."""
    results = as_tuple(results)
    tensors = [tensor for _, tensor in checked_inputs(inputs)]
    directions, seeds = random_vectors(tensors, () if forward_ad else outputs)
    numerical = []
    for tensor, direction in zip(tensors, directions):
        step = direction.reshape(tensor.shape) * tolerances.eps
        slopes = central_difference(func, inputs, tensor.data, step, tolerances.eps)
        kept = [slope for slope, result in zip(slopes, results) if is_float(result)]
        if not forward_ad:
            kept = [(seed * slope).sum() for seed, slope in zip(seeds, kept)]
        numerical.append(kept)
    if forward_ad:
        analytical: Any = forward_jacobians(func, inputs, results, directions)
    else:
        if not outputs:
            _check_no_outputs(func, inputs, tensors, directions, tolerances)
        analytical = zip(*(
            _products(inputs, output, seed, directions, tolerances)
            for output, seed in zip(outputs, seeds)
        ))
    for place, (found, expected) in enumerate(zip(analytical, numerical)):
        for number, (a, n) in enumerate(zip(found, expected)):
            scale = float(directions[place].sum())
            scale *= 1.0 if forward_ad else float(seeds[number].sum())
            if not _close(a, n, tolerances.rtol, tolerances.atol * scale):
                text = mismatch(number, place, n, a, forward_ad)
                slowly = _slowly(func, inputs, outputs, place, number, tolerances, forward_ad)
                raise GradcheckError(text + slowly)


def random_vectors(tensors: list[Any], outputs: Tensors) -> tuple[list[Any], list[Any]]:
    """Vectors of length 1 for inputs and outputs; the user's random numbers are left alone."""
    from .. import Generator, rand

    generator = Generator()

    def vector(like: Any) -> Any:
        drawn = rand(like.numel(), generator=generator).to(like.dtype)
        return drawn.div_(drawn.norm())

    return [vector(tensor) for tensor in tensors], [vector(output) for output in outputs]


def _products(
    inputs: Tensors, output: Any, seed: Any, directions: list[Any], tolerances: Tolerances
) -> list[Any]:
    columns = reverse_jacobians(inputs, output, tolerances.nondet, tolerances.check_dtypes, seed)
    return [column.T.squeeze(0).dot(u) for column, u in zip(columns, directions)]


def _check_no_outputs(
    func: Function,
    inputs: Tensors,
    tensors: list[Any],
    directions: list[Any],
    tolerances: Tolerances,
) -> None:
    for tensor, direction in zip(tensors, directions):
        step = direction.reshape(tensor.shape) * tolerances.eps
        for slope in central_difference(func, inputs, tensor.data, step, tolerances.eps):
            _expect_zero(not slope.numel() or not slope.abs().max() > tolerances.nondet)


def _slowly(
    func: Function,
    inputs: Tensors,
    outputs: Tensors,
    place: int,
    number: int,
    tolerances: Tolerances,
    forward_ad: bool,
) -> str:
    from .. import allclose

    numerical = numerical_jacobians(func, inputs, outputs, tolerances.eps)[place][number]
    if forward_ad:
        at = checked_inputs(inputs)[place][0]

        def one(tensor: Any) -> Any:
            return as_tuple(func(*inputs[:at], tensor, *inputs[at + 1 :]))[number]

        analytical = forward_jacobians(one, (inputs[at],), (outputs[number],))[0][0]
    else:
        analytical = reverse_jacobians(inputs, outputs[number], float("inf"), False)[place]
    text = in_slow_mode(numerical, analytical, (numerical - analytical).abs().max())
    passes = allclose(analytical, numerical, tolerances.rtol, tolerances.atol)
    return text + FAST_ONLY if passes else text
