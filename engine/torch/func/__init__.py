"""Transforms of functions: derivatives and batches as functions made of functions."""

from __future__ import annotations

from typing import Any

from ._gradients import grad, grad_and_value, jvp, linearize, vjp
from ._jacobians import hessian, jacfwd, jacrev
from ._modules import functional_call, stack_module_state
from ._vmap import vmap

__all__ = [
    "functional_call",
    "functionalize",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "linearize",
    "stack_module_state",
    "vjp",
    "vmap",
]


def functionalize(func: Any, *, remove: str = "mutations") -> Any:
    """Not here: raises NotImplementedError."""
    raise NotImplementedError(
        "dxdx doesn't have torch.func.functionalize: there is no compiler here that needs "
        "functions without in-place operations. Call the function as it is."
    )


for _name in __all__:
    globals()[_name].__module__ = "torch.func"
