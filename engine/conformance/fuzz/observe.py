"""What can be seen of a tensor from outside, as plain data."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import torch

FLAGS: dict[str, Callable[[Any], Any]] = {
    "requires_grad": lambda x: x.requires_grad,
    "leaf": lambda x: x.is_leaf,
    "view": lambda x: x._is_view(),
    "retains_grad": lambda x: x.retains_grad,
    "inference": lambda x: x.is_inference(),
}


def observed(tensor: torch.Tensor) -> dict[str, Any]:
    """Everything that a later step could depend on."""
    seen = values(tensor) | {
        "strides": list(tensor.stride()),
        "flags": [name for name, of in FLAGS.items() if _tried(of, tensor) not in (False, None)],
        "grad_fn": _tried(grad_fn, tensor),
    }
    if tensor.is_leaf or tensor.retains_grad:
        grad = _tried(lambda x: x.grad, tensor)
        if isinstance(grad, torch.Tensor):
            seen["grad"] = values(grad) | {"strides": list(grad.stride()), "grad_fn": grad_fn(grad)}
        elif grad is not None:
            seen["grad"] = grad
    return seen


def values(tensor: torch.Tensor) -> dict[str, Any]:
    """Shape, dtype and numbers."""
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "data": [_plain(each) for each in tensor.detach().clone().reshape(-1).tolist()],
    }


def version_of(tensor: torch.Tensor) -> Any:
    """The counter of changes in place, or why there is none."""
    return _tried(lambda x: x._version, tensor)


def grad_fn(tensor: torch.Tensor) -> str | None:
    """The name of the node."""
    return None if tensor.grad_fn is None else tensor.grad_fn.name()


def shown_value(value: Any) -> Any:
    """What `show` reports: a tensor with its printed text, a number with tolerance, else the text."""
    if isinstance(value, torch.Tensor):
        return values(value) | {"text": steady(repr(value)), "grad_fn": grad_fn(value)}
    if isinstance(value, (list, tuple)) and not isinstance(value, torch.Size):
        return [type(value).__name__, *map(shown_value, value)]
    return {"number": _plain(value)} if type(value) is float else {"is": steady(repr(value))}


def steady(text: str) -> str:
    """The text without addresses and without the places in C++ where it was made."""
    text = re.sub(r" \(Triggered internally at [^)]*\)|\nException raised from (.|\n)*", "", text)
    return re.sub(r"\b0x[0-9a-f]+", "0x", text)


def _tried(of: Callable[[Any], Any], tensor: torch.Tensor) -> Any:
    try:
        return of(tensor)
    except Exception as error:
        return f"{type(error).__name__}: {steady(str(error))}"


def _plain(value: Any) -> Any:
    if isinstance(value, complex):
        return str(value)
    if not isinstance(value, float):
        return value
    # Nine digits are all of single precision.
    return float(f"{value:.9g}") if math.isfinite(value) else str(value)
