"""Checkpoints without a backward inside backward: saved tensors are computed again when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import _C
from .._grad_mode import enable_grad
from .._handles import TensorBase
from ..autograd.function import Function
from ..autograd.graph import saved_tensors_hooks

engine = _C.engine


class CheckpointError(RuntimeError):
    """Raised when computing again gave something else than the first time."""

    __module__ = "torch.utils.checkpoint"


class _Enough(Exception):
    """All that had been saved is there again: the rest of the function need not run."""


_TIP = """

Tip: To see a more detailed error message, either pass `debug=True` to
`torch.utils.checkpoint.checkpoint(...)` or wrap the code block
with `with torch.utils.checkpoint.set_checkpoint_debug_enabled(True):` to
enable checkpoint‑debug mode globally.

If this error occurs under torch.compile with automatic_dynamic_shapes enabled,
it may be because the recomputation selected a different compiled graph than the
forward pass (e.g., a dynamic graph instead of the original static graph).
To fix this, either:
  - Use torch._dynamo.mark_dynamic() to explicitly mark varying dimensions as
    dynamic upfront, avoiding the static-to-dynamic transition.
  - Call torch._C._dynamo.eval_frame._set_lru_cache(False) to disable LRU cache
    reordering, which can change which graph is checked first between forward
    and recompute.
See https://github.com/pytorch/pytorch/issues/166926 for more details and
workaround examples.
"""


class _KeepInputs(Function):
    """Saves the arguments of a checkpointed function as any operation saves its inputs."""

    @staticmethod
    def forward(*args: Any) -> Any:
        return args[0].new_empty((0,))

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        places = [at for at, value in enumerate(inputs) if isinstance(value, TensorBase)]
        ctx.save_for_backward(*(inputs[at] for at in places))
        ctx.places = places
        ctx.values = [None if at in places else value for at, value in enumerate(inputs)]


def _inputs_of(kept: Any) -> list[Any]:
    ctx = kept.grad_fn
    values = list(ctx.values)
    for at, tensor in zip(ctx.places, ctx.saved_tensors):
        values[at] = tensor
    return values[1:]


class _Recomputed:
    """What one backward has computed again."""

    def __init__(self) -> None:
        self.tensors: list[Any] = []
        self.given: set[int] = set()


class Frame:
    """One checkpointed call: what it saved, and how to compute that again."""

    def __init__(
        self, again: Callable[..., Any], args: tuple[Any, ...], early_stop: bool, check: bool
    ) -> None:
        self._again = again
        self._early_stop = early_stop
        self._check = check
        self._saved: list[dict[str, Any]] = []
        self._finished = False
        self._tolerant = False
        self._by_pass: dict[int, _Recomputed] = {}
        wants_grad = _wants_grad()
        self._kept = _KeepInputs.apply(wants_grad, *args)

    @property
    def recorded(self) -> bool:
        """Is anything recorded at all?"""
        return self._kept.grad_fn is not None

    def hooks(self) -> saved_tensors_hooks:
        """The hooks under which the function runs for the first time."""
        return saved_tensors_hooks(self._pack, self._unpack)

    def finish(self) -> None:
        """The function has run."""
        self._finished = True

    def _pack(self, tensor: Any) -> int:
        self._saved.append(_metadata(tensor))
        return len(self._saved) - 1

    def _unpack(self, place: int) -> Any:
        task = engine.current_pass()
        # Outside of a backward each look computes anew.
        found = self._by_pass.get(task) if task >= 0 else None
        if found is None:
            found = self._recompute()
            if task >= 0:
                self._by_pass[task] = found
        if place in found.given:
            raise CheckpointError(
                "torch.utils.checkpoint: Unpack is being triggered for a tensor that was already "
                "unpacked once. If you are calling ctx.saved_tensors in backward, make sure to do "
                "so only once. Otherwise please open an issue with details on your use case."
            )
        found.given.add(place)
        tensor, found.tensors[place] = found.tensors[place], None
        return tensor

    def _recompute(self) -> _Recomputed:
        found = _Recomputed()
        args = _inputs_of(self._kept)
        try:
            with saved_tensors_hooks(lambda t: self._pack_again(found, t), _same), enable_grad():
                self._again(*args)
        except _Enough:
            pass
        self._compare(found)
        return found

    def _pack_again(self, found: _Recomputed, tensor: Any) -> Any:
        tensor = tensor.detach() if tensor.requires_grad else tensor
        if len(found.tensors) >= len(self._saved):
            if not self._finished:
                # Somebody calls backward inside the function, and there is no early stop.
                self._tolerant = True
                return tensor
            raise CheckpointError(
                "torch.utils.checkpoint: trying to save more tensors during recomputation than "
                "during the original forward pass." + _TIP
            )
        found.tensors.append(tensor)
        if self._early_stop and len(found.tensors) == len(self._saved):
            raise _Enough
        return tensor

    def _compare(self, found: _Recomputed) -> None:
        if self._tolerant:
            return
        if len(found.tensors) != len(self._saved):
            raise CheckpointError(
                "torch.utils.checkpoint: A different number of tensors was saved during the "
                "original forward and recomputation.\n"
                f"Number of tensors saved during forward: {len(self._saved)}\n"
                f"Number of tensors saved during recomputation: {len(found.tensors)}." + _TIP
            )
        if not self._check:
            return
        different = "".join(
            f"tensor at position {at}:\nsaved metadata: {before}\nrecomputed metadata: {now}\n"
            for at, (before, now) in enumerate(zip(self._saved, map(_metadata, found.tensors)))
            if before != now
        )
        if different:
            raise CheckpointError(
                "torch.utils.checkpoint: Recomputed values for the following tensors have "
                f"different metadata than during the forward pass.\n{different}." + _TIP
            )


def _metadata(tensor: Any) -> dict[str, Any]:
    return {"shape": tensor.shape, "dtype": tensor.dtype, "device": tensor.device}


def _same(tensor: Any) -> Any:
    return tensor


def _wants_grad() -> Any:
    from .._factories import empty

    return empty((0,), requires_grad=True)
