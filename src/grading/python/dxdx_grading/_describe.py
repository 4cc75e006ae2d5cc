"""Values as plain data. What a value says of itself (`__eq__`, `__repr__` of a class of the reader's) counts for nothing."""

from __future__ import annotations

import math
from typing import Any

import torch

Plain = dict[str, Any]

_MOST_NUMBERS = 4096
_LONGEST_TEXT = 2000
_DEEPEST = 4
_MOST_NODES = 64

# Taken before any program runs: one that replaces them later changes its own copy of the truth, not ours.
_Tensor = torch.Tensor
_Parameter = torch.nn.Parameter
_tolist = torch.Tensor.tolist
_detach = torch.Tensor.detach
_flatten = torch.Tensor.flatten
_repr = torch.Tensor.__repr__


def describe(value: Any, depth: int = 0) -> Plain:
    """A value as plain data, which JSON can carry."""
    kind = type(value)
    if kind is _Tensor or kind is _Parameter:
        return _tensor(value)
    if value is None or kind in (bool, str):
        return {"kind": "plain", "type": kind.__name__, "text": repr(value)[:_LONGEST_TEXT]}
    if kind in (int, float):
        return {"kind": "number", "type": kind.__name__, "value": _number(value), "text": repr(value)}
    if issubclass(kind, (list, tuple)) and depth < _DEEPEST:
        base = tuple if issubclass(kind, tuple) else list
        if base.__len__(value) <= _MOST_NUMBERS:
            items = [describe(item, depth + 1) for item in base.__iter__(value)]
            return {"kind": "list", "type": kind.__name__, "items": items}
    return {"kind": "other", "type": kind.__qualname__, "text": _safe_repr(value)}


def state_of(tensor: torch.Tensor) -> Plain:
    """Everything of an input that a caller would see changed."""
    if type(tensor) is not _Tensor:
        return describe(tensor)
    grad = tensor.grad if tensor.is_leaf else None
    return {**_tensor(tensor), "grad": None if grad is None else describe(grad)}


def _tensor(tensor: torch.Tensor) -> Plain:
    plain = _detach(tensor)
    count = tensor.numel()
    values = _tolist(_flatten(plain)) if count <= _MOST_NUMBERS else None
    return {
        "kind": "tensor",
        "dtype": str(tensor.dtype),
        "shape": list(tensor.shape),
        "values": None if values is None else [_number(value) for value in values],
        "requiresGrad": tensor.requires_grad,
        "graph": _graph(tensor),
        "text": _repr(tensor)[:_LONGEST_TEXT],
    }


def _graph(tensor: torch.Tensor) -> list[str]:
    """The names of the nodes behind a tensor, from the nearest on."""
    names: list[str] = []
    waiting = [tensor.grad_fn]
    while waiting and len(names) < _MOST_NODES:
        node = waiting.pop(0)
        if node is not None:
            names.append(node.name())
            waiting += [behind for behind, _ in node.next_functions]
    return names


def _number(value: float | int | bool) -> float | int | str:
    """A number; those that JSON does not have are words, and so are whole numbers that it would round."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return int(value) if abs(value) < 2**53 else str(int(value))


def _safe_repr(value: Any) -> str:
    try:
        return repr(value)[:_LONGEST_TEXT]
    except BaseException as error:  # its own code failed, whatever that raised
        return f"<{type(value).__qualname__} whose repr() raises {type(error).__qualname__}>"
