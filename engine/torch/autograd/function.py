"""Operations of your own: `torch.autograd.Function`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .. import _C
from .._grad_mode import no_grad
from .._handles import TensorBase
from .._node import Node, custom_nodes

__all__ = ["Function", "FunctionCtx", "once_differentiable"]

engine = _C.engine


class FunctionCtx:
    """What `forward` leaves for `backward`: saved tensors, flags, and attributes of your own."""

    needs_input_grad: tuple[bool, ...] = ()
    materialize_grads = True
    _to_save: tuple[Any, ...] = ()
    _dirty: tuple[Any, ...] = ()
    _constant: tuple[Any, ...] = ()

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep input or output tensors for `backward`; call it at most once, with tensors or None.

        They come back as `ctx.saved_tensors`, checked against changes in place.
        """
        self._to_save = tensors

    def save_for_forward(self, *tensors: Any) -> None:
        """Keep tensors for `jvp`."""
        self._saved_for_forward = tensors

    def mark_dirty(self, *tensors: Any) -> None:
        """Say which inputs `forward` has changed in place; they must be returned too."""
        self._dirty = tensors

    def mark_non_differentiable(self, *tensors: Any) -> None:
        """Say which outputs have no gradient."""
        self._constant = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """With False, `backward` gets None for outputs without gradient, instead of zeros."""
        self.materialize_grads = value


class _FunctionNode(Node, FunctionCtx):
    """The node of a Function: the `ctx` that its `forward` and `backward` see."""

    # The engine's node outlives this object. What has been set on it lives in a dictionary that
    # the node's callback holds, and that a later object for the same node takes over.
    __slots__ = ("__dict__",)
    __module__ = "builtins"
    _function: type[Function]

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """The tensors of `save_for_backward`.

        Raises RuntimeError if one has been changed in place since, or if they have been freed.
        """
        if not getattr(self, "_h", 0):
            return self._to_save
        return tuple(_C.tensors(engine.custom_saved(self._h)))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


def _revive_by_handle(handle: int) -> Any:
    return revive(handle, *engine.custom_callable(handle).owner)


class _FunctionMeta(type):
    """Gives every Function its class of nodes: `Square` gets `SquareBackward`."""

    _backward_cls: type[_FunctionNode]

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        cls._backward_cls = type(
            name + "Backward", (_FunctionNode,), {"__module__": "builtins", "_function": cls}
        )


class Function(metaclass=_FunctionMeta):
    """An operation whose forward and backward you write yourself.

    Derive from it, define `forward(ctx, *args)` and `backward(ctx, *grad_outputs)` as static
    methods, and call `YourFunction.apply(*args)`. `backward` returns one gradient for each
    argument of `forward`, None for those that have none. Alternatively `forward(*args)` leaves the
    context alone and `setup_context(ctx, inputs, output)` fills it.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use "
            "new-style autograd function with static forward method. (Example: "
            "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Compute the result; to be overridden."""
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Fill the context, where `forward` has no `ctx` parameter; to be overridden."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Compute the gradients of the arguments; to be overridden."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom "
            "autograd.Function to use it with backward mode AD."
        )

    vjp = backward

    @staticmethod
    def jvp(ctx: Any, *grad_inputs: Any) -> Any:
        """Compute the tangent of the output, for forward mode; to be overridden."""
        raise NotImplementedError(
            "You must implement the jvp function for custom autograd.Function to use it with "
            "forward mode AD."
        )

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Run `forward` on the arguments and record it."""
        node = object.__new__(cls._backward_cls)
        tensors = [isinstance(arg, TensorBase) for arg in args]
        needs = tuple(is_tensor and a.requires_grad for is_tensor, a in zip(tensors, args))
        node.needs_input_grad = needs
        with no_grad():
            if cls.setup_context is Function.setup_context:
                result = cls.forward(node, *args, **kwargs)
            else:
                result = cls.forward(*args, **kwargs)
                cls.setup_context(node, args, result)
        _check_saved(node._to_save)
        recorded = any(needs) and engine.grad_enabled()
        outputs = result if isinstance(result, tuple) else (result,)
        wrapped = _record(cls, node, args, outputs) if recorded else _unrecorded(args, outputs)
        return wrapped if isinstance(result, tuple) else wrapped[0]


def _check_saved(saved: tuple[Any, ...]) -> None:
    for position, value in enumerate(saved):
        if value is not None and not isinstance(value, TensorBase):
            raise TypeError(
                f"save_for_backward can only save variables, but argument {position} is of type "
                f"{type(value).__name__}"
            )


def _unrecorded(args: tuple[Any, ...], outputs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        output.view_as(output) if _is_one_of(output, args) else output for output in outputs
    )


def _is_one_of(value: Any, values: tuple[Any, ...]) -> bool:
    return isinstance(value, TensorBase) and any(value is other for other in values)


def _record(
    cls: type[Function], node: Any, args: tuple[Any, ...], outputs: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Make `outputs` results of `node`."""
    state = node.__dict__
    shapes: list[tuple[Any, Any]] = []
    run = _C.callback(_backward_callback(cls, state, shapes, len(args)), owner=(cls, state))
    inputs = [arg._h if isinstance(arg, TensorBase) else 0 for arg in args]
    name = type(node).__name__
    custom_nodes[name] = _revive_by_handle
    handle = _C.check(engine.custom_node(name, run, *inputs))
    wrapped = []
    for output in outputs:
        if not isinstance(output, TensorBase):
            shapes.append((None, None))
            wrapped.append(output)
            continue
        if _is_one_of(output, node._dirty):
            _C.check(engine.custom_dirty_output(handle, output._h))
        else:
            if _is_one_of(output, args):
                with no_grad():
                    output = output.view_as(output)
            constant = _is_one_of(output, node._constant) or not output.is_floating_point()
            mark = engine.custom_skip_output if constant else engine.custom_output
            mark(handle, output._h)
        shapes.append((output.shape, output.dtype))
        wrapped.append(output)
    saved = [0 if tensor is None else tensor._h for tensor in node._to_save]
    engine.custom_save(handle, *saved)
    for name in ("_to_save", "_dirty", "_constant"):
        state.pop(name, None)
    _C.bind(node, handle)
    return tuple(wrapped)


