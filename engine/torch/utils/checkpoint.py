"""Trading time for memory: what a function saves for backward is computed again instead of kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable
from typing import Any

from .. import _C
from .._backward import backward
from .._grad_mode import enable_grad, no_grad
from .._handles import TensorBase
from ..autograd.function import Function
from ..random import fork_rng, get_rng_state, set_rng_state
from ._recomputation import CheckpointError, Frame

__all__ = [
    "checkpoint",
    "checkpoint_sequential",
    "CheckpointError",
    "CheckpointFunction",
    "check_backward_validity",
    "detach_variable",
    "noop_context_fn",
    "set_checkpoint_early_stop",
    "set_checkpoint_debug_enabled",
]

engine = _C.engine

_EXPLICIT = (
    "torch.utils.checkpoint: the use_reentrant parameter should be passed explicitly. Starting in "
    "PyTorch 2.9, calling checkpoint without use_reentrant will raise an exception. "
    "use_reentrant=False is recommended, but if you need to preserve the current default behavior, "
    "you can pass use_reentrant=True. Refer to docs for more details on the differences between "
    "the two variants."
)
_EXPLICIT_SEQUENTIAL = (
    "torch.utils.checkpoint.checkpoint_sequential: the use_reentrant parameter should be passed "
    "explicitly. In version 2.9 we will raise an exception if use_reentrant is not passed. "
    "use_reentrant=False is recommended, but if you need to preserve the current default behavior, "
    "you can pass use_reentrant=True. Refer to docs for more details on the differences between "
    "the two variants."
)


def detach_variable(inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same arguments, tensors cut off their history but still requiring grad if they did."""
    if not isinstance(inputs, tuple):
        raise RuntimeError(
            "Only tuple of tensors is supported. Got Unsupported input type: ",
            type(inputs).__name__,
        )
    return tuple(
        value.detach().requires_grad_(value.requires_grad)
        if isinstance(value, TensorBase)
        else value
        for value in inputs
    )


def check_backward_validity(inputs: Iterable[Any]) -> None:
    """Warn where no gradient can flow through a checkpoint."""
    if not any(value.requires_grad for value in inputs if isinstance(value, TensorBase)):
        _C.warn("None of the inputs have requires_grad=True. Gradients will be None")


@contextlib.contextmanager
def _random_numbers_of(state: Any) -> Generator[None]:
    """Inside, the same random numbers come as when `state` was taken; None leaves them alone."""
    if state is None:
        yield
        return
    with fork_rng():
        set_rng_state(state)
        yield


class CheckpointFunction(Function):
    """A checkpoint that runs a whole backward of its own inside backward (`use_reentrant=True`)."""

    @staticmethod
    def forward(ctx: Any, run_function: Any, preserve_rng_state: bool, *args: Any) -> Any:
        """Run the function without recording it."""
        check_backward_validity(args)
        ctx.run_function = run_function
        ctx.random_state = get_rng_state() if preserve_rng_state else None
        ctx.places = [at for at, value in enumerate(args) if isinstance(value, TensorBase)]
        ctx.inputs = [None if at in ctx.places else value for at, value in enumerate(args)]
        ctx.save_for_backward(*(args[at] for at in ctx.places))
        with no_grad():
            return run_function(*args)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        """Run the function again, recorded, and walk back through it."""
        if not engine.pass_takes_all():
            raise RuntimeError(
                "When use_reentrant=True, torch.utils.checkpoint is incompatible with .grad() or "
                "passing an `inputs` parameter to .backward(). To resolve this error, you can "
                "either set use_reentrant=False, or call .backward() without passing the `inputs` "
                "argument."
            )
        inputs = list(ctx.inputs)
        for at, tensor in zip(ctx.places, ctx.saved_tensors):
            inputs[at] = tensor
        with _random_numbers_of(ctx.random_state):
            detached = detach_variable(tuple(inputs))
            with enable_grad():
                outputs = ctx.run_function(*detached)
        outputs = (outputs,) if isinstance(outputs, TensorBase) else outputs
        wanted = [
            (output, grad)
            for output, grad in zip(outputs, grads)
            if isinstance(output, TensorBase) and output.requires_grad
        ]
        if not wanted:
            raise RuntimeError(
                "none of output has requires_grad=True, this checkpoint() is not necessary"
            )
        backward([output for output, _ in wanted], [grad for _, grad in wanted])
        found = (value.grad if isinstance(value, TensorBase) else None for value in detached)
        return (None, None, *found)


