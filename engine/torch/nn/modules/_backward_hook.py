"""Hooks on the backward pass through a module.

An identity is put around the module's inputs and another around its outputs. When gradients pass
the second, those of the outputs are known, and when they pass the first, those of the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ... import _C
from ..._handles import TensorBase
from ...autograd.function import Function

type Gradients = tuple[Any, ...]

_NO_INPUTS = (
    "Full backward hook is firing when gradients are computed with respect to module outputs since "
    "no inputs require gradients. See https://docs.pytorch.org/docs/main/generated/torch.nn.Module"
    ".html#torch.nn.Module.register_full_backward_hook for more details."
)


class BackwardHookFunction(Function):
    """The identity, for tensors that pass a place where hooks wait."""

    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        """The tensors themselves."""
        ctx.mark_non_differentiable(*[arg for arg in args if not arg.requires_grad])
        return args

    @staticmethod
    def backward(ctx: Any, *args: Any) -> Any:
        """The gradients themselves."""
        return args


class BackwardHook:
    """The hooks of one call of a module."""

    def __init__(
        self, module: Any, hooks: Sequence[Callable[..., Any]], pre_hooks: Sequence[Any]
    ) -> None:
        self.module = module
        self.hooks = hooks
        self.pre_hooks = pre_hooks
        self.grad_outputs: Gradients | None = None
        self.input_places: list[int] | None = None
        self.input_count = 0

    def setup_input(self, args: Gradients) -> Gradients:
        """The arguments, as they come out of the first identity."""
        self.input_count = len(args)
        args, self.input_places = _passed(args, self._on_inputs)
        return args

    def setup_output(self, result: Any) -> Any:
        """The result, as it comes out of the second identity."""
        if not isinstance(result, (TensorBase, tuple)):
            _C.warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(result)}"
            )
        outputs = result if isinstance(result, tuple) else (result,)
        count = len(outputs)
        places: list[int] | None = None

        def on_outputs(_: Gradients, grads: Gradients) -> Any:
            return self._on_outputs(grads, places or [], count)

        outputs, places = _passed(outputs, on_outputs)
        return outputs if isinstance(result, tuple) else outputs[0]

    def _on_outputs(self, grads: Gradients, places: list[int], count: int) -> Gradients:
        known = _spread(grads, places, count)
        for hook in self.pre_hooks:
            changed = hook(self.module, known)
            if changed is None:
                continue
            changed = changed if isinstance(changed, tuple) else tuple(changed)
            if len(changed) != count:
                raise RuntimeError(
                    "Backward pre hook returned an invalid number of grad_output, "
                    f"got {len(changed)}, but expected {count}"
                )
            known = changed
        self.grad_outputs = known
        if self.input_places is None:
            self._without_inputs(known)
        return tuple(known[place] for place in places)

    def _without_inputs(self, grad_outputs: Gradients) -> None:
        _C.warn(_NO_INPUTS)
        for hook in self.hooks:
            answer = hook(self.module, (None,) * self.input_count, grad_outputs)
            none = isinstance(answer, tuple) and all(part is None for part in answer)
            if answer is not None and not none:
                raise RuntimeError(
                    "Backward hook for Modules where no input requires gradient should always "
                    "return None or None for all gradients."
                )
        self.grad_outputs = None

    def _on_inputs(self, grads: Gradients, _: Gradients) -> Any:
        if self.grad_outputs is None:
            return None  # the gradient came another way than through the module
        places = self.input_places or []
        known: Any = _spread(grads, places, self.input_count)
        for hook in self.hooks:
            changed = hook(self.module, known, self.grad_outputs)
            if changed is None:
                continue
            if len(changed) != len(known):
                raise RuntimeError(
                    "Backward hook returned an invalid number of grad_input, "
                    f"got {len(changed)}, but expected {len(known)}"
                )
            known = changed
        self.grad_outputs = None
        return tuple(known[place] for place in places)


def _spread(values: Sequence[Any], places: Sequence[int], count: int) -> Gradients:
    spread: list[Any] = [None] * count
    for place, value in zip(places, values):
        spread[place] = value
    return tuple(spread)


def _passed(values: Gradients, hook: Callable[..., Any]) -> tuple[Gradients, list[int] | None]:
    """The values with their tensors taken through an identity that `hook` watches, and where they
    stand; None where nothing requires grad."""
    places = [at for at, value in enumerate(values) if isinstance(value, TensorBase)]
    tensors = [values[at] for at in places]
    if not (_C.engine.grad_enabled() and any(t.requires_grad for t in tensors)):
        return values, None
    passed = BackwardHookFunction.apply(*tensors)
    watched = next(t.grad_fn for t in passed if t.grad_fn is not None)
    watched.register_hook(hook)
    changed = list(values)
    for at, tensor in zip(places, passed):
        changed[at] = tensor
    # A named tuple stays one.
    return (tuple(changed) if type(values) is tuple else type(values)(*changed)), places
