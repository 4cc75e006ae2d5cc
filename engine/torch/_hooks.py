"""Python functions that run during a backward pass."""

from __future__ import annotations

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
    return getattr(hook, "__name__", type(hook).__name__)


def register_tensor_hook(tensor: Any, hook: Callable[[Any], Any]) -> RemovableHandle:
    """Run `hook(grad)` when the gradient of `tensor` is known."""

    def call(handle: int) -> int:
        gradient = _C.tensor(handle)
        changed = hook(gradient)
        if changed is None:
            return 0
        _require_tensor(changed)
        if changed.shape != gradient.shape:
            raise RuntimeError(f"hook '{hook_name(hook)}' has changed the size of value")
        if changed.dtype is not gradient.dtype:
            was, got = tensor_type_names[gradient.dtype], tensor_type_names[changed.dtype]
            raise RuntimeError(
                f"hook '{hook_name(hook)}' has changed the type of value (was {was} got {got})"
            )
        return _given(changed)

    number = engine.register_tensor_hook(tensor._h, _C.callback(call), hook_name(hook))
    return RemovableHandle(_C.check(number))


# The engine reads an answered tensor after Python's frame is gone: it must live until then.
_last_given: list[Any] = []


def _given(*tensors: Any) -> int:
    _last_given[:] = tensors
    return tensors[0]._h


def register_post_accumulate_hook(tensor: Any, hook: Callable[[Any], None]) -> RemovableHandle:
    """Run `hook(tensor)` when backward has added to `tensor.grad`."""

    def call(handle: int) -> int:
        if hook(_C.tensor(handle)) is not None:
            raise RuntimeError("Tensor post accumulate grad hooks should return None.")
        return 0

    return RemovableHandle(_C.check(engine.register_post_accumulate(tensor._h, _C.callback(call))))


def register_node_prehook(node: Any, hook: Callable[..., Any]) -> RemovableHandle:
    """Run `hook(grad_outputs)` before `node`."""

    def call(count: int, *handles: int) -> int:
        return _answer(hook(_tensors(handles[:count])), count, hook)

    return RemovableHandle(_C.check(engine.register_node_prehook(node._h, _C.callback(call))))


def register_node_hook(node: Any, hook: Callable[..., Any]) -> RemovableHandle:
    """Run `hook(grad_inputs, grad_outputs)` after `node`."""

    def call(count: int, *handles: int) -> int:
        inputs = _tensors(handles[:count])
        return _answer(hook(inputs, _tensors(handles[count + 1 :])), count, hook)

    return RemovableHandle(_C.check(engine.register_node_hook(node._h, _C.callback(call))))


def _tensors(handles: Sequence[int]) -> tuple[Any, ...]:
    return tuple(_C.adopt_all(handles))


def _answer(changed: Any, expected: int, hook: Callable[..., Any]) -> int:
    if changed is None:
        return 0
    if isinstance(changed, TensorBase):
        changed = (changed,)
    if not isinstance(changed, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type(changed).__name__}'")
    if len(changed) != expected:
        raise RuntimeError(
            f"hook '{hook_name(hook)}' has returned an incorrect number of values "
            f"(got {len(changed)}, but expected {expected})"
        )
    for value in changed:
        if value is not None:
            _require_tensor(value)
    _last_given[:] = changed
    engine.give_results(*(0 if value is None else value._h for value in changed))
    return 1


def _require_tensor(value: Any) -> None:
    if not isinstance(value, TensorBase):
        raise TypeError(f"expected Variable, but hook returned '{type(value).__name__}'")
