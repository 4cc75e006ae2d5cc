"""What the functions of `torch.autograd.functional` have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .._backward import grad
from .._grad_mode import is_grad_enabled, set_grad_enabled
from .._handles import TensorBase

type Tensors = tuple[Any, ...]

OUTPUTS = "outputs of the user-provided function"
NOT_STRICT = "This is not allowed in strict mode"


def as_tuple(value: Any, what: str, function: str) -> tuple[bool, Tensors]:
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


def prepare(inputs: Tensors, create_graph: bool, need_graph: bool = True) -> Tensors:
    """New tensors in the place of the inputs, so that the function's own captures stay apart."""
    return tuple(
        tensor.view_as(tensor)
        if create_graph and tensor.requires_grad
        else tensor.detach().requires_grad_(need_graph)
        for tensor in inputs
    )


def evaluate(
    func: Callable[..., Any], inputs: Tensors, function: str, strict: bool
) -> tuple[bool, Tensors]:
    """The outputs of `func`; with `strict` each must depend on the inputs."""
    is_tuple, outputs = as_tuple(func(*inputs), OUTPUTS, function)
    if strict:
        require_graph(outputs, _output_message)
    return is_tuple, outputs


def _output_message(position: int) -> str:
    return (
        f"Output {position} of the user-provided function does not require gradients. The outputs "
        "must be computed in a differentiable manner from the input when running in strict mode."
    )


def require_graph(tensors: Sequence[Any], message: Callable[[int], str]) -> None:
    """Raise RuntimeError for the first tensor that depends on nothing."""
    for position, tensor in enumerate(tensors):
        if tensor is None:
            raise RuntimeError(
                "The output of the user-provided function is independent of input "
                f"{position}. {NOT_STRICT}."
            )
        if not tensor.requires_grad:
            raise RuntimeError(message(position))


def gradients(
    outputs: Sequence[Any],
    inputs: Tensors,
    vectors: Sequence[Any] | None,
    create_graph: bool,
    **options: Any,
) -> Tensors:
    """Gradients where there are any, None elsewhere."""
    vectors = [None] * len(outputs) if vectors is None else vectors
    pairs = [(o, v) for o, v in zip(outputs, vectors) if o is not None and o.requires_grad]
    if not pairs:
        return (None,) * len(inputs)
    roots, seeds = zip(*pairs)
    return grad(roots, inputs, seeds, create_graph=create_graph, allow_unused=True, **options)


def last_gradients(
    outputs: Sequence[Any], inputs: Tensors, vectors: Sequence[Any] | None, create_graph: bool
) -> Tensors:
    """The gradients that are handed out: recorded if asked for, whatever the mode outside is."""
    with set_grad_enabled(create_graph or is_grad_enabled()):
        return gradients(outputs, inputs, vectors, create_graph)


class Missing:
    """The words of strict mode for what doesn't depend on the inputs."""

    def __init__(self, absent: Callable[[int], str], constant: str) -> None:
        self.absent = absent
        self.constant = constant

    def fill(self, found: Tensors, like: Tensors, strict: bool, create_graph: bool) -> Tensors:
        """Zeros in the place of each None. Raises RuntimeError, with `strict`, instead."""
        return tuple(
            self._filled(position, gradient, reference, strict, create_graph)
            for position, (gradient, reference) in enumerate(zip(found, like))
        )

    def _filled(
        self, position: int, gradient: Any, reference: Any, strict: bool, create_graph: bool
    ) -> Any:
        from .. import zeros_like

        if gradient is None:
            if strict:
                raise RuntimeError(self.absent(position))
            return zeros_like(reference)
        if strict and create_graph and not gradient.requires_grad:
            raise RuntimeError(
                f"The {self.constant} of the user-provided function is independent of input "
                f"{position}. {NOT_STRICT} when create_graph=True."
            )
        return gradient


def finish(result: Any, create_graph: bool) -> Any:
    """The tensors as they are handed out: without history, unless it was asked for."""
    if isinstance(result, tuple):
        return tuple(finish(entry, create_graph) for entry in result)
    return result if create_graph else result.detach()


def unpack(values: Tensors, is_tuple: bool) -> Any:
    """The tuple, or its only entry."""
    return values if is_tuple else values[0]


def vector_for(
    vector: Any,
    like: Tensors,
    is_tuple: bool,
    function: str,
    create_graph: bool,
    missing: str,
) -> Tensors | None:
    """The vector of a product, shaped like `like`; None, where that is one number, for 1."""
    if vector is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(missing)
        return None
    _, vectors = as_tuple(vector, "v", function)
    vectors = prepare(vectors, create_graph, need_graph=False)
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


def single(outputs: Tensors, is_tuple: bool, function: str) -> Any:
    """The only output. Raises RuntimeError unless it is one number."""
    if is_tuple:
        raise RuntimeError(f"The function given to {function} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {function} should contain a single "
            "element"
        )
    return outputs[0]


def jacobian_message(position: int) -> str:
    """In strict mode: a first derivative that is constant."""
    return (
        "While computing the hessian, found that the jacobian of the user-provided function with "
        f"respect to input {position} is independent of the input. {NOT_STRICT}. You should ensure "
        "that your function is twice differentiable and that the jacobian depends on the inputs "
        "(this would be violated by a linear function for example)."
    )


def hessian_message(position: int) -> str:
    """In strict mode: a second derivative that is constant."""
    return (
        "The hessian of the user-provided function with respect to input "
        f"{position} is independent of the input. {NOT_STRICT}. You should ensure that your "
        "function is thrice differentiable and that the hessian depends on the inputs."
    )
