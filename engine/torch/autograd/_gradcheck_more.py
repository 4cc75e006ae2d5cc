"""What gradcheck checks beside the Jacobians: batches, and gradients that are zero or missing."""

from __future__ import annotations

from typing import Any

from .. import _C
from .._backward import grad
from ._differences import (
    Function,
    GradcheckError,
    Tensors,
    as_tuple,
    checked_inputs,
    differentiable,
    is_float,
)
from ._gradcheck_modes import random_vectors
from ._gradcheck_texts import BATCHED, BATCHED_FORWARD, batches_differ
from .forward_ad import dual_level, make_dual, unpack_dual
from .function import Function as CustomFunction


def check_batched(inputs: Tensors, output: Any, number: int) -> None:
    """One backward for two seeds must give what two backwards give."""
    from .. import randn_like

    tensors = [tensor for _, tensor in checked_inputs(inputs)]

    def pull_back(seed: Any) -> Tensors:
        found = grad(output, tensors, seed, retain_graph=True, allow_unused=True)
        return tuple(
            tensor.new_zeros(()).expand(tensor.shape) if one is None else one
            for one, tensor in zip(found, tensors)
        )

    _compare_batches(pull_back, [randn_like(output) for _ in range(2)], number, False)


def check_batched_forward(func: Function, inputs: Tensors) -> None:
    """The same for two directions in forward mode."""
    from .. import randn_like

    for place, tensor in checked_inputs(inputs):
        constant = [one.detach() if hasattr(one, "detach") else one for one in inputs]

        def push(tangent: Any, place: int = place, constant: list[Any] = constant) -> Tensors:
            with dual_level():
                arguments = list(constant)
                arguments[place] = make_dual(constant[place], tangent)
                results = [unpack_dual(o) for o in as_tuple(func(*arguments)) if o is not None]
                return tuple(
                    primal.new_zeros(()).expand(primal.shape) if moved is None else moved
                    for primal, moved in results
                )

        _compare_batches(push, [randn_like(tensor) for _ in range(2)], None, True)


def _compare_batches(
    function: Any, vectors: list[Any], number: int | None, forward_ad: bool
) -> None:
    from .. import allclose, stack
    from ..func import vmap

    expected = [stack(list(column)) for column in zip(*(function(v) for v in vectors))]
    try:
        found = vmap(function)(stack(vectors))
    except RuntimeError as error:
        raise GradcheckError(
            f"While computing batched gradients, got: {error}\n\n"
            f"{BATCHED_FORWARD if forward_ad else BATCHED}"
        ) from error
    for place, (one, other) in enumerate(zip(found, expected)):
        if not allclose(one, other):
            output = place if number is None else number
            raise GradcheckError(batches_differ(output, place, one, other, forward_ad))


def check_zero_seeds(outputs: Tensors, inputs: Tensors, masked: bool | None) -> None:
    """A gradient must be multiplied by what arrives: zeros give zeros."""
    from .. import allclose, zeros_like

    tensors = [tensor for _, tensor in checked_inputs(inputs)]
    seeds = [zeros_like(output) for output in outputs]
    for gradient, tensor in zip(grad(outputs, tensors, seeds, allow_unused=True), tensors):
        if gradient is None:
            continue
        zero = allclose(gradient, zeros_like(gradient)) if masked else gradient.eq(0).all()
        if not zero:
            raise GradcheckError("backward not multiplied by grad_output")
        if gradient.dtype != tensor.dtype:
            raise GradcheckError("grad is incorrect type")
        if gradient.size() != tensor.size():
            raise GradcheckError("grad is incorrect size")


class _Undefined(CustomFunction):
    """Passes a tensor on, and sends no gradient back."""

    @staticmethod
    def forward(ctx: Any, tensor: Any) -> Any:
        return tensor.view_as(tensor)

    @staticmethod
    def backward(ctx: Any, gradient: Any) -> Any:
        return None


def check_undefined(func: Function, outputs: Tensors, inputs: Tensors) -> None:
    """A backward must bear it that no gradient arrives, for all outputs or for any one of them."""
    everything = [_Undefined.apply(o) for o in differentiable(func(*inputs))]
    _check_undefined(everything, inputs)
    if len(everything) > 1:
        for missing in range(len(outputs)):
            results = differentiable(func(*inputs))
            some = [_Undefined.apply(o) if i == missing else o for i, o in enumerate(results)]
            _check_undefined(some, inputs)


_HANDLED = (
    'Please look at "Notes about undefined output gradients" in "tools/autograd/derivatives.yaml"'
)


def _check_undefined(outputs: list[Any], inputs: Tensors) -> None:
    from .. import zeros_like

    tensors = [tensor for _, tensor in checked_inputs(inputs)]
    seeds = [zeros_like(output) for output in outputs]
    try:
        found = grad(outputs, tensors, seeds, allow_unused=True)
    except RuntimeError as error:
        _warn_breaking()
        raise GradcheckError(
            f"Expected backward function to handle undefined output grads. {_HANDLED}"
        ) from error
    if any(gradient is not None and not gradient.eq(0).all() for gradient in found):
        _warn_breaking()
        raise GradcheckError(
            "Expected all input grads to be undefined or zero when all output grads are undefined "
            f"or zero. {_HANDLED}"
        )


def _warn_breaking() -> None:
    _C.warn(
        "Backwards compatibility: New undefined gradient support checking feature is enabled by "
        "default, but it may break existing callers of this function. If this is true for you, you "
        'can call this function with "check_undefined_grad=False" to disable the feature'
    )


def check_undefined_forward(func: Function, outputs: Tensors, inputs: Tensors) -> None:
    """An input without a tangent must do what one with a tangent of zeros does."""
    from .. import allclose, zeros_like

    checked = checked_inputs(inputs)
    directions, _ = random_vectors([tensor for _, tensor in checked], outputs)
    with dual_level():
        duals = list(inputs)
        for (place, tensor), direction in zip(checked, directions):
            duals[place] = make_dual(tensor.detach(), direction.view_as(tensor).clone())
        for place, tensor in checked:
            moving = duals[place]
            duals[place] = make_dual(tensor.detach(), zeros_like(tensor))
            with_zeros = [o for o in as_tuple(func(*duals)) if is_float(o)]
            duals[place] = tensor.detach()
            without = [o for o in as_tuple(func(*duals)) if is_float(o)]
            duals[place] = moving
            for number, (first, second) in enumerate(zip(with_zeros, without)):
                a, b = unpack_dual(first).tangent, unpack_dual(second).tangent
                if a is not None and b is not None and not allclose(a, b):
                    raise GradcheckError(
                        "Mismatch in tangent values for output with index: ",
                        number,
                        " when input: ",
                        tensor,
                        " has an undefined tangent value. ",
                        " Got: ",
                        a,
                        " but expected: ",
                        b,
                    )
