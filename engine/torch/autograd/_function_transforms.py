"""A `torch.autograd.Function` in forward mode and inside the transforms of `torch.func`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .. import _C
from .._grad_mode import enable_grad, no_grad
from .._handles import TensorBase
from ..utils._pytree import (
    broadcast_to_and_flatten,
    tree_flatten,
    tree_leaves,
    tree_structure,
    tree_unflatten,
)
from ._function_node import Recording

engine = _C.engine

_SEE = "For more details, please see https://pytorch.org/docs/main/notes/extending.func.html"


# --- forward mode --------------------------------------------------------------------------------


class values_alone:
    """While `forward` and `jvp` are at work nothing has a tangent."""

    def __enter__(self) -> None:
        self._before = engine.forward_enabled()
        if self._before:
            engine.set_forward_enabled(False)

    def __exit__(self, *exception: Any) -> None:
        if self._before:
            engine.set_forward_enabled(True)


def push_forward(
    function: Any, node: Any, args: tuple[Any, ...], result: Any, saved: Any
) -> None:
    """Give the results the tangents that the Function's `jvp` makes of those of its arguments."""
    tangents = [_tangent(arg) for arg in args]
    if all(tangent is None for tangent in tangents):
        return
    if node.__dict__.get("_materializes", True):
        tangents = [
            _zeros_like(arg) if tangent is None and _is_float(arg) else tangent
            for tangent, arg in zip(tangents, args)
        ]
    node.__dict__["_for_forward"] = saved
    try:
        with values_alone():
            found = function.jvp(node, *tangents)
    finally:
        del node.__dict__["_for_forward"]
    outputs = result if isinstance(result, tuple) else (result,)
    moved = found if isinstance(found, tuple) else (found,)
    for output, tangent in zip(outputs, moved):
        if tangent is not None and _is_float(output):
            engine.set_tangent(output._h, tangent._h)


def _is_float(value: Any) -> bool:
    return isinstance(value, TensorBase) and value.is_floating_point()


def _tangent(value: Any) -> Any:
    return _C.tensor_or_none(engine.tangent(value._h)) if isinstance(value, TensorBase) else None


def _zeros_like(tensor: Any) -> Any:
    from .. import zeros_like

    return zeros_like(tensor)


# --- levels --------------------------------------------------------------------------------------


def apply_within(function: Any, args: tuple[Any, ...], has_context: bool) -> Any:
    """Run a Function at the innermost transform."""
    if not has_context:
        raise RuntimeError(
            "In order to use an autograd.Function with functorch transforms (vmap, grad, jvp, "
            "jacrev, ...), it must override the setup_context staticmethod. " + _SEE
        )
    if engine.level_kind() == "vmap":
        return _batched(function, args)
    return _tracked(function, args)


@contextmanager
def _below() -> Iterator[None]:
    engine.suspend_level()
    try:
        yield
    finally:
        engine.resume_level()


def _map(f: Callable[[Any], Any], values: tuple[Any, ...]) -> list[Any]:
    return [_C.tensor(f(v._h)) if isinstance(v, TensorBase) else v for v in values]


def _tracked(function: Any, args: tuple[Any, ...]) -> Any:
    """At a level of `grad` or `jvp`: the values from below, with a node of this level."""
    lifted = _map(engine.lift, args)
    lowered = _map(engine.lower, args)
    recording = Recording(_node_class(function), tuple(lifted))
    with _below(), enable_grad():
        values = function.apply(*lowered)
    leaves, spec = tree_flatten(values)
    outputs = tree_unflatten([_same_or(v, lowered, lifted, _lift) for v in leaves], spec)
    with no_grad():
        function.setup_context(recording.node, tuple(lifted), outputs)
    return recording.finish(outputs, True, function)


def _lift(value: Any) -> Any:
    return _C.tensor(engine.lift(value._h)) if isinstance(value, TensorBase) else value


def _same_or(value: Any, inner: list[Any], outer: list[Any], wrap: Callable[[Any], Any]) -> Any:
    """An argument that `forward` gives back stays the argument."""
    for one, other in zip(inner, outer):
        if value is one and isinstance(value, TensorBase):
            return other
    return wrap(value)


