"""Switches for what autograd records: as `with` statements, decorators, and on generators."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator
from types import TracebackType
from typing import Any, Self

from . import _C
from ._signature import choose, parse_signature

engine = _C.engine
_swap_grad_enabled: Callable[[bool], bool] = engine.swap_grad_enabled


def is_grad_enabled() -> bool:
    """Are operations being recorded?"""
    return engine.grad_enabled()


def is_inference_mode_enabled() -> bool:
    """Is inference mode on?"""
    return engine.inference_enabled()


_CLASSES = (
    "Decorating classes is deprecated and will be disabled in future versions. You should only "
    "decorate functions or methods. To preserve the current behavior of class decoration, you can "
    "directly decorate the `__init__` method and nothing else."
)


class _Mode:
    """A `with` block that can also decorate a function, a generator or a class."""

    __module__ = "torch.autograd.grad_mode"

    def __enter__(self) -> Any:
        raise NotImplementedError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    def clone(self) -> Self:
        """A fresh one of the same kind: each call of a decorated function enters its own."""
        return type(self)()

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isclass(function):
            _C.warn(_CLASSES, FutureWarning)
            function.__init__ = self(function.__init__)  # type: ignore[misc]
            return function
        if inspect.isgeneratorfunction(function):
            return _decorate_generator(self, function)

        @functools.wraps(function)
        def decorated(*args: Any, **kwargs: Any) -> Any:
            with self.clone():
                return function(*args, **kwargs)

        return decorated


def _decorate_generator(mode: _Mode, function: Callable[..., Any]) -> Callable[..., Any]:
    """The mode holds while the generator runs, not while its consumer does."""

    @functools.wraps(function)
    def decorated(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        generator = function(*args, **kwargs)
        try:
            with mode.clone():
                value = next(generator)
            while True:
                try:
                    sent = yield value
                except GeneratorExit:
                    with mode.clone():
                        generator.close()
                    raise
                except BaseException as error:  # thrown in by the consumer: pass it on inside
                    with mode.clone():
                        value = generator.throw(error)
                else:
                    with mode.clone():
                        value = generator.send(sent)
        except StopIteration as stop:
            return stop.value

    return decorated


class _NoArguments(_Mode):
    def __new__(cls, function: Callable[..., Any] | None = None) -> Any:
        # `@torch.no_grad` without parentheses decorates too.
        made = super().__new__(cls)
        return made if function is None else made(function)


# What messages call it.
_NoArguments.__new__.__qualname__ = "_NoParamDecoratorContextManager.__new__"


class _Grad(_NoArguments):
    enabled = True

    def __enter__(self) -> None:
        self._before = _swap_grad_enabled(self.enabled)

    def __exit__(self, *exception: Any) -> None:
        _swap_grad_enabled(self._before)


class no_grad(_Grad):
    """Inside, nothing is recorded: results have no history, whatever they are computed from."""

    __module__ = "torch.autograd.grad_mode"
    enabled = False


class enable_grad(_Grad):
    """Inside, operations are recorded again, even within `no_grad`."""

    __module__ = "torch.autograd.grad_mode"
    enabled = True


_SET_GRAD = [parse_signature("set_grad_enabled(bool enabled)")]


class set_grad_enabled(_Mode):
    """Switch recording on or off: at once as a call, or for a block as a `with` statement."""

    __module__ = "torch.autograd.grad_mode"

    def __init__(self, mode: bool) -> None:
        self._before = engine.grad_enabled()
        choose(_SET_GRAD, (mode,), {})
        self.mode = mode
        engine.set_grad_enabled(mode)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        engine.set_grad_enabled(self._before)
        return super().__call__(function)

    def __enter__(self) -> None:
        engine.set_grad_enabled(self.mode)

    def __exit__(self, *exception: Any) -> None:
        engine.set_grad_enabled(self._before)

    def __str__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def __repr__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def clone(self) -> set_grad_enabled:
        """A fresh one of the same mode."""
        return type(self)(self.mode)


class inference_mode(_Mode):
    """Like `no_grad`, and what is made inside can never be used in recorded computations."""

    __module__ = "torch.autograd.grad_mode"

    def __new__(cls, mode: bool | Callable[..., Any] = True) -> Any:
        if isinstance(mode, bool):
            return super().__new__(cls)
        return cls()(mode)

    def __init__(self, mode: bool = True) -> None:
        self.mode = mode

    def __enter__(self) -> None:
        self._before = engine.grad_enabled(), engine.inference_enabled()
        engine.set_inference(self.mode)
        engine.set_grad_enabled(not self.mode)

    def __exit__(self, *exception: Any) -> None:
        grad, inference = self._before
        engine.set_inference(inference)
        engine.set_grad_enabled(grad)

    def clone(self) -> inference_mode:
        """A fresh one of the same mode."""
        return type(self)(self.mode)


class set_multithreading_enabled(_Mode):
    """Whether backward may use several threads: there is one thread here, so nothing changes."""

    __module__ = "torch.autograd.grad_mode"

    def __init__(self, mode: bool) -> None:
        self.mode = mode

    def __enter__(self) -> None:
        """The mode holds already."""

    def __exit__(self, *exception: Any) -> None:
        """There is nothing to undo."""

    def clone(self) -> set_multithreading_enabled:
        """A fresh one of the same mode."""
        return type(self)(self.mode)