def noop_context_fn() -> tuple[Any, Any]:
    """No contexts of one's own around the function and its second run."""
    return contextlib.nullcontext(), contextlib.nullcontext()


_early_stop: bool | None = None


@contextlib.contextmanager
def set_checkpoint_early_stop(enable: bool) -> Generator[None]:
    """Inside, checkpoints stop computing again once all is there that was saved, or don't."""
    global _early_stop
    before, _early_stop = _early_stop, enable
    try:
        yield
    finally:
        _early_stop = before


@contextlib.contextmanager
def set_checkpoint_debug_enabled(enabled: bool | None) -> Generator[None]:
    """There are no more details here than what the error says: changes nothing."""
    yield


def checkpoint(
    function: Callable[..., Any],
    *args: Any,
    use_reentrant: bool | None = None,
    context_fn: Callable[[], tuple[Any, Any]] = noop_context_fn,
    determinism_check: str = "default",
    debug: bool = False,
    early_stop: bool = True,
    **kwargs: Any,
) -> Any:
    """Call `function(*args, **kwargs)` and keep only the arguments: backward runs it once more.

    `preserve_rng_state=False` lets the second run draw new random numbers. `context_fn` gives two
    context managers, for the first run and the second.

    Raises CheckpointError in backward if the second run saves other tensors than the first.
    """
    if use_reentrant is None:
        _C.warn(_EXPLICIT)
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if use_reentrant:
        if kwargs:
            raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
        if context_fn is not noop_context_fn or debug is not False:
            raise ValueError(
                "Passing `context_fn` or `debug` is only supported when use_reentrant=False."
            )
        return CheckpointFunction.apply(function, preserve, *args)
    if determinism_check not in ("default", "none"):
        raise ValueError(
            "determinism_check should be one of ['default', 'none'], "
            f"but got {determinism_check}"
        )
    first, second = context_fn()
    state = get_rng_state() if preserve else None

    def again(*inputs: Any) -> None:
        with _random_numbers_of(state), second:
            function(*inputs, **kwargs)

    stops = early_stop if _early_stop is None else _early_stop
    frame = Frame(again, args, stops, determinism_check == "default")
    if not frame.recorded:
        return function(*args, **kwargs)
    with frame.hooks(), first:
        result = function(*args, **kwargs)
    frame.finish()
    return result


def checkpoint_sequential(
    functions: Any,
    segments: int,
    input: Any,
    use_reentrant: bool | None = None,
    **kwargs: Any,
) -> Any:
    """Run `functions` one after the other in segments, of which all but the last are checkpoints."""
    if use_reentrant is None:
        _C.warn(_EXPLICIT_SEQUENTIAL)
        use_reentrant = True
    preserve = kwargs.pop("preserve_rng_state", True)
    if kwargs:
        raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
    steps = list(getattr(functions, "children", lambda: functions)())

    def run(part: list[Any]) -> Callable[[Any], Any]:
        def forward(value: Any) -> Any:
            for step in part:
                value = step(value)
            return value

        return forward

    size = len(steps) // segments
    last = size * (segments - 1)
    for start in range(0, last, size):
        part = run(steps[start : start + size])
        input = checkpoint(
            part, input, use_reentrant=use_reentrant, preserve_rng_state=preserve
        )
    return run(steps[last:])(input)
