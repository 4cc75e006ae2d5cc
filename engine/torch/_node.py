"""The nodes of the autograd graph: what `grad_fn` shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _C
from ._dtype import by_code
from ._handles import Handle
from ._hooks import RemovableHandle, register_node_hook, register_node_prehook

engine = _C.engine

_SAVED = "_saved_"


class Node(Handle):
    """A step of the recorded computation; `backward` walks from node to node.

    The class of a node bears the name of its operation: `MulBackward0`, `AccumulateGrad`.
    """

    __slots__ = ("_metadata",)
    __module__ = "torch.autograd.graph"
    _metadata: dict[str, Any]

    def name(self) -> str:
        """The name of the operation, as C++ calls it."""
        name = type(self).__name__
        return "torch::autograd::" + name if name in _IN_NAMESPACE else name

    @property
    def next_functions(self) -> tuple[tuple[Node | None, int], ...]:
        """For each input: the node its gradient goes to, and which result of that node it was."""
        flat = engine.next_functions(self._h).to_py()
        return tuple((node(flat[at]), flat[at + 1]) for at in range(0, len(flat), 2))

    @property
    def metadata(self) -> dict[str, Any]:
        """A dictionary of your own for this node."""
        try:
            return self._metadata
        except AttributeError:
            # The engine doesn't keep Python objects, so a node with notes on it must stay alive.
            _with_metadata.append(self)
            self._metadata = {}
            return self._metadata

    def register_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Run `hook(grad_inputs, grad_outputs)` after this node; it may return new grad_inputs."""
        return register_node_hook(self, hook)

    def register_prehook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Run `hook(grad_outputs)` before this node; it may return new grad_outputs."""
        return register_node_prehook(self, hook)

    def _sequence_nr(self) -> int:
        return engine.node_sequence(self._h) % 2**64

    @property
    def requires_grad(self) -> bool:
        """Does any gradient flow on from here?"""
        return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_SAVED):
            wanted = name.removeprefix(_SAVED)
            if wanted in engine.node_saved_names(self._h).to_py():
                return _saved(self, wanted)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __dir__(self) -> list[str]:
        saved = [_SAVED + name for name in engine.node_saved_names(self._h).to_py()]
        return sorted([*object.__dir__(self), *saved])


class _AccumulateGrad(Node):
    """The end of the line: adds the gradient into the `.grad` of a leaf."""

    __slots__ = ()

    @property
    def variable(self) -> Any:
        """The leaf."""
        return _C.tensor(engine.node_variable(self._h))


_IN_NAMESPACE = ("AccumulateGrad", "CopyBackwards", "CopySlices", "Error", "DelayedError", "GraphRoot", "NotImplemented")
_with_metadata: list[Node] = []


def _saved(owner: Node, name: str) -> Any:
    _C.check(engine.node_saved(owner._h, name))
    kind, *values = engine.take_saved().to_py()
    match kind:
        case "tensor":
            return _C.tensor(values[0])
        case "tensors":
            return tuple(_C.adopt_all(values))
        case "list":
            return tuple(values)
        case "bool":
            return bool(values[0])
        case "dtype":
            return by_code[values[0]]
        case "float":
            return float(values[0])
        case "number" | "string":
            return values[0]
        case _:
            return None


# How to make the object of a node that a `torch.autograd.Function` has made, by its name.
custom_nodes: dict[str, Callable[[int], Node]] = {}

_classes: dict[str, type[Node]] = {}


def _class_named(name: str) -> type[Node]:
    """The class of nodes called `name`. It looks like a builtin, as those of PyTorch do."""
    if name not in _classes:
        base = _AccumulateGrad if name == "AccumulateGrad" else Node
        _classes[name] = type(name, (base,), {"__slots__": (), "__module__": "builtins"})
    return _classes[name]


def node(handle: int) -> Node | None:
    """The node of a handle; None for 0."""
    if handle == 0:
        return None
    if handle < 0:
        _C.raise_error()
    known = _C.living(handle)
    if known is not None:
        return known
    name = engine.node_name(handle)
    if name in custom_nodes:
        return custom_nodes[name](handle)
    return _C.adopt(handle, _class_named(name))