def _backward_callback(
    cls: type[Function],
    state: dict[str, Any],
    shapes: list[tuple[Any, Any]],
    expected: int,
) -> Callable[..., int]:
    name = cls.__name__ + "Backward"

    def run(handle: int, count: int, *handles: int) -> int:
        node = revive(handle, cls, state)
        grads = []
        given = iter(_C.adopt_all(handles))
        for shape, kind in shapes:
            if shape is None:
                grads.append(None)
                continue
            gradient = next(given, None)
            if gradient is not None:
                grads.append(gradient)
            elif node.materialize_grads:
                grads.append(_zeros(shape, kind))
            else:
                grads.append(None)
        backward = cls.vjp if cls.backward is Function.backward else cls.backward
        answer = backward(node, *grads)
        results = answer if isinstance(answer, tuple) else (answer,)
        while len(results) > expected and results[-1] is None:
            results = results[:-1]
        if len(results) != expected:
            raise RuntimeError(
                f"function {name} returned an incorrect number of gradients "
                f"(expected {expected}, got {len(results)})"
            )
        for result in results:
            if result is not None and not isinstance(result, TensorBase):
                raise RuntimeError(f"expected Variable or None (got {type(result).__name__})")
        _keep_alive[:] = results
        engine.give_results(*(0 if result is None else result._h for result in results))
        return 1

    return run


# The engine reads the answer of a backward after Python's frame is gone.
_keep_alive: list[Any] = []


def revive(handle: int, cls: type[Function], state: dict[str, Any]) -> Any:
    """The node object of `handle`: the living one, or a new one with the same state."""
    node = _C.adopt(handle, cls._backward_cls)
    if node.__dict__ is not state:
        node.__dict__ = state
    return node


def _zeros(shape: Any, kind: Any) -> Any:
    from .._factories import zeros

    return zeros(tuple(shape), dtype=kind)


def once_differentiable(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a `backward` that can't itself be differentiated: a second derivative then fails."""

    @functools.wraps(backward)
    def wrapper(ctx: Any, *args: Any) -> Any:
        with no_grad():
            results = backward(ctx, *args)
        if not engine.grad_enabled():
            return results
        tensors = [a for a in args if isinstance(a, TensorBase)]
        if not any(tensor.requires_grad for tensor in tensors):
            return results
        many = results if isinstance(results, tuple) else (results,)
        failing = tuple(
            _FailsTwice.apply(result, *tensors) if isinstance(result, TensorBase) else result
            for result in many
        )
        return failing if isinstance(results, tuple) else failing[0]

    return wrapper


class _FailsTwice(Function):
    @staticmethod
    def forward(ctx: Any, result: Any, *tensors: Any) -> Any:
        return result.detach()

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        raise RuntimeError(
            "trying to differentiate twice a function that was marked with @once_differentiable"
        )
