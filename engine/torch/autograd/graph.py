"""Looking into the graph: its nodes and edges, and hooks on what it saves."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

from .. import _C
from .._handles import TensorBase
from .._hooks import RemovableHandle
from .._node import GradientEdge, Node, is_custom
from .._saved_tensors import disable_hooks, disabled_message, pop_hooks, push_hooks
from ._mutation import allow_mutation_on_saved_tensors

__all__ = [
    "saved_tensors_hooks",
    "save_on_cpu",
    "disable_saved_tensors_hooks",
    "register_multi_grad_hook",
    "allow_mutation_on_saved_tensors",
    "Node",
    "GradientEdge",
    "get_gradient_edge",
    "increment_version",
    "region_activation_memory_budget",
    "set_warn_on_accumulate_grad_stream_mismatch",
    "set_override_stale_capture_stream",
]

engine = _C.engine


def _node_of(tensor: Any) -> Node:
    """The node of a tensor or an edge: `grad_fn`, or for a leaf the one that accumulates."""
    if isinstance(tensor, GradientEdge):
        return tensor.node
    node = tensor.grad_fn
    if node is None and tensor.requires_grad:
        node = _behind(tensor)
    if node is None:
        raise AssertionError("Expected gradient function to be set")
    return node


def _behind(tensor: Any) -> Any:
    """A leaf's node shows itself only behind an operation."""
    before = engine.grad_enabled()
    engine.set_grad_enabled(True)
    try:
        return tensor.view_as(tensor).grad_fn.next_functions[0][0]
    finally:
        engine.set_grad_enabled(before)


def get_gradient_edge(tensor: Any) -> GradientEdge:
    """The edge of the graph that `tensor` stands for. Raises RuntimeError without history."""
    if not tensor.requires_grad:
        raise RuntimeError(
            "It is not possible to get the gradient edge for a Tensor "
            "that does not require gradients"
        )
    node = _node_of(tensor)
    token = tensor.view_as(tensor).grad_fn if is_custom(node) else None
    return GradientEdge(node, tensor.output_nr, ownership_token=token)


def increment_version(tensor: Any) -> None:
    """Tell autograd that a tensor, or each of several, has been changed behind its back."""
    tensors = (tensor,) if isinstance(tensor, TensorBase) else tensor
    if not isinstance(tensors, Iterable):
        raise RuntimeError("increment_version expect a Iterable[Tensor] as input")
    for one in tensors:
        if not isinstance(one, TensorBase):
            raise RuntimeError("increment_version expect each element of the iterable to be a tensor")
        engine.increment_version(one._h)


class saved_tensors_hooks:
    """Inside, what operations save is given to `pack_hook`, and its result is kept instead.

    In backward `unpack_hook` makes a tensor of that result again. Of nested ones the innermost
    applies.
    """

    def __init__(self, pack_hook: Callable[[Any], Any], unpack_hook: Callable[[Any], Any]) -> None:
        self.pack_hook = pack_hook
        self.unpack_hook = unpack_hook

    def __enter__(self) -> None:
        push_hooks(self.pack_hook, self.unpack_hook)

    def __exit__(self, *exception: object) -> None:
        pop_hooks()


class save_on_cpu(saved_tensors_hooks):
    """Inside, saved tensors are kept in the CPU's memory: where they are already, here."""

    def __init__(self, pin_memory: bool = False, device_type: str = "cuda") -> None:
        def pack_to_cpu(tensor: Any) -> tuple[Any, Any]:
            return tensor.device, tensor.clone() if pin_memory else tensor.cpu()

        def unpack_from_cpu(packed: tuple[Any, Any]) -> Any:
            device, tensor = packed
            return tensor.to(device)

        super().__init__(pack_to_cpu, unpack_from_cpu)


@contextlib.contextmanager
def disable_saved_tensors_hooks(error_message: str) -> Generator[None]:
    """Inside, hooks on saved tensors are refused: RuntimeError with `error_message`."""
    before = disabled_message()
    try:
        disable_hooks(error_message)
        yield
    finally:
        disable_hooks(before)


def region_activation_memory_budget(budget: float) -> Any:
    """Only for `torch.compile`, which there isn't here: raises RuntimeError as PyTorch does."""
    if isinstance(budget, bool) or not isinstance(budget, (int, float)):
        raise TypeError(
            "torch.autograd.graph.region_activation_memory_budget: expects a float, "
            f"got {type(budget).__name__}"
        )
    if not 0.0 <= budget <= 1.0:
        raise ValueError(
            "torch.autograd.graph.region_activation_memory_budget: must be in [0, 1], "
            f"got {budget}"
        )
    raise RuntimeError(
        "torch.autograd.graph.region_activation_memory_budget can only be used inside a "
        "torch.compile region; it has no effect in eager mode."
    )


def set_warn_on_accumulate_grad_stream_mismatch(enabled: bool) -> None:
    """For streams of a GPU, of which there are none here: changes nothing."""


def set_override_stale_capture_stream(enabled: bool) -> None:
    """For graphs of a GPU, of which there are none here: changes nothing."""


class _MultiHandle(RemovableHandle):
    """Takes several hooks away at once."""

    __module__ = "torch.autograd.graph"

    def __init__(self, handles: tuple[RemovableHandle, ...]) -> None:
        self.handles = handles

    def remove(self) -> None:
        for handle in self.handles:
            handle.remove()


def register_multi_grad_hook(
    tensors: Sequence[Any], fn: Callable[[Any], None], *, mode: str = "all"
) -> RemovableHandle:
    """Call `fn(grads)` in a backward once the gradients of all `tensors` are known.

    A tensor that this backward doesn't reach counts as None. With `mode="any"`, call `fn(grad)`
    with the first gradient of them that is known.
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    hooks = _waiting_for_all(tensors, fn) if mode == "all" else _first_of(tensors, fn)
    return _MultiHandle(tuple(tensor.register_hook(hook) for tensor, hook in hooks))


type _Hooks = list[tuple[Any, Callable[[Any], None]]]


def _waiting_for_all(tensors: Sequence[Any], fn: Callable[[Any], None]) -> _Hooks:
    nodes = [_node_of(tensor) for tensor in tensors]
    # For each backward at work: how many gradients are still to come, and those that have.
    waiting: dict[int, tuple[list[int], list[Any]]] = {}

    def arrived(place: int, grad: Any) -> None:
        task = _current_task()
        if task not in waiting:
            coming = sum(_C.check(engine.will_execute(node._h)) for node in nodes)
            waiting[task] = [coming], [None] * len(nodes)
        left, grads = waiting[task]
        grads[place] = grad
        left[0] -= 1
        if left[0] == 0:
            del waiting[task]
            fn(grads)

    return [(tensor, functools.partial(arrived, at)) for at, tensor in enumerate(tensors)]


def _first_of(tensors: Sequence[Any], fn: Callable[[Any], None]) -> _Hooks:
    seen: set[int] = set()

    @functools.wraps(fn)
    def once(grad: Any) -> None:
        task = _current_task()
        if task not in seen:
            seen.add(task)
            fn(grad)

    return [(tensor, once) for tensor in tensors if tensor.requires_grad]


def _current_task() -> int:
    task = engine.current_pass()
    if task < 0:
        raise AssertionError("expected this hook to be called inside a backward call")
    return task