_generated: dict[Any, Any] = {}


def _node_class(function: Any) -> Any:
    """The class of nodes of `function` at a level: `SquareGeneratedBackward`."""
    if function not in _generated:
        base = next(c for c in function.__mro__ if c.__name__ == "_SingleLevelFunction")
        formulas = {
            name: staticmethod(getattr(function, name)) for name in ("backward", "vjp", "jvp")
        }
        _generated[function] = type(base)(f"{function.__name__}Generated", (base,), formulas)
    return _generated[function]._backward_cls


# --- vmap ----------------------------------------------------------------------------------------


class VmapInfo(NamedTuple):
    """What the static method `vmap` of a Function hears of the batch."""

    batch_size: int
    randomness: str


def _batched(function: Any, args: tuple[Any, ...]) -> Any:
    own = any("vmap" in c.__dict__ for c in function.__mro__[: _base_index(function)])
    if function.generate_vmap_rule and own:
        raise RuntimeError(
            f"You tried to vmap over {function.__name__}, but it has both generate_vmap_rule=True "
            "and an overridden vmap staticmethod. Please set generate_vmap_rule=False or delete "
            "the overridden vmap staticmethod to avoid ambiguity. " + _SEE
        )
    if not (function.generate_vmap_rule or own):
        raise RuntimeError(
            f"You tried to vmap over {function.__name__}, but it does not have vmap support. "
            "Please override and implement the vmap staticmethod or set generate_vmap_rule=True. "
            + _SEE
        )
    values, dims = _left(args)
    info = VmapInfo(engine.level_batch_size(), engine.level_randomness())
    if all(dim is None for dim in tree_leaves(dims)):
        with _below():
            return function.apply(*args)
    with _below():
        if function.generate_vmap_rule:
            rule = _Rule(function, dims, info)
            outputs, out_dims = rule.function.apply(*values), rule.out_dims
        else:
            outputs, out_dims = _checked(function.vmap(info, dims, *values))
    leaves, spec = tree_flatten(outputs)
    flat_dims = broadcast_to_and_flatten(out_dims, spec)
    if flat_dims is None:
        raise RuntimeError(
            "The autograd.Function's vmap staticmethod returned an incompatible (output, "
            f"out_dims) tuple. Expected out_dims={out_dims} to be compatible with the structure of "
            f"`output`. out_dims has structure {tree_structure(out_dims)} but output has structure "
            f"{spec}. {_SEE}"
        )
    inner, outer = list(values), list(args)
    entered = [
        _same_or(leaf, inner, outer, lambda value, dim=dim: _enter(value, dim))
        for leaf, dim in zip(leaves, flat_dims)
    ]
    return tree_unflatten(entered, spec)


def _base_index(function: Any) -> int:
    names = [f"{c.__module__}.{c.__name__}" for c in function.__mro__]
    return names.index("torch.autograd.function.Function")


def _checked(result: Any) -> tuple[Any, Any]:
    says = (
        "Expected the vmap staticmethod to have two returns, an output and out_dims with pytree "
        "structure compatible with the output. "
    )
    if not isinstance(result, tuple):
        raise RuntimeError(f"{says}Got a {type(result)} instead")
    if len(result) != 2:
        raise RuntimeError(f"{says}Got {len(result)} returns instead")
    return result


def _enter(value: Any, dim: int | None) -> Any:
    """One example of `value`, if `dim` counts examples."""
    if dim is None or not isinstance(value, TensorBase):
        return value
    return _C.tensor(engine.enter_batch(value._h, dim))


def _left(values: Any) -> tuple[Any, Any]:
    """Whole batches for examples, and their dimensions; None for what all examples share."""
    leaves, spec = tree_flatten(values)
    dims = [engine.batch_dim(v._h) if isinstance(v, TensorBase) else -1 for v in leaves]
    whole = _map(engine.lower, tuple(leaves))
    outer = [leaf if dim < 0 else value for leaf, value, dim in zip(leaves, whole, dims)]
    return (
        tree_unflatten(outer, spec),
        tree_unflatten([None if dim < 0 else dim for dim in dims], spec),
    )


