"""Products of Jacobians and Hessians with vectors: `vjp`, `jvp`, `vhp`, `hvp`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._grad_mode import enable_grad
from ._functional_parts import (
    NOT_STRICT,
    Missing,
    as_tuple,
    evaluate,
    finish,
    gradients,
    hessian_message,
    jacobian_message,
    last_gradients,
    prepare,
    require_graph,
    single,
    unpack,
    vector_for,
)

_BACKWARD = Missing(
    lambda i: (
        f"The output of the user-provided function is independent of input {i}. {NOT_STRICT}."
    ),
    "jacobian",
)
_BACKWARD_TRICK = Missing(
    lambda i: (
        f"The gradient with respect to the input is independent of entry {i} in the grad_outputs "
        "when using the double backward trick to compute forward mode gradients. "
        f"{NOT_STRICT}."
    ),
    "jacobian",
)
_SECOND_BACKWARD = Missing(
    lambda i: (
        f"The jacobian of the user-provided function is independent of input {i}. {NOT_STRICT}."
    ),
    "hessian",
)
_SECOND_BACKWARD_TRICK = Missing(
    lambda i: (
        "The hessian of the user-provided function is independent of entry "
        f"{i} in the grad_jacobian. {NOT_STRICT} as it prevents from using the double backward "
        "trick to replace forward mode AD."
    ),
    "hessian",
)
_NO_OUTPUT_VECTOR = (
    "The vector v can only be None if the user-provided function returns a single Tensor with a "
    "single element."
)
_NO_INPUT_VECTOR = (
    "The vector v can only be None if the input to the user-provided function is a single Tensor "
    "with a single element."
)


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
        is_tuple, given = as_tuple(inputs, "inputs", "vjp")
        points = prepare(given, create_graph)
        out_tuple, outputs = evaluate(func, points, "vjp", strict)
        vectors = vector_for(v, outputs, out_tuple, "vjp", create_graph, _NO_OUTPUT_VECTOR)
    found = last_gradients(outputs, points, vectors, create_graph)
    products = _BACKWARD.fill(found, points, strict, create_graph)
    return (
        unpack(finish(outputs, create_graph), out_tuple),
        unpack(finish(products, create_graph), is_tuple),
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
        is_tuple, given = as_tuple(inputs, "inputs", "jvp")
        points = prepare(given, create_graph)
        vectors = vector_for(v, points, is_tuple, "jvp", create_graph, _NO_INPUT_VECTOR)
        out_tuple, outputs = evaluate(func, points, "jvp", strict)
        probes = _probes(outputs)
        rows = gradients(outputs, points, probes, True)
        if strict:
            require_graph(rows, _gradient_message)
    found = last_gradients(rows, probes, vectors, create_graph)
    products = _BACKWARD_TRICK.fill(found, outputs, strict, create_graph)
    return (
        unpack(finish(outputs, create_graph), out_tuple),
        unpack(finish(products, create_graph), out_tuple),
    )


def _probes(like: Any) -> tuple[Any, ...]:
    """Zeros that a linear function of them is differentiated by."""
    from .. import zeros_like

    return tuple(zeros_like(tensor, requires_grad=True) for tensor in like)


def _gradient_message(position: int) -> str:
    return (
        f"The gradient with respect to input {position} is independent of the inputs of the "
        f"user-provided function. {NOT_STRICT}."
    )


def vhp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product vᵀH of a vector with its Hessian: two backwards."""
    return _hessian_product(func, inputs, v, create_graph, strict, "vhp")


def hvp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The value of `func` and the product Hv of its Hessian with a vector.

    Computed by three backwards; `vhp` gives the same with two, as a Hessian is symmetric.
    """
    return _hessian_product(func, inputs, v, create_graph, strict, "hvp")


def _hessian_product(
    func: Callable[..., Any], inputs: Any, v: Any, create_graph: bool, strict: bool, name: str
) -> tuple[Any, Any]:
    with enable_grad():
        is_tuple, given = as_tuple(inputs, "inputs", name)
        points = prepare(given, create_graph)
        vectors = vector_for(v, points, is_tuple, name, create_graph, _NO_INPUT_VECTOR)
        out_tuple, outputs = evaluate(func, points, name, strict)
        single(outputs, out_tuple, name)
        first = gradients(outputs, points, None, True)
        if strict:
            require_graph(first, jacobian_message)
        if name == "hvp":
            probes = _probes(points)
            second = gradients(first, points, probes, True)
            if strict:
                require_graph(first, hessian_message)
    if name == "hvp":
        found = last_gradients(second, probes, vectors, create_graph)
        products = _SECOND_BACKWARD_TRICK.fill(found, points, strict, create_graph)
    else:
        found = last_gradients(first, points, vectors, create_graph)
        products = _SECOND_BACKWARD.fill(found, points, strict, create_graph)
    return (
        unpack(finish(outputs, create_graph), out_tuple),
        unpack(finish(products, create_graph), is_tuple),
    )
