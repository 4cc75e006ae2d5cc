"""What a tensor inside a function transform (`torch.func`) can't do."""

from __future__ import annotations

from typing import Any

from . import _C

engine = _C.engine


def refusal(method: str) -> str:
    """The words for a method that transforms do not allow."""
    perhaps = (
        "" if method == "retain_grad" else " (or perhaps using torch.autograd.functional.* APIs)"
    )
    return (
        f"You are attempting to call Tensor.{method}(){perhaps} inside of a function being "
        "transformed by a functorch transform. This is unsupported, please attempt to use the "
        f"functorch transforms (e.g. grad, vjp, jacrev, jacfwd, hessian) or call {method}() "
        "outside of a function being transformed instead."
    )


def truth(tensor: Any) -> bool:
    """Is the only element not zero? Raises RuntimeError for one example of a batch."""
    if engine.is_batched(tensor._h):
        raise RuntimeError(
            "vmap: It looks like you're attempting to use a Tensor in some data-dependent control "
            "flow. We don't support that yet, please file an issue at "
            "https://github.com/pytorch/pytorch/issues ."
        )
    return bool(tensor.item())


def check_memory(tensor: Any) -> None:
    """Raise RuntimeError for one example of a batch: it has no memory of its own."""
    if engine.is_batched(tensor._h):
        raise RuntimeError("Cannot access data pointer of Tensor that doesn't have storage")
