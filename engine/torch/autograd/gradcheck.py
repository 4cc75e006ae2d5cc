"""Compares analytical gradients with finite differences."""

from __future__ import annotations

from typing import Any

from .. import _C
from .._backward import grad
from .._handles import TensorBase
from ._differences import (
    Function,
    GradcheckError,
    Tensors,
    as_tuple,
    checked_inputs,
    differentiable,
)
from ._gradcheck_modes import Tolerances, fast, slow
from ._gradcheck_more import (
    check_batched,
    check_batched_forward,
    check_undefined,
    check_undefined_forward,
    check_zero_seeds,
)

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


def gradcheck(
    func: Function,
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Are the gradients of `func` at `inputs` what finite differences say?

    Inputs that require grad should be float64. True where all is well; otherwise raises
    GradcheckError, or gives False with `raise_exception=False`. Beside reverse mode it can check
    forward mode (`check_forward_ad`) and batched gradients (`check_batched_grad`); `fast_mode`
    compares one random product instead of every entry.
    """
    _require(
        check_forward_ad or check_backward_ad,
        "Expected at least one of check_forward_ad or check_backward_ad to be True",
    )
    _require(
        not check_batched_grad or check_backward_ad,
        "Setting check_batched_grad=True requires check_backward_ad to be True",
    )
    _require(
        not check_batched_forward_grad or check_forward_ad,
        "Setting check_batched_forward_grad=True requires check_forward_ad to be True",
    )
    given = as_tuple(inputs)
    tolerances = Tolerances(eps, rtol, atol, nondet_tol, check_grad_dtypes)

    def check() -> None:
        _check_inputs(given)
        results = func(*given)
        outputs = differentiable(results)
        compare = fast if fast_mode else slow
        if check_backward_ad:
            compare(func, results, given, outputs, tolerances, False)
        if check_forward_ad:
            compare(func, results, given, outputs, tolerances, True)
            if check_undefined_grad:
                check_undefined_forward(func, outputs, given)
        if check_batched_forward_grad:
            check_batched_forward(func, given)
        if not check_backward_ad:
            return
        if check_batched_grad:
            for number, output in enumerate(outputs):
                check_batched(given, output, number)
        check_zero_seeds(outputs, given, masked)
        if check_undefined_grad:
            check_undefined(func, outputs, given)

    try:
        check()
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def _require(condition: Any, text: str) -> None:
    if not condition:
        raise AssertionError(text)


def _check_inputs(inputs: Tensors) -> None:
    from .. import float64

    for place, tensor in checked_inputs(inputs):
        if tensor.dtype is not float64:
            _C.warn(
                f"Input #{place} requires gradient and is not a double precision floating "
                "point or complex. This check will likely fail if all the inputs are not of "
                "double precision floating point or complex. "
            )
        if any(step == 0 and size > 1 for step, size in zip(tensor.stride(), tensor.shape)):
            raise RuntimeError(
                f"The {place}th input has a dimension with stride 0. gradcheck only supports "
                "inputs that are non-overlapping to be able to compute the numerical gradients "
                "correctly. You should call .contiguous on the input before passing it to "
                "gradcheck."
            )
    if not checked_inputs(inputs):
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of them have requires_grad=True."
        )


def gradgradcheck(
    func: Function,
    inputs: Any,
    grad_outputs: Any = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool = False,
) -> bool:
    """Are the second derivatives of `func` right too? Checks its gradient as a function.

    `grad_outputs` are the vectors of the first product, random ones by default.
    """
    _require(
        check_fwd_over_rev or check_rev_over_rev,
        "Expected at least one of check_fwd_over_rev or check_rev_over_rev to be True",
    )
    _require(
        not check_undefined_grad or check_rev_over_rev,
        "Setting check_undefined_grad=True requires check_rev_over_rev to be True",
    )
    _require(
        not check_batched_grad or check_rev_over_rev,
        "Setting check_batched_grad=True requires check_rev_over_rev to be True",
    )
    given = as_tuple(inputs)
    if grad_outputs is None:
        outputs = differentiable(func(*given))
        seeds: Tensors = tuple(_seed(o, gen_non_contig_grad_outputs) for o in outputs)
    else:
        seeds = as_tuple(grad_outputs)
    wanted = [isinstance(x, TensorBase) and x.requires_grad for x in (*given, *seeds)]

    def gradient(*arguments: Any) -> Tensors:
        # Forward mode is checked with inputs that have been detached.
        for argument, moves in zip(arguments, wanted):
            if moves:
                argument.requires_grad_()
        values, vectors = arguments[: len(given)], arguments[len(given) :]
        sources = [value for value, moves in zip(values, wanted) if moves]
        results = differentiable(func(*values))
        found = grad(results, sources, vectors, create_graph=True, allow_unused=True)
        return tuple(one for one in found if one is not None)

    return gradcheck(
        gradient,
        given + seeds,
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
        check_grad_dtypes=check_grad_dtypes,
        check_batched_grad=check_batched_grad,
        fast_mode=fast_mode,
        check_forward_ad=check_fwd_over_rev,
        check_backward_ad=check_rev_over_rev,
        masked=masked,
    )


def _seed(output: Any, noncontiguous: bool) -> Any:
    from .. import testing

    return testing.make_tensor(
        output.shape,
        dtype=output.dtype,
        device=output.device,
        low=-1,
        high=1,
        requires_grad=True,
        noncontiguous=noncontiguous,
    )