def _entered(values: Any, dims: Any) -> Any:
    leaves, spec = tree_flatten(values)
    flat = broadcast_to_and_flatten(dims, spec) or [None] * len(leaves)
    return tree_unflatten([_enter(leaf, dim) for leaf, dim in zip(leaves, flat)], spec)


class _Rule:
    """A Function on whole batches, made of one on examples: each of its parts under vmap."""

    def __init__(self, function: Any, in_dims: Any, info: VmapInfo) -> None:
        self.original = function
        self.in_dims = in_dims
        self.info = info
        self.out_dims: Any = None
        self.saved_dims: Any = ()
        self.shapes: list[Any] = []
        base = next(c for c in function.__mro__ if c.__name__ == "Function")
        parts = {
            name: staticmethod(getattr(self, name))
            for name in ("forward", "setup_context", "backward", "jvp")
        }
        name = f"Vmapped{function.__name__}"
        self.function = type(base)(name, (base,), {**parts, "generate_vmap_rule": True})

    def _level(self) -> Any:
        from ..func._levels import level

        return level("vmap", *self.info)

    def forward(self, *operands: Any) -> Any:
        with self._level():
            outputs = self.original.forward(*_entered(operands, self.in_dims))
            outputs, self.out_dims = _left(outputs)
            return outputs

    def setup_context(self, ctx: Any, inputs: Any, output: Any) -> None:
        with self._level():
            examples = _entered(inputs, self.in_dims)
            self.shapes = [v.shape if isinstance(v, TensorBase) else None for v in examples]
            results = _entered(output, self.out_dims)
            self.original.setup_context(_SavingContext(ctx, self), examples, results)

    def backward(self, ctx: Any, *grads: Any) -> Any:
        out_dims = self.out_dims if isinstance(self.out_dims, tuple) else (self.out_dims,)
        with self._level():
            saved = _entered(tuple(ctx.saved_tensors), self.saved_dims)
            examples = [_enter(grad, dim) for grad, dim in zip(grads, out_dims)]
            found = self.original.backward(_RestoredContext(ctx, saved), *examples)
            found = found if isinstance(found, tuple) else (found,)
            return tuple(map(self._reduced, found, self.in_dims, self.shapes))

    def _reduced(self, gradient: Any, dim: int | None, shape: Any) -> Any:
        """A gradient for the whole input: summed over the examples where they share it."""
        if gradient is None:
            return None
        if dim is None:
            (value,), (own,) = _left((gradient,))
            return value if own is None else value.sum(own)
        if shape is not None and gradient.shape != shape:
            gradient = gradient.sum_to_size(shape)
        return _C.tensor(engine.leave_batch(gradient._h, self.info.batch_size, dim))

    def jvp(self, ctx: Any, *tangents: Any) -> Any:
        with self._level():
            saved = _entered(tuple(ctx.saved_tensors), self.saved_dims)
            examples = [_enter(tangent, dim) for tangent, dim in zip(tangents, self.in_dims)]
            found = self.original.jvp(_RestoredContext(ctx, saved), *examples)
            leaves, spec = tree_flatten(found)
            dims = broadcast_to_and_flatten(self.out_dims, spec) or [None] * len(leaves)
            size = self.info.batch_size
            whole = [
                leaf
                if leaf is None or dim is None
                else _C.tensor(engine.leave_batch(leaf._h, size, dim))
                for leaf, dim in zip(leaves, dims)
            ]
            return tree_unflatten(whole, spec)


class _Context:
    """A `ctx` seen by one example: all but the saved tensors is that of the batch."""

    def __init__(self, inner: Any, extra: Any) -> None:
        self.__dict__.update(_inner=inner, _extra=extra)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)


class _SavingContext(_Context):
    def save_for_backward(self, *tensors: Any) -> None:
        """Keep the batches, and remember their dimensions."""
        whole, self._extra.saved_dims = _left(tensors)
        self._inner.save_for_backward(*whole)

    def save_for_forward(self, *tensors: Any) -> None:
        """The same for `jvp`."""
        whole, self._extra.saved_dims = _left(tensors)
        self._inner.save_for_forward(*whole)


class _RestoredContext(_Context):
    @property
    def saved_tensors(self) -> Any:
        """Examples of what was saved."""
        return self._extra
