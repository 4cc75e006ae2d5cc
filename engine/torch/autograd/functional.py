"""Whole derivatives of functions: `jacobian`, `hessian`, and their products with vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._grad_mode import enable_grad
from ._functional_parts import (
    NOT_STRICT,
    Tensors,
    as_tuple,
    evaluate,
    finish,
    gradients,
    jacobian_message,
    prepare,
    require_graph,
    single,
    unpack,
)
from ._vector_products import hvp, jvp, vhp, vjp
from .forward_ad import dual_level, make_dual, unpack_dual

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]

_STRATEGIES = ("forward-mode", "reverse-mode")
_WHICH_STRATEGY = 'Expected strategy to be either "forward-mode" or "reverse-mode".'


def jacobian(
    func: Callable[..., Any],
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """All partial derivatives of `func` at `inputs`.

    For one input and one output a tensor of shape `(*output.shape, *input.shape)`, row by row: one
    backward for each element of the output. With `vectorize` all rows are computed at once, and
    with the strategy "forward-mode" all columns. For tuples, a tuple for each output of a tensor
    for each input.
    """
    if strategy not in _STRATEGIES:
        raise AssertionError(
            f'{_WHICH_STRATEGY} Hint: If your function has more outputs than inputs, "forward-mode" '
            'tends to be more performant. Otherwise, prefer to use "reverse-mode".'
        )
    if strategy == "forward-mode":
        if create_graph:
            raise NotImplementedError(_not_together("create_graph=True", "create_graph=False"))
        return _by_columns(func, inputs, strict, vectorize)
    with enable_grad():
        is_tuple, given = as_tuple(inputs, "inputs", "jacobian")
        points = prepare(given, create_graph)
        out_tuple, outputs = evaluate(func, points, "jacobian", strict)
        if vectorize:
            if strict:
                raise RuntimeError(
                    "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are "
                    "not supported together. Please either set `strict=False` or "
                    "`vectorize=False`."
                )
            blocks = _all_rows(outputs, points, create_graph)
        else:
            blocks = tuple(
                _row_by_row(number, output, points, create_graph, strict)
                for number, output in enumerate(outputs)
            )
    blocks = finish(blocks, create_graph)
    return unpack(tuple(unpack(block, is_tuple) for block in blocks), out_tuple)


def _not_together(one: str, instead: str) -> str:
    return (
        f'torch.autograd.functional.jacobian: `{one}` and `strategy="forward-mode"` are not '
        f"supported together (yet). Please either set `{instead}` or "
        '`strategy="reverse-mode"`.'
    )


def _row_by_row(
    number: int, output: Any, inputs: Tensors, create_graph: bool, strict: bool
) -> Tensors:
    """The Jacobian of one output with respect to each input."""
    from .. import stack

    rows = []
    for at in range(output.numel()):
        root = (output.reshape(-1)[at],)
        found = gradients(root, inputs, None, create_graph, retain_graph=True)
        rows.append(_checked(number, found, inputs, create_graph, strict))
    columns = zip(*rows) if rows else [()] * len(inputs)
    return tuple(
        stack(list(column), 0).view((*output.shape, *tensor.shape))
        for column, tensor in zip(columns, inputs)
    )


def _checked(
    number: int, found: Tensors, inputs: Tensors, create_graph: bool, strict: bool
) -> Tensors:
    from .. import zeros_like

    for position, gradient in enumerate(found):
        if not strict:
            break
        if gradient is None:
            raise RuntimeError(
                f"Output {number} of the user-provided function is independent of input "
                f"{position}. {NOT_STRICT}."
            )
        if create_graph and not gradient.requires_grad:
            raise RuntimeError(
                "The jacobian of the user-provided function is independent of input "
                f"{number}. {NOT_STRICT} when create_graph=True."
            )
    return tuple(
        zeros_like(tensor) if gradient is None else gradient
        for gradient, tensor in zip(found, inputs)
    )


def _all_rows(outputs: Tensors, inputs: Tensors, create_graph: bool) -> tuple[Tensors, ...]:
    """The same with one batched backward for all elements of all outputs."""
    from .. import zeros_like

    sizes = [output.numel() for output in outputs]
    flat = tuple(output.reshape(-1) for output in outputs)
    found = gradients(flat, inputs, _basis(outputs), create_graph, is_grads_batched=True)
    columns = [
        (
            zeros_like(tensor).expand((sum(sizes), *tensor.shape))
            if gradient is None
            else gradient
        ).split(sizes, 0)
        for gradient, tensor in zip(found, inputs)
    ]
    return tuple(
        tuple(
            column[number].view((*output.shape, *tensor.shape))
            for column, tensor in zip(columns, inputs)
        )
        for number, output in enumerate(outputs)
    )


def _basis(tensors: Tensors) -> list[Any]:
    """The rows of an identity matrix, split among the tensors."""
    total = sum(tensor.numel() for tensor in tensors)
    parts = []
    column = 0
    for tensor in tensors:
        part = tensor.new_zeros(total, tensor.numel())
        part.diagonal(-column).fill_(1)
        parts.append(part)
        column += tensor.numel()
    return parts


def _by_columns(func: Callable[..., Any], inputs: Any, strict: bool, vectorize: bool) -> Any:
    """The Jacobian in forward mode: all columns at once."""
    from .. import zeros_like
    from ..func import vmap

    if strict:
        raise RuntimeError(_not_together("strict=True", "strict=False"))
    is_tuple, points = as_tuple(inputs, "inputs", "jacobian")
    if not vectorize:
        raise NotImplementedError(
            "Computing Jacobian using forward-AD or forward-over-reverse Hessian is"
            "only implemented for `vectorize=True`."
        )
    shapes: list[Any] = []

    def push(*directions: Any) -> Tensors:
        with dual_level():
            duals = [make_dual(p, d.view_as(p)) for p, d in zip(points, directions)]
            out_tuple, results = as_tuple(func(*duals), "outputs", "None")
            outputs = [unpack_dual(result) for result in results]
            shapes[:] = [out_tuple, [primal.shape for primal, _ in outputs]]
            return tuple(
                zeros_like(primal) if tangent is None else tangent for primal, tangent in outputs
            )

    batches = vmap(push)(*_basis(points))
    out_tuple, out_shapes = shapes
    sizes = [point.numel() for point in points]
    blocks = tuple(
        tuple(
            part.permute(*range(1, part.ndim), 0).reshape((*shape, *point.shape))
            for part, point in zip(batch.split(sizes, 0), points)
        )
        for batch, shape in zip(batches, out_shapes)
    )
    return unpack(tuple(unpack(block, is_tuple) for block in blocks), out_tuple)


def hessian(
    func: Callable[..., Any],
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """All second partial derivatives of a `func` that gives a single number."""
    from ..func import grad as slopes

    is_tuple, given = as_tuple(inputs, "inputs", "hessian")
    if outer_jacobian_strategy not in _STRATEGIES:
        raise AssertionError(_WHICH_STRATEGY)

    def value(*points: Any) -> Any:
        out_tuple, outputs = evaluate(func, points, "hessian", strict)
        return single(outputs, out_tuple, "hessian").squeeze()

    if outer_jacobian_strategy == "forward-mode":
        given = prepare(given, False)

    def gradient(*points: Any) -> Any:
        if outer_jacobian_strategy == "forward-mode":
            return slopes(value, tuple(range(len(points))))(*points)
        found = jacobian(value, points, create_graph=True)
        if strict:
            require_graph(found, jacobian_message)
        return found

    result = jacobian(
        gradient, given, create_graph, strict, vectorize, strategy=outer_jacobian_strategy
    )
    return result if is_tuple else result[0][0]
