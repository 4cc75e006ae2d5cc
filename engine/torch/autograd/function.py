"""Operations of your own: `torch.autograd.Function`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from .. import _C
from .._grad_mode import no_grad
from .._handles import TensorBase
from ._function_node import Recording, _FunctionBase
from ._function_transforms import apply_within, values_alone

__all__ = [
    "FunctionCtx",
    "BackwardCFunction",
    "FunctionMeta",
    "Function",
    "once_differentiable",
    "InplaceFunction",
    "NestedIOFunction",
]

engine = _C.engine


class FunctionCtx:
    """What `forward` leaves for `backward`: saved tensors, flags, and attributes of your own."""

    __slots__ = ()

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep input or output tensors for `backward`; call it at most once, with tensors or None.

        They come back as `ctx.saved_tensors`, checked against changes in place.
        """
        self.to_save = tensors

    def save_for_forward(self, *tensors: Any) -> None:
        """Keep tensors for `jvp`."""
        for tensor in tensors:
            if not (tensor is None or isinstance(tensor, TensorBase)):
                raise AssertionError(
                    "save_for_forward expects all arguments to be tensors; you should save "
                    f"non-tensors as attributes on ctx. Got: {type(tensor)}"
                )
        self.saved_for_forward = tensors

    def mark_dirty(self, *tensors: Any) -> None:
        """Say which inputs `forward` has changed in place; they must be returned too."""
        self.dirty_tensors = tensors

    def mark_shared_storage(self, *pairs: Any) -> None:
        """Not needed any more."""
        _C.warn(
            "mark_shared_storage is deprecated. Tensors with shared storages are automatically "
            "tracked. Note that calls to `set_()` are not tracked",
            FutureWarning,
        )

    def mark_non_differentiable(self, *tensors: Any) -> None:
        """Say which outputs have no gradient."""
        self.non_differentiable = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """With False, `backward` gets None for outputs without gradient, instead of zeros."""
        self.materialize_grads = value


class _HookMixin:
    __slots__ = ()


class BackwardCFunction(_FunctionBase, FunctionCtx, _HookMixin):
    """The node of a Function: the `ctx` that its `forward` and `backward` see."""

    __slots__ = ()
    __module__ = "torch.autograd.function"
    _forward_cls: type[Function]

    def apply(self, *grads: Any) -> Any:
        """Run the Function's `backward` (or `vjp`)."""
        backward, vjp = self._forward_cls.backward, self._forward_cls.vjp
        if backward is not Function.backward and vjp is not Function.vjp:
            raise RuntimeError(
                "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. "
                "You should only implement one of them."
            )
        return (backward if vjp is Function.vjp else vjp)(self, *grads)


class FunctionMeta(type):
    """Gives every Function its class of nodes: `Square` gets `SquareBackward`."""

    __module__ = "torch.autograd.function"
    _backward_cls: type[BackwardCFunction]

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        cls._backward_cls = type(
            name + "Backward",
            (BackwardCFunction,),
            {"_forward_cls": cls, "__module__": "torch.autograd.function", "__slots__": ()},
        )


class _SingleLevelFunction(_FunctionBase, FunctionCtx, _HookMixin, metaclass=FunctionMeta):
    __slots__ = ()
    __module__ = "torch.autograd.function"

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Compute the result; to be overridden.

        Either `forward(ctx, *args)`, or `forward(*args)` beside a `setup_context`.
        """
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Fill the context, where `forward` has no `ctx` parameter; to be overridden."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Compute the gradients of the arguments; to be overridden.

        It gets one gradient for each result, and gives one for each argument, None for those that
        have none.
        """
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


class Function(_SingleLevelFunction):
    """An operation whose forward and backward you write yourself.

    Derive from it, define `forward(ctx, *args)` and `backward(ctx, *grad_outputs)` as static
    methods, and call `YourFunction.apply(*args)`. Alternatively `forward(*args)` leaves the context
    alone and `setup_context(ctx, inputs, output)` fills it.
    """

    __module__ = "torch.autograd.function"

    generate_vmap_rule = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _C.warn(
            f"{type(self)} should not be instantiated. Methods on autograd functions are all "
            "static, so you should invoke them on the class itself. Instantiating an autograd "
            "function will raise an error in a future version of PyTorch.",
            DeprecationWarning,
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use "
            "new-style autograd function with static forward method. (Example: "
            "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def vmap(info: Any, in_dims: tuple[Any, ...], *args: Any) -> Any:
        """Compute the results for a batch of arguments, for `torch.vmap`; to be overridden."""
        raise NotImplementedError(
            "To use autograd.Function with vmap, you must either override the vmap staticmethod "
            "or set generate_vmap_rule=True."
        )

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Run `forward` on the arguments and record it."""
        by_context = cls.setup_context is not _SingleLevelFunction.setup_context
        if by_context:
            bound = inspect.signature(cls.forward).bind(*args, **kwargs)
            bound.apply_defaults()
            args, kwargs = bound.args, {}
        if engine.level_kind():
            return apply_within(cls, args, by_context)
        recording = Recording(cls._backward_cls, args)
        with no_grad(), values_alone():
            if by_context:
                result = cls.forward(*args)
                cls.setup_context(recording.node, args, result)
            else:
                result = cls.forward(recording.node, *args, **kwargs)
        return recording.finish(result, by_context, cls)


def once_differentiable(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a `backward` that can't itself be differentiated: a second derivative then fails."""

    @functools.wraps(fn)
    def wrapper(ctx: Any, *args: Any) -> Any:
        with no_grad():
            outputs = fn(ctx, *args)
        if not engine.grad_enabled():
            return outputs
        if not any(isinstance(arg, TensorBase) and arg.requires_grad for arg in args):
            return outputs
        several = outputs if isinstance(outputs, tuple) else (outputs,)
        handles = [0 if output is None else output._h for output in several]
        failing = tuple(_C.tensors(engine.delayed_error(_TWICE, *handles)))
        return failing if len(failing) > 1 else failing[0]

    return wrapper


_TWICE = "trying to differentiate twice a function that was marked with @once_differentiable"


class InplaceFunction(Function):
    """A Function that may work in place: kept from older versions of PyTorch."""

    __module__ = "torch.autograd.function"

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace


class NestedIOFunction(Function):
    """Kept from older versions of PyTorch; use Function, with tuples of tensors."""

    __module__ = "torch.autograd.function"
