"""Calling a module, and the hooks that run around the call."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from ... import _C
from ..._handles import TensorBase
from ..._hooks import RemovableHandle
from ._backward_hook import BackwardHook
from ._walking import Walking

type Hooks = OrderedDict[int, Callable[..., Any]]


class DictHandle(RemovableHandle):
    """Takes a hook out of a module's dictionary, and its number out of those beside it."""

    def __init__(self, hooks: Hooks, hook: Any, prepend: bool = False, *marks: Any) -> None:
        super().__init__(0)
        self._stores = (hooks, *marks)
        hooks[self.id] = hook
        if prepend:
            hooks.move_to_end(self.id, last=False)

    def remove(self) -> None:
        """Take the hook away. Doing it twice does no harm."""
        for store in self._stores:
            store.pop(self.id, None)


class GlobalHooks:
    """The hooks that run for every module."""

    forward: Hooks = OrderedDict()
    forward_pre: Hooks = OrderedDict()
    backward: Hooks = OrderedDict()
    backward_pre: Hooks = OrderedDict()
    with_kwargs: dict[int, bool] = {}
    always_called: dict[int, bool] = {}

    @classmethod
    def any(cls) -> bool:
        """Is there one?"""
        return bool(cls.forward or cls.forward_pre or cls.backward or cls.backward_pre)


_MIXED = (
    "Cannot use both regular backward hooks and full backward hooks on a single Module. "
    "Please use only one of them."
)


def _forward_unimplemented(self: Any, *input: Any) -> Any:
    """Compute the output; to be defined by subclasses."""
    raise NotImplementedError(
        f'Module [{type(self).__name__}] is missing the required "forward" function'
    )


