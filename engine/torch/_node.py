"""The nodes of the autograd graph: what `grad_fn` shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from . import _C
from ._dtype import by_code, cpu
from ._handles import Handle
from ._hooks import RemovableHandle, register_node_hook, register_node_prehook
from ._saved_tensors import saved_tensor

engine = _C.engine
_edge_count, _edge = engine.edge_count, engine.edge

_SAVED = "_saved_"


class Node(Handle):
    """A step of the recorded computation; `backward` walks from node to node.

    The class of a node bears the name of its operation: `MulBackward0`, `AccumulateGrad`.
    """

    __slots__ = ("_metadata",)
    __module__ = "torch.autograd.graph"
    _metadata: dict[str, Any]

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"cannot create '{cls.__name__}' instances")

    def name(self) -> str:
        """The name of the operation, as C++ calls it."""
        name = type(self).__name__
        return "torch::autograd::" + name if name in _IN_NAMESPACE else name

    @property
    def next_functions(self) -> tuple[tuple[Node | None, int], ...]:
        """For each input: the node its gradient goes to, and which result of that node it was."""
        handle = self._h
        return tuple([_end_of_edge(handle, at) for at in range(_edge_count(handle))])

    @property
    def metadata(self) -> dict[str, Any]:
        """A dictionary of your own for this node."""
        try:
            return self._metadata
        except AttributeError:
            # The engine doesn't keep Python objects, so a node with notes on it must stay alive.
            _with_metadata.append(self)
            made_at = engine.node_trace(self._h)
            self._metadata = {"traceback_": _entries(made_at)} if made_at else {}
            return self._metadata

    def __call__(self, *grads: Any) -> Any:
        """Run this node alone: the gradients of its inputs for those of its outputs."""
        handles = [0 if grad is None else grad._h for grad in grads]
        found = _C.tensors(engine.run_node(self._h, *handles))
        return found[0] if len(found) == 1 else tuple(found)

    def register_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Run `hook(grad_inputs, grad_outputs)` after this node; it may return new grad_inputs."""
        return register_node_hook(self, hook)

    def register_prehook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Run `hook(grad_outputs)` before this node; it may return new grad_outputs."""
        return register_node_prehook(self, hook)

    def _register_hook_dict(self, tensor: Any) -> None:
        """The hooks of a tensor are on its node already."""

    def _sequence_nr(self) -> int:
        return engine.node_sequence(self._h) % 2**64

    def _set_sequence_nr(self, number: int) -> None:
        engine.set_node_sequence(self._h, number)

    @property
    def _input_metadata(self) -> tuple[_InputMetadata, ...]:
        """What the node expects of the gradients that come to it."""
        flat = engine.node_outputs(self._h)
        found = []
        while flat:
            code, ndim = flat[:2]
            found.append(_InputMetadata(flat[2 : 2 + ndim], by_code[code]))
            del flat[: 2 + ndim]
        return tuple(found)

    @property
    def requires_grad(self) -> bool:
        """Does any gradient flow on from here?"""
        return True

    def __getattr__(self, name: str) -> Any:
        wanted = name.removeprefix("_raw").removeprefix(_SAVED)
        if name in _saved_names(self):
            return _raw_saved(self, wanted) if name.startswith("_raw") else _saved(self, wanted)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Node.__slots__ or name == "_h":
            object.__setattr__(self, name, value)
            return
        kind = type(self).__name__
        if hasattr(type(self), name) or name in _saved_names(self):
            raise AttributeError(f"attribute '{name}' of '{kind}' objects is not writable")
        raise AttributeError(f"'{kind}' object has no attribute '{name}'")

    def __dir__(self) -> list[str]:
        listed = {name for name in object.__dir__(self) if name not in _HIDDEN}
        return sorted({*listed, *_saved_names(self)})


class GradientEdge(NamedTuple):
    """Where the gradient of a tensor goes: a node, and the number of its output.

    Can stand for the tensor in `torch.autograd.grad` and `torch.autograd.backward`.
    """

    node: Node
    output_nr: int
    ownership_token: Node | None = None


GradientEdge.__module__ = "torch.autograd.graph"


class _AccumulateGrad(Node):
    """The end of the line: adds the gradient into the `.grad` of a leaf."""

    __slots__ = ()

    @property
    def variable(self) -> Any:
        """The leaf."""
        return _C.tensor(engine.node_variable(self._h))


class _InputMetadata:
    """What a node expects of the gradient of one of its results."""

    __module__ = "torch._C._autograd"

    def __init__(self, shape: list[int], kind: Any) -> None:
        self.shape, self.dtype = shape, kind

    device = cpu
    is_nested_tensor = is_cpp_nested_tensor = False


_HIDDEN = {"_h", "_metadata", "__slots__", "__weakref__", "__del__"}
_IN_NAMESPACE = (
    "AccumulateGrad",
    "CopyBackwards",
    "Identity",
    "CopySlices",
    "Error",
    "DelayedError",
    "GraphRoot",
    "NotImplemented",
)
_with_metadata: list[Node] = []

# Where None stands for a number or a list that wasn't given. Elsewhere it is a tensor not needed.
_NEVER_TENSORS = {
    "alpha",
    "beta",
    "ceil_mode",
    "correction",
    "dim",
    "dims",
    "divisor_override",
    "dtype",
    "end_index",
    "eps",
    "generator",
    "max",
    "memory_format",
    "min",
    "n",
    "p",
    "rounding_mode",
    "scale",
    "scale_factors",
    "start",
    "step",
    "storage_offset",
    "dtype_opt",
}


def _entries(trace: str) -> list[str]:
    """The entries of a traceback."""
    return re.split(r"(?m)^(?=  File )", trace)[1:]


def _saved_names(owner: Node) -> list[str]:
    """The attributes that show what a node has saved, cooked and raw."""
    names = [name for name in engine.node_saved_names(owner._h) if name[0] != "_"]
    raw = [name for name in names if _is_raw(owner, name)]
    return [*("_saved_" + name for name in names), *("_raw_saved_" + name for name in raw)]


def _is_raw(owner: Node, name: str) -> bool:
    kind = engine.node_raw_kind(owner._h, name)
    return kind in (1, 2) or (kind == 3 and name not in _NEVER_TENSORS)


def _raw_saved(owner: Node, name: str) -> Any:
    several = engine.node_raw_kind(owner._h, name) == 2
    count = engine.node_raw_saved(owner._h, name)
    handles = [_C.next_result() for _ in range(count)]
    found = tuple(saved_tensor(handle) for handle in handles)
    return found if several else found[0]


# Numbers that are never whole ones, even where they look like it.
_ALWAYS_FLOAT = {
    "CdistBackward0.p",
    "CeluBackward0.alpha",
    "EluBackward0.alpha",
    "HardtanhBackward0.max_val",
    "HardtanhBackward0.min_val",
    "HuberLossBackward0.delta",
    "SmoothL1LossBackward0.beta",
}


def _plain(value: float, attribute: str) -> float:
    """A number as PyTorch shows it: whole ones without sign, and as large as 64 bits allow."""
    if attribute in _ALWAYS_FLOAT:
        return float(value)
    if isinstance(value, float) and not value.is_integer():
        return value
    value = int(value)
    return 2**63 - 1 if value >= 2**53 - 1 else value % 2**64


def _saved(owner: Node, name: str) -> Any:
    _C.check(engine.node_saved(owner._h, name))
    kind, *values = engine.take_saved()
    match kind:
        case "tensor":
            return _C.tensor(values[0])
        case "tensors":
            return tuple(_C.adopt_all(values))
        case "list":
            # Places and sizes are kept without sign.
            return tuple(v % 2**64 if isinstance(v, int) else v for v in values)
        case "bool":
            return bool(values[0])
        case "dtype":
            return by_code[values[0]]
        case "float":
            return float(values[0])
        case "plain":
            return _plain(values[0], f"{type(owner).__name__}.{name}")
        case "number" | "string":
            return values[0]
        case _:
            return None


def _end_of_edge(handle: int, at: int) -> tuple[Node | None, int]:
    """Where the edge number `at` of a node leads to."""
    end = _edge(handle, at)
    number = end & 63
    return node(end >> 6), number if number < 63 else engine.edge_number(handle, at)


# How to make the object of a node that a `torch.autograd.Function` has made, by its name.
custom_nodes: dict[str, Callable[[int], Node]] = {}

_classes: dict[str, type[Node]] = {}


def is_custom(which: Node) -> bool:
    """Is it the node of a `torch.autograd.Function`?"""
    return type(which).__name__ in custom_nodes


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
