"""What nodes keep for backward: saved tensors as objects, and the hooks that pack and unpack them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _C
from ._handles import Handle, TensorBase

engine = _C.engine

type Hook = Callable[[Any], Any]


class SavedTensor(Handle):
    """A tensor that a node keeps: `node._raw_saved_self`."""

    __slots__ = ()
    __module__ = "torch._C._autograd"

    def __init__(self) -> None:
        self._h = 0
        raise RuntimeError("Trying to create a SavedTensor object from Python is forbidden.")

    def register_hooks(self, *hooks: Any) -> None:
        """Keep `pack(tensor)` instead of the tensor; `unpack` makes a tensor of it again.

        Raises RuntimeError if there are hooks already, or if the tensor has been freed.
        """
        if len(hooks) != 2 or not all(callable(hook) for hook in hooks):
            raise TypeError(_incompatible("register_hooks", _OF_SAVED, self, *hooks))
        if self._h == 0:
            raise RuntimeError(
                "Calling register_hooks on a saved tensor with value None is forbidden"
            )
        _C.check(engine.pack_saved(self._h, _packer(*hooks)))


_OF_SAVED = (
    "self: torch._C._autograd.SavedTensor, arg0: collections.abc.Callable, "
    "arg1: collections.abc.Callable"
)
_CALLABLES = "arg0: collections.abc.Callable, arg1: collections.abc.Callable"


def _incompatible(name: str, takes: str, *given: Any) -> str:
    return (
        f"{name}(): incompatible function arguments. The following argument types are supported:\n"
        f"    1. ({takes}) -> None\n\nInvoked with: {', '.join(map(repr, given))}"
    )


def saved_tensor(handle: int) -> SavedTensor:
    """The saved tensor of a handle; 0 stands for one that could have been saved and was not."""
    if handle:
        return _C.adopt(handle, SavedTensor)
    nothing = object.__new__(SavedTensor)
    nothing._h = 0
    return nothing


def _packer(pack: Hook, unpack: Hook) -> Any:
    """The engine's hook for a pair of hooks: what it packs comes back through a function."""

    def run(handle: int) -> int:
        packed = pack(_C.tensor(handle))

        def unpacked() -> int:
            tensor = unpack(packed)
            if not isinstance(tensor, TensorBase):
                raise TypeError(
                    "Output of saved tensor unpack_hook expected to be a Tensor but got result "
                    f"of type {type(tensor).__name__}"
                )
            return _given(tensor)

        engine.give_packed(_C.callback(unpacked))
        return 0

    return _C.callback(run)


_last_given: list[Any] = []


def _given(tensor: Any) -> int:
    # The engine reads the answer after Python's frame is gone: the tensor must live until then.
    _last_given[:] = [tensor]
    return tensor._h


# The pairs of hooks that `saved_tensors_hooks` has put in place, the innermost last.
_stack: list[Any] = []
_disabled: str | None = None


def push_hooks(pack: Hook, unpack: Hook) -> None:
    """Let a pair of hooks pack all that is saved from now on."""
    if not (callable(pack) and callable(unpack)):
        name = "_push_saved_tensors_default_hooks"
        raise TypeError(_incompatible(name, _CALLABLES, pack, unpack))
    if _disabled is not None:
        raise RuntimeError(_disabled)
    _stack.append(_packer(pack, unpack))
    engine.set_saved_hook(_stack[-1])


def pop_hooks() -> None:
    """Undo the last `push_hooks`."""
    _stack.pop()
    engine.set_saved_hook(*_stack[-1:])


def disabled_message() -> str | None:
    """Why hooks can't be used at the moment; None where they can."""
    return _disabled


def disable_hooks(message: str | None) -> None:
    """Refuse hooks with `message` from now on; allow them again with None."""
    global _disabled
    if message is not None and _stack:
        raise RuntimeError(message)
    _disabled = message
