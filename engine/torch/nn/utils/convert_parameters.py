"""All parameters in one vector, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..._functions import typename
from ..._handles import TensorBase
from ..._operation import function


def parameters_to_vector(parameters: Iterable[Any]) -> Any:
    """All parameters in one vector."""
    return function("cat")([parameter.view(-1) for parameter in parameters])


def vector_to_parameters(vec: Any, parameters: Iterable[Any]) -> None:
    """Give parameters their values from one vector."""
    if not isinstance(vec, TensorBase):
        raise TypeError(f"expected torch.Tensor, but got: {typename(vec)}")
    at = 0
    for parameter in parameters:
        count = parameter.numel()
        parameter.data = vec[at : at + count].view_as(parameter).data
        at += count
