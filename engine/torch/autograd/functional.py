"""Whole derivatives of functions: `jacobian`, `hessian`, and their products with vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .._backward import grad
from .._grad_mode import enable_grad
from .._handles import TensorBase

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]

type Tensors = tuple[Any, ...]


def _as_tuple(value: Any, what: str, function: str) -> tuple[bool, Tensors]:
    """Was it a tuple, and the value as one. Raises TypeError unless it holds tensors alone."""
    is_tuple = isinstance(value, tuple)
    values = value if is_tuple else (value,)
    for position, entry in enumerate(values):
        if not isinstance(entry, TensorBase):
            found = f"value at index {position}" if is_tuple else f"given {what}"
            raise TypeError(
                f"The {what} given to {function} must be either a Tensor or a tuple of Tensors "
                f"but the {found} has type {type(entry)}."
            )
    return is_tuple, values


def _prepare(inputs: Tensors, create_graph: bool) -> Tensors:
    """New tensors in the place of the inputs, so that the function's own captures stay apart."""
    return tuple(
        tensor.view_as(tensor)
        if create_graph and tensor.requires_grad
        else tensor.detach().requires_grad_()
        for tensor in inputs
    )


def _evaluate(func: Callable[..., Any], inputs: Tensors, function: str, strict: bool) -> Any:
    what = "outputs of the user-provided function"
    is_tuple, outputs = _as_tuple(func(*inputs), what, function)
    if strict:
        for position, output in enumerate(outputs):
            if not output.requires_grad:
                raise RuntimeError(
                    f"Output {position} of the user-provided function does not require gradients. "
                    "The outputs must be computed in a differentiable manner from the input when "
                    "running in strict mode."
                )
    return is_tuple, outputs


def _gradients(
    outputs: Sequence[Any], inputs: Tensors, vectors: Sequence[Any], create_graph: bool
) -> Tensors:
    """Gradients where there are any, None elsewhere."""
    pairs = [(o, v) for o, v in zip(outputs, vectors) if o is not None and o.requires_grad]
    if not pairs:
        return (None,) * len(inputs)
    roots, seeds = zip(*pairs)
    return grad(
        roots, inputs, seeds, retain_graph=True, create_graph=create_graph, allow_unused=True
    )


def _fill(found: Tensors, like: Tensors, strict: bool, what: str = "output") -> Tensors:
    filled = []
    for position, (gradient, reference) in enumerate(zip(found, like)):
        if gradient is None:
            if strict:
                raise RuntimeError(
                    f"The {what} of the user-provided function is independent of "
                    f"input {position}. This is not allowed in strict mode."
                )
            gradient = reference.new_zeros(reference.shape)
        filled.append(gradient)
    return tuple(filled)


def _finish(result: Any, create_graph: bool) -> Any:
    if isinstance(result, tuple):
        return tuple(_finish(entry, create_graph) for entry in result)
    return result if create_graph else result.detach()


def _unpack(values: Tensors, is_tuple: bool) -> Any:
    return values if is_tuple else values[0]


def _check_vector(vector: Any, like: Tensors, is_tuple: bool, function: str) -> Tensors:
    _, vectors = _as_tuple(vector, "v", function)
    if len(vectors) != len(like):
        if is_tuple:
            raise RuntimeError(
                f"v is a tuple of invalid length: should be {len(like)} but got {len(vectors)}."
            )
        raise RuntimeError("The given v should contain a single Tensor.")
    for position, (entry, reference) in enumerate(zip(vectors, like)):
        if entry.shape != reference.shape:
            where = f"Entry {position} in " if is_tuple else ""
            raise RuntimeError(
                f"{where}v has invalid size: should be {reference.shape} but got {entry.shape}."
            )
    return vectors


