"""Looking into the graph: the class of its nodes, and hooks on what it saves."""

from __future__ import annotations

from typing import Any, NamedTuple

from .._hooks import RemovableHandle
from .._node import Node

__all__ = ["GradientEdge", "Node", "RemovableHandle", "get_gradient_edge"]


class GradientEdge(NamedTuple):
    """Where the gradient of a tensor goes: a node, and the number of its output."""

    node: Node
    output_nr: int
    ownership_token: Any = None


def get_gradient_edge(tensor: Any) -> GradientEdge:
    """The edge of the graph that `tensor` stands for. Raises RuntimeError without history."""
    if not tensor.requires_grad:
        raise RuntimeError(
            "It is not possible to get the gradient edge for a Tensor "
            "that does not require gradients."
        )
    node = tensor.grad_fn
    if node is None:
        # A leaf's node shows itself only behind an operation.
        node = tensor.view_as(tensor).grad_fn.next_functions[0][0]
    return GradientEdge(node, tensor.output_nr)
