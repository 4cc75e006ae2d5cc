"""Compares analytical gradients with finite differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .. import _C
from .._handles import TensorBase

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


class GradcheckError(RuntimeError):
    """An analytical gradient differs from the numerical one."""


def _tuple_of(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, TensorBase) else tuple(value)


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    **_: Any,
) -> bool:
    """Are the gradients of `func` at `inputs` what finite differences say?

    Inputs that require grad should be float64. Raises GradcheckError, or gives False with
    `raise_exception=False`, where an entry of a Jacobian differs.
    """
    try:
        _check(func, _tuple_of(inputs), eps, atol, rtol)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def _check(
    func: Callable[..., Any], inputs: tuple[Any, ...], eps: float, atol: float, rtol: float
) -> None:
    from .. import allclose, float64, stack, zeros_like

    checked = [t for t in inputs if isinstance(t, TensorBase) and t.requires_grad]
    if not checked:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of them have requires_grad=True."
        )
    for position, tensor in enumerate(inputs):
        wide = isinstance(tensor, TensorBase) and tensor.dtype is not float64
        if wide and tensor.requires_grad:
            _C.warn(
                f"Input #{position} requires gradient and is not a double precision floating "
                "point or complex. This check will likely fail if all the inputs are not of "
                "double precision floating point or complex. "
            )
    outputs = [o for o in _tuple_of(func(*inputs)) if o.requires_grad]
    for number, output in enumerate(outputs):
        analytical = _analytical(output, checked)
        for position, tensor in enumerate(checked):
            numerical = (
                stack(
                    [
                        _difference(func, inputs, tensor, at, eps, number)
                        for at in range(tensor.numel())
                    ]
                )
                if tensor.numel()
                else zeros_like(analytical[position])
            )
            if not allclose(analytical[position], numerical, rtol, atol):
                raise GradcheckError(
                    f"Jacobian mismatch for output {number} with respect to input {position},\n"
                    f"numerical:{numerical}\nanalytical:{analytical[position]}\n"
                )


def _analytical(output: Any, inputs: Sequence[Any]) -> list[Any]:
    """For each input the Jacobian, one row an input element."""
    from .. import stack, zeros_like
    from . import grad

    rows = []
    for at in range(output.numel()):
        seed = zeros_like(output).reshape(-1)
        seed[at] = 1
        found = grad(
            output,
            inputs,
            seed.reshape(output.shape),
            retain_graph=True,
            allow_unused=True,
            materialize_grads=True,
        )
        rows.append([gradient.reshape(-1) for gradient in found])
    return [stack(list(column), 1) for column in zip(*rows)]


def _difference(
    func: Callable[..., Any], inputs: tuple[Any, ...], tensor: Any, at: int, eps: float, number: int
) -> Any:
    """The central difference of output `number` along element `at` of `tensor`."""
    from .. import no_grad

    values = []
    for step in (eps, -eps):
        moved = tensor.detach().clone().reshape(-1)
        moved[at] += step
        moved = moved.reshape(tensor.shape).requires_grad_()
        arguments = tuple(moved if one is tensor else one for one in inputs)
        with no_grad():
            outputs = [o for o in _tuple_of(func(*arguments)) if o.is_floating_point()]
        values.append(outputs[number].detach().reshape(-1))
    return (values[0] - values[1]) / (2 * eps)


def gradgradcheck(
    func: Callable[..., Any], inputs: Any, grad_outputs: Any = None, **options: Any
) -> bool:
    """Are the second derivatives of `func` right too? Checks the gradient as a function."""
    from .. import linspace
    from . import grad

    given = _tuple_of(inputs)
    checked = [t for t in given if isinstance(t, TensorBase) and t.requires_grad]
    outputs = _tuple_of(func(*given))
    if grad_outputs is None:
        seeds: list[Any] = [
            linspace(0.5, 1.5, o.numel(), dtype=o.dtype).reshape(o.shape).requires_grad_()
            for o in outputs
        ]
    else:
        seeds = list(_tuple_of(grad_outputs))

    def gradient(*arguments: Any) -> Any:
        values, vectors = arguments[: len(given)], arguments[len(given) :]
        results = _tuple_of(func(*values))
        sources = [v for v, original in zip(values, given) if any(original is c for c in checked)]
        found = grad(
            results, sources, vectors, create_graph=True, allow_unused=True, materialize_grads=True
        )
        return tuple(found)

    return gradcheck(gradient, (*given, *seeds), **options)
