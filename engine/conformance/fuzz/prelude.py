"""What every fuzzed program may use: `show`, hooks that show what they get, and custom Functions."""

from __future__ import annotations

import warnings
from typing import Any

import torch
from torch.autograd import Function
from torch.autograd.function import once_differentiable

shown: list[Any] = []

# The first use of forward mode warns of something that is no business of a program.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    with torch.autograd.forward_ad.dual_level():
        _ones = torch.ones(1, requires_grad=True)
        torch.autograd.forward_ad.make_dual(_ones, torch.ones(1)).sin()


def show(*values: Any) -> None:
    """Report values, from a step or from inside a hook."""
    from observe import shown_value

    shown.append([shown_value(each) for each in values])


def seen(label: str) -> Any:
    """A hook that changes nothing."""
    return lambda *given: show(label, *given)


def doubling(grad: Any) -> Any:
    """A tensor hook that changes the gradient."""
    show("doubling", grad)
    return grad * 2


def doubling_all(grads: Any, *rest: Any) -> Any:
    """A node hook that changes the gradients."""
    show("doubling all", grads, *rest)
    return tuple(None if each is None else each * 2 for each in grads)


def misshapen(grad: Any) -> Any:
    """A hook that gives back what is not allowed."""
    return grad.new_ones(7)


def accumulated(tensor: Any) -> None:
    """A hook for when a gradient has been accumulated."""
    show("accumulated", tensor.grad)


def packed(tensor: Any) -> Any:
    """What a saved tensor becomes while it is kept."""
    show("packed", tensor)
    return tensor.detach() * 2


def unpacked(tensor: Any) -> Any:
    """The saved tensor again."""
    show("unpacked", tensor)
    return tensor / 2


def tangent_of(function: Any, at: Any) -> Any:
    """The derivative of a function in the direction of ones, in forward mode."""
    with torch.autograd.forward_ad.dual_level():
        given = torch.autograd.forward_ad.make_dual(at, torch.ones_like(at))
        return torch.autograd.forward_ad.unpack_dual(function(given)).tangent


def graph(tensor: Any) -> list[Any]:
    """The names of a tensor's history, breadth first, as far as 12 nodes."""
    names, layer = [], [tensor.grad_fn]
    while layer and len(names) < 12:
        names.append([None if node is None else node.name() for node in layer])
        layer = [next_one for node in layer if node is not None for next_one, _ in node.next_functions][:6]
    return names


class Cube(Function):
    """In the older style, with a saved tensor."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x * x * x

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        show("cube", grad, ctx.needs_input_grad)
        (x,) = ctx.saved_tensors
        return 3 * x * x * grad


class Scaled(Function):
    """In the newer style, with an argument that is no tensor."""

    @staticmethod
    def forward(x: Any, factor: float) -> Any:
        return x * factor

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        ctx.factor = inputs[1]

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        show("scaled", grad)
        return grad * ctx.factor, None


class Doubled(Function):
    """In place."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        show("doubled", grad)
        return grad * 2


class SumAndSign(Function):
    """Two outputs, one without a gradient; not differentiable twice."""

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        sign = (x + y).sign()
        ctx.mark_non_differentiable(sign)
        return x + y, sign

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: Any, of_sign: Any) -> Any:
        show("sum and sign", grad, of_sign, ctx.needs_input_grad)
        return grad.sum_to_size(grad.shape), None


class Miscounted(Function):
    """Gives back too many gradients."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        return x.clone()

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        return grad, grad


class Forgetful(Function):
    """Gives back no gradient, and materializes none."""

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.set_materialize_grads(False)
        return x * 1, y * 1

    @staticmethod
    def backward(ctx: Any, of_x: Any, of_y: Any) -> Any:
        show("forgetful", of_x, of_y)
        return of_x, None


class Viewed(Function):
    """Gives back a view of its input."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        return x.view_as(x)

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        return grad * 3


NAMES = {name: value for name, value in globals().items() if not name.startswith("_")}