class Calling(Walking):
    """The part of `Module` that calls `forward` with the hooks around it."""

    _forward_hooks: Hooks
    _forward_hooks_with_kwargs: dict[int, bool]
    _forward_hooks_always_called: dict[int, bool]
    _forward_pre_hooks: Hooks
    _forward_pre_hooks_with_kwargs: dict[int, bool]
    _backward_hooks: Hooks
    _backward_pre_hooks: Hooks

    forward = _forward_unimplemented

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if (
            self._forward_hooks
            or self._forward_pre_hooks
            or self._backward_hooks
            or self._backward_pre_hooks
            or GlobalHooks.any()
        ):
            return self._call_with_hooks(args, kwargs)
        return self.forward(*args, **kwargs)

    def _call_with_hooks(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        called: set[int] = set()
        result = None
        try:
            args, kwargs = self._before_forward(args, kwargs)
            backward_hook = self._new_backward_hook()
            if backward_hook is not None:
                args = backward_hook.setup_input(args)
            result = self.forward(*args, **kwargs)
            for number, hook in (*GlobalHooks.forward.items(), *self._forward_hooks.items()):
                called.add(number)
                changed = self._call_forward_hook(number, hook, args, kwargs, result)
                result = result if changed is None else changed
            if backward_hook is not None:
                result = backward_hook.setup_output(result)
            elif self._backward_hooks and self._is_full_backward_hook is False:
                self._hook_last_node(result)
            return result
        except Exception:
            self._call_remaining_hooks(called, args, kwargs, result)
            raise

    def _before_forward(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        for number, hook in (*GlobalHooks.forward_pre.items(), *self._forward_pre_hooks.items()):
            if number in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
                    if not isinstance(changed, tuple) or len(changed) != 2:
                        raise RuntimeError(
                            "forward pre-hook must return None or a tuple of "
                            f"(new_args, new_kwargs), but got {changed}."
                        )
                    args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
        return args, kwargs

    def _new_backward_hook(self) -> BackwardHook | None:
        full = list(GlobalHooks.backward.values())
        if self._is_full_backward_hook:
            full += self._backward_hooks.values()
        before = [*GlobalHooks.backward_pre.values(), *self._backward_pre_hooks.values()]
        return BackwardHook(self, full, before) if full or before else None

    def _call_forward_hook(
        self, number: int, hook: Any, args: Any, kwargs: dict[str, Any], result: Any
    ) -> Any:
        if number in self._forward_hooks_with_kwargs or number in GlobalHooks.with_kwargs:
            return hook(self, args, kwargs, result)
        return hook(self, args, result)

    def _call_remaining_hooks(
        self, called: set[int], args: Any, kwargs: dict[str, Any], result: Any
    ) -> None:
        always = (
            (GlobalHooks.forward, GlobalHooks.always_called, "global module"),
            (self._forward_hooks, self._forward_hooks_always_called, "module"),
        )
        for hooks, marked, what in always:
            for number, hook in hooks.items():
                if number in marked and number not in called:
                    try:
                        self._call_forward_hook(number, hook, args, kwargs, result)
                    except Exception as error:
                        _C.warn(
                            f"{what} forward hook with ``always_call=True`` raised an exception "
                            f"that was silenced as another error was raised in forward: {error}"
                        )

    def _hook_last_node(self, result: Any) -> None:
        first = next((t for t in _tensors_in(result)), None)
        if first is not None and first.grad_fn is not None:
            for hook in self._backward_hooks.values():
                first.grad_fn.register_hook(lambda *grads, hook=hook: hook(self, *grads))

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args)` before each forward; it may return other arguments."""
        marks = self._forward_pre_hooks_with_kwargs
        handle = DictHandle(self._forward_pre_hooks, hook, prepend, marks)
        if with_kwargs:
            marks[handle.id] = True
        return handle

    def register_forward_hook(
        self,
        hook: Callable[..., Any],
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Call `hook(module, args, output)` after each forward; it may return another output."""
        marks = (self._forward_hooks_with_kwargs, self._forward_hooks_always_called)
        handle = DictHandle(self._forward_hooks, hook, prepend, *marks)
        for store, wanted in zip(marks, (with_kwargs, always_call)):
            if wanted:
                store[handle.id] = True
        return handle

    def register_full_backward_pre_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, grad_output)` before the gradients of the inputs are computed."""
        return DictHandle(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, grad_input, grad_output)` when the gradients of the inputs are known."""
        if self._is_full_backward_hook is False:
            raise RuntimeError(_MIXED)
        self._is_full_backward_hook = True
        return DictHandle(self._backward_hooks, hook, prepend)

    def register_backward_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Deprecated: hooks the last node of the output only. Use `register_full_backward_hook`."""
        if self._is_full_backward_hook is True:
            raise RuntimeError(_MIXED)
        self._is_full_backward_hook = False
        return DictHandle(self._backward_hooks, hook)


def _tensors_in(value: Any) -> Iterator[Any]:
    if isinstance(value, TensorBase):
        yield value
    elif isinstance(value, (tuple, list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _tensors_in(item)


def register_module_forward_hook(
    hook: Callable[..., Any], *, with_kwargs: bool = False, always_call: bool = False
) -> RemovableHandle:
    """Call `hook(module, args, output)` after each forward of every module."""
    marks = (GlobalHooks.with_kwargs, GlobalHooks.always_called)
    handle = DictHandle(GlobalHooks.forward, hook, False, *marks)
    for store, wanted in zip(marks, (with_kwargs, always_call)):
        if wanted:
            store[handle.id] = True
    return handle


def register_module_forward_pre_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call `hook(module, args)` before each forward of every module."""
    return DictHandle(GlobalHooks.forward_pre, hook)


def register_module_full_backward_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call `hook(module, grad_input, grad_output)` for every module in the backward pass."""
    return DictHandle(GlobalHooks.backward, hook)


def register_module_full_backward_pre_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call `hook(module, grad_output)` for every module in the backward pass."""
    return DictHandle(GlobalHooks.backward_pre, hook)
