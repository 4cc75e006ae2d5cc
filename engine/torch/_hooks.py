"""Python functions that run during a backward pass."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from . import _C
from ._dtype import tensor_type_names
from ._handles import TensorBase

engine = _C.engine

_serial = [0]


class RemovableHandle:
    """Takes a hook away again: call `remove()`, or use it in a `with` statement."""

    __module__ = "torch.utils.hooks"

    def __init__(self, hook_number: int) -> None:
        self._number = hook_number
        self.id = _serial[0]
        _serial[0] += 1

    def remove(self) -> None:
        """Take the hook away. Doing it twice does no harm."""
        engine.remove_hook(self._number)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


def hook_name(hook: Callable[..., Any]) -> str:
    """What messages call the hook."""
    name = getattr(hook, "__name__", None)
    return name if isinstance(name, str) else "<unknown>"


def _checked(hook: Callable[..., Any], given: Any, changed: Any) -> None:
    """May `changed`, which `hook` has returned, take the place of `given`?"""
    if given is None:
        raise RuntimeError("can't replace a None gradient with a non-None value")
    if not isinstance(changed, TensorBase):
        raise TypeError(f"expected Variable, but hook returned '{type(changed).__name__}'")
    if changed.dtype is not given.dtype:
        was, got = tensor_type_names[given.dtype], tensor_type_names[changed.dtype]
        raise RuntimeError(
            f"hook '{hook_name(hook)}' has changed the type of value (was {was} got {got})"
        )
    if changed.shape != given.shape:
        raise RuntimeError(f"hook '{hook_name(hook)}' has changed the size of value")


# The engine reads an answered tensor after Python's frame is gone: it must live until then.
_last_given: list[Any] = []


def register_tensor_hook(tensor: Any, hook: Callable[[Any], Any]) -> RemovableHandle:
    """Run `hook(grad)` when the gradient of `tensor` is known."""

    def call(handle: int) -> int:
        gradient = _C.tensor_or_none(handle)
        changed = hook(gradient)
        if changed is None:
            return 0
        _checked(hook, gradient, changed)
        _last_given[:] = [changed]
        return changed._h

    return _registered(engine.register_tensor_hook, tensor, hook, call)


def register_post_accumulate_hook(tensor: Any, hook: Callable[[Any], None]) -> RemovableHandle:
    """Run `hook(tensor)` when backward has added to `tensor.grad`."""

    def call(handle: int) -> int:
        leaf = _C.tensor(handle)
        changed = hook(leaf)
        if changed is not None:
            _checked(hook, leaf, changed)
            raise RuntimeError("Tensor post accumulate grad hooks should return None.")
        return 0

    return _registered(engine.register_post_accumulate, tensor, hook, call)


def _registered(
    register: Callable[..., int],
    owner: Any,
    hook: Callable[..., Any],
    call: Callable[..., int],
) -> RemovableHandle:
    handle = RemovableHandle(0)
    handle._number = _C.check(register(owner._h, _C.callback(call, owner=(handle.id, hook))))
    return handle


def hooks_of(tensor: Any, kind: str) -> OrderedDict[int, Any] | None:
    """The hooks of a tensor by their number: "tensor" or "accumulated"; None before the first."""
    found = engine.hook_callables(tensor._h, kind)
    if found is None:
        return None
    return OrderedDict(found[at].owner for at in range(len(found)))


def register_node_prehook(node: Any, hook: Callable[..., Any]) -> RemovableHandle:
    """Run `hook(grad_outputs)` before `node`."""

    def call(count: int, *handles: int) -> int:
        grads = _tensors(handles[:count])
        return _answer(hook(grads), grads, hook)

    return _registered(engine.register_node_prehook, node, hook, call)


def register_node_hook(node: Any, hook: Callable[..., Any]) -> RemovableHandle:
    """Run `hook(grad_inputs, grad_outputs)` after `node`."""

    def call(count: int, *handles: int) -> int:
        inputs = _tensors(handles[:count])
        return _answer(hook(inputs, _tensors(handles[count + 1 :])), inputs, hook)

    return _registered(engine.register_node_hook, node, hook, call)


def _tensors(handles: Sequence[int]) -> tuple[Any, ...]:
    return tuple(_C.adopt_all(handles))


def _answer(changed: Any, given: tuple[Any, ...], hook: Callable[..., Any]) -> int:
    if changed is None:
        return 0
    if not isinstance(changed, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type(changed).__name__}'")
    if len(changed) != len(given):
        raise RuntimeError(
            f"hook '{hook_name(hook)}' has returned an incorrect number of values "
            f"(got {len(changed)}, but expected {len(given)})"
        )
    for before, after in zip(given, changed):
        if after is not None:
            _checked(hook, before, after)
    _last_given[:] = changed
    engine.give_results(*(0 if value is None else value._h for value in changed))
    return 1