def vjp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product vᵀJ of a vector with its Jacobian: one backward.

    `v` has the shape of the output; it may be left out where that is a single number.
    """
    with enable_grad():
        is_tuple, given = _as_tuple(inputs, "inputs", "vjp")
        points = _prepare(given, create_graph)
        out_tuple, outputs = _evaluate(func, points, "vjp", strict)
        if v is None:
            if len(outputs) != 1 or outputs[0].numel() != 1:
                raise RuntimeError(
                    "The vector v can only be None if the user-provided function returns a single "
                    "Tensor with a single element."
                )
            vectors: Tensors = (outputs[0].new_ones(outputs[0].shape),)
        else:
            vectors = _check_vector(v, outputs, out_tuple, "vjp")
        found = _gradients(outputs, points, vectors, create_graph)
        products = _fill(found, points, strict)
    return (
        _unpack(_finish(outputs, create_graph), out_tuple),
        _unpack(_finish(products, create_graph), is_tuple),
    )


def jvp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product Jv of its Jacobian with a vector.

    Computed by two backwards: uᵀJ is linear in u, and its derivative with respect to u is J.
    """
    with enable_grad():
        is_tuple, given = _as_tuple(inputs, "inputs", "jvp")
        points = _prepare(given, create_graph)
        if v is None:
            if len(points) != 1 or points[0].numel() != 1:
                raise RuntimeError(
                    "The vector v can only be None if the input to the user-provided function is "
                    "a single Tensor with a single element."
                )
            vectors: Tensors = (points[0].new_ones(points[0].shape),)
        else:
            vectors = _check_vector(v, points, is_tuple, "jvp")
        out_tuple, outputs = _evaluate(func, points, "jvp", strict)
        probes = tuple(o.new_zeros(o.shape).requires_grad_() for o in outputs)
        rows = _fill(_gradients(outputs, points, probes, True), points, strict)
        products = _fill(_gradients(rows, probes, vectors, create_graph), outputs, strict)
    return (
        _unpack(_finish(outputs, create_graph), out_tuple),
        _unpack(_finish(products, create_graph), out_tuple),
    )


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
    backward for each element of the output. For tuples, a tuple for each output of a tensor for
    each input.
    """
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your '
            'function has more outputs than inputs, "forward-mode" tends to be more performant. '
            'Otherwise, prefer to use "reverse-mode".'
        )
    with enable_grad():
        is_tuple, given = _as_tuple(inputs, "inputs", "jacobian")
        points = _prepare(given, create_graph)
        out_tuple, outputs = _evaluate(func, points, "jacobian", strict)
        blocks = tuple(_rows(output, points, create_graph, strict) for output in outputs)
    blocks = _finish(blocks, create_graph)
    per_output = tuple(_unpack(block, is_tuple) for block in blocks)
    return _unpack(per_output, out_tuple)


def _rows(output: Any, inputs: Tensors, create_graph: bool, strict: bool) -> Tensors:
    """The Jacobian of one output with respect to each input."""
    from .. import stack

    flat = output.reshape(-1)
    rows = []
    for at in range(output.numel()):
        seed = flat[at].new_ones(())
        found = _gradients((flat[at],), inputs, (seed,), create_graph)
        rows.append(_fill(found, inputs, strict))
    if not rows:
        return tuple(output.new_zeros((*output.shape, *i.shape)) for i in inputs)
    columns = zip(*rows)
    return tuple(
        stack(list(column), 0).view((*output.shape, *tensor.shape))
        for column, tensor in zip(columns, inputs)
    )


def hessian(
    func: Callable[..., Any],
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """All second partial derivatives of a `func` that gives a single number."""
    is_tuple, given = _as_tuple(inputs, "inputs", "hessian")

    def gradient(*points: Any) -> Any:
        output = _single(func(*points), "hessian")
        if strict and not output.requires_grad:
            _evaluate(lambda: output, (), "jacobian", True)
        found = _gradients((output,), points, (output.new_ones(output.shape),), True)
        return _fill(found, points, strict)

    result = jacobian(gradient, given, create_graph, strict)
    return result if is_tuple else result[0][0]


def _single(output: Any, function: str) -> Any:
    is_tuple, outputs = _as_tuple(output, "outputs of the user-provided function", function)
    if is_tuple or not isinstance(output, TensorBase):
        raise RuntimeError(f"The function given to {function} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {function} should contain a "
            "single element"
        )
    return outputs[0].squeeze()


def vhp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product vᵀH of a vector with its Hessian."""
    return _hessian_product(func, inputs, v, create_graph, strict, "vhp")


def hvp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product Hv of its Hessian with a vector."""
    return _hessian_product(func, inputs, v, create_graph, strict, "hvp")


def _hessian_product(
    func: Callable[..., Any], inputs: Any, v: Any, create_graph: bool, strict: bool, name: str
) -> tuple[Any, Any]:
    # H is symmetric, so that vᵀH and Hv are the same: the gradient of (gradient · v).
    with enable_grad():
        is_tuple, given = _as_tuple(inputs, "inputs", name)
        points = _prepare(given, create_graph)
        if v is None:
            if len(points) != 1 or points[0].numel() != 1:
                raise RuntimeError(
                    "The vector v can only be None if the input to the user-provided function is "
                    "a single Tensor with a single element."
                )
            vectors: Tensors = (points[0].new_ones(points[0].shape),)
        else:
            vectors = _check_vector(v, points, is_tuple, name)
        output = _single(func(*points), name)
        first = _fill(
            _gradients((output,), points, (output.new_ones(output.shape),), True), points, strict
        )
        products = _fill(_gradients(first, points, vectors, create_graph), points, strict)
    return _finish(output, create_graph), _unpack(_finish(products, create_graph), is_tuple)
