"""The graph that a program has built, as its picture shows it: in the direction in which gradients flow."""

from __future__ import annotations

from typing import Any

import torch


def graph_of(names: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Every tensor that has a name, the last one first, and every node of the graph that they lead to.

    A node that made a named tensor is reached through that tensor; a node that keeps a leaf's gradient leads to the leaf.
    """
    tensors: dict[str, torch.Tensor] = {}
    for name, value in names.items():
        if isinstance(value, torch.Tensor) and not any(value is other for other in tensors.values()):
            tensors[name] = value
    makers = [(tensor.grad_fn, name) for name, tensor in tensors.items() if tensor.grad_fn is not None]
    nodes = [{"id": name, "label": name, "role": "tensor"} for name in reversed(tensors)]
    edges = [{"from": name, "to": ""} for name in reversed(tensors) if tensors[name].grad_fn is not None]

    found: list[tuple[Any, str]] = []
    waiting = [(edge, tensors[edge["from"]].grad_fn) for edge in edges]
    while waiting:
        edge, function = waiting.pop(0)
        edge["to"] = next((name for known, name in found if known is function), "")
        if edge["to"]:
            continue
        edge["to"] = _name(function.name(), [name for _, name in found])
        found.append((function, edge["to"]))
        nodes.append({"id": edge["to"], "label": edge["to"], "role": "function"})
        leaf = getattr(function, "variable", None)
        kept = next((name for name, tensor in tensors.items() if tensor is leaf), None)
        if kept is not None:
            edges.append({"from": edge["to"], "to": kept})
        for following, _ in function.next_functions:
            if following is None:
                continue
            named = next((name for maker, name in makers if maker is following), None)
            edges.append({"from": edge["to"], "to": named or ""})
            if named is None:
                waiting.append((edges[-1], following))
    return {"nodes": nodes, "edges": edges}


def _name(full: str, taken: list[str]) -> str:
    """`torch::autograd::AccumulateGrad` is called by its last part, and the second of its kind says so."""
    name = full.rpartition("::")[2]
    count = sum(other.split(" ")[0] == name for other in taken)
    return f"{name} {count + 1}" if count else name
