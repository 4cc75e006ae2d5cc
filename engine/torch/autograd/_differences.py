"""Jacobians computed twice: by finite differences, and by autograd."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from .._handles import TensorBase

type Tensors = tuple[Any, ...]
type Function = Callable[..., Any]


class GradcheckError(RuntimeError):
    """Raised by `gradcheck` and `gradgradcheck` where a check fails."""


def as_tuple(value: Any) -> Tensors:
    """Outputs or inputs as a tuple, whether there is one or several."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def is_float(value: Any) -> bool:
    """Can it have a derivative?"""
    return isinstance(value, TensorBase) and value.is_floating_point()


def differentiable(values: Any) -> Tensors:
    """The tensors that require grad."""
    return tuple(value for value in as_tuple(values) if value.requires_grad)


def checked_inputs(inputs: Tensors) -> list[tuple[int, Any]]:
    """The inputs that require grad, with their places."""
    return [
        (place, tensor)
        for place, tensor in enumerate(inputs)
        if isinstance(tensor, TensorBase) and tensor.requires_grad
    ]


# --- finite differences --------------------------------------------------------------------------


def numerical_jacobians(
    func: Function, inputs: Tensors, outputs: Tensors, eps: float
) -> list[Tensors]:
    """For each input a Jacobian of each floating output, one row an input element."""
    return [_by_elements(func, inputs, tensor, outputs, eps) for _, tensor in checked_inputs(inputs)]


def _by_elements(
    func: Function, inputs: Tensors, tensor: Any, outputs: Tensors, eps: float
) -> Tensors:
    memory = tensor.data  # changes to it go unnoticed
    floating = [output for output in outputs if is_float(output)]
    jacobians = tuple(o.new_zeros((tensor.numel(), o.numel())) for o in floating)
    for row, at in enumerate(_places(tensor)):
        slopes = central_difference(func, inputs, memory[at], eps, eps, at)
        for jacobian, slope in zip(jacobians, slopes):
            jacobian[row] = slope
    return jacobians


def _places(tensor: Any) -> Iterator[tuple[int, ...]]:
    return product(*(range(size) for size in tensor.shape))


def central_difference(
    func: Function, inputs: Tensors, entry: Any, step: Any, eps: float, at: Any = None
) -> Tensors:
    """(f(x + step) - f(x - step)) / 2 eps for each output, flat; `entry` is what moves."""
    original = entry.clone()
    entry.copy_(original - step)
    below = tuple(output.clone() for output in as_tuple(func(*inputs)))
    entry.copy_(original + step)
    above = tuple(output.clone() for output in as_tuple(func(*inputs)))
    entry.copy_(original)
    where = "" if at is None else f"on index {at} "
    for a, b in zip(below, above):
        for what in ("shape", "dtype"):
            first, second = getattr(a, what), getattr(b, what)
            if first != second:
                raise AssertionError(
                    f"Expected `func` to return outputs with the same {what} when inputs are "
                    f"perturbed {where}by {eps}, but got: {what}s {first} and {second}."
                )
    return tuple(((b - a) / (2 * eps)).detach().reshape(-1) for a, b in zip(below, above))


# --- reverse mode --------------------------------------------------------------------------------


def reverse_jacobians(
    inputs: Tensors, output: Any, nondet_tol: float, check_dtypes: bool, vector: Any = None
) -> Tensors:
    """For each input the Jacobian of one output, one column an output element.

    With a `vector` the one product with it. Everything is computed twice: it must be the same.
    """
    from ._gradcheck_texts import NOT_REENTRANT

    tensors = [tensor for _, tensor in checked_inputs(inputs)]
    first, same_sizes, same_dtypes = _joined(tensors, _rows(output, tensors, vector))
    second, _, _ = _joined(tensors, _rows(output, tensors, vector))
    # PyTorch takes the two the wrong way round.
    if not same_sizes and check_dtypes:
        raise GradcheckError("Gradient has dtype mismatch")
    if not same_dtypes:
        raise GradcheckError("Analytical gradient has incorrect size")
    for a, b in zip(first, second):
        if a.numel() and (a - b).abs().max() > nondet_tol:
            raise GradcheckError(
                "Backward is not reentrant, i.e., running backward with same input and "
                "grad_output multiple times gives different values, although analytical gradient "
                f"matches numerical gradient.The tolerance for nondeterminism was {nondet_tol}."
                + NOT_REENTRANT
            )
    return first


def _rows(output: Any, tensors: list[Any], vector: Any) -> list[list[Any]]:
    """For each seed the gradients of all inputs."""
    from .. import zeros_like
    from .._backward import grad

    if vector is not None:
        seeds: Iterator[Any] = iter([vector.reshape(output.shape)])
    else:
        base = zeros_like(output.clone())
        flat = base.view(-1)

        def units() -> Iterator[Any]:
            for at in range(flat.numel()):
                flat.zero_()
                flat[at] = 1.0
                yield base

        seeds = units()
    rows = []
    for seed in seeds:
        found = grad(output, tensors, seed, retain_graph=True, allow_unused=True)
        rows.append([None if one is None else one.clone() for one in found])
    return rows


def _joined(tensors: list[Any], rows: list[list[Any]]) -> tuple[Tensors, bool, bool]:
    jacobians = tuple(tensor.new_zeros((tensor.numel(), len(rows))) for tensor in tensors)
    same_sizes = same_dtypes = True
    for column, row in enumerate(rows):
        for jacobian, tensor, gradient in zip(jacobians, tensors, row):
            if gradient is None:
                continue
            if gradient.shape != tensor.shape:
                same_sizes = False
            elif gradient.dtype != tensor.dtype:
                same_dtypes = False
            if gradient.numel() != tensor.numel():
                raise AssertionError(
                    f"Expected out_jacobian column to have {gradient.numel()} elements, "
                    f"but got {tensor.numel()}"
                )
            jacobian[:, column] = gradient.reshape(-1)
    return jacobians, same_sizes, same_dtypes


# --- forward mode --------------------------------------------------------------------------------


def forward_jacobians(
    func: Function, inputs: Tensors, outputs: Tensors, vectors: list[Any] | None = None
) -> list[Tensors]:
    """For each input a Jacobian of each floating output, one row an input element.

    With `vectors`, one for each input, the products with them, flat.
    """
    from .. import zeros_like
    from .forward_ad import dual_level, make_dual, unpack_dual

    floating = [output for output in outputs if is_float(output)]
    found = []
    with dual_level():
        duals = list(inputs)
        tangents = []
        for place, tensor in checked_inputs(inputs):
            duals[place] = make_dual(tensor.detach(), zeros_like(tensor))
            tangents.append(unpack_dual(duals[place]).tangent)

        def products() -> list[Any]:
            results = [unpack_dual(o) for o in as_tuple(func(*duals)) if is_float(o)]
            return [
                zeros_like(output).reshape(-1) if tangent is None else tangent.reshape(-1)
                for output, (_, tangent) in zip(floating, results)
            ]

        for number, tangent in enumerate(tangents):
            if vectors is not None:
                tangent.copy_(vectors[number].view_as(tangent))
                found.append(tuple(product.detach().clone() for product in products()))
                tangent.zero_()
                continue
            jacobians = tuple(o.new_zeros((tangent.numel(), o.numel())) for o in floating)
            for row, at in enumerate(_places(tangent)):
                tangent[at] = 1.0
                for jacobian, column in zip(jacobians, products()):
                    jacobian[row].copy_(column)
                tangent[at] = 0.0
            found.append(jacobians)
    return found
