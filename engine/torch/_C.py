"""The only door from Python to the engine.

The engine is JavaScript. What crosses are numbers: a tensor or a node of the graph is an integer
*handle*, an operation is one call with positional numbers, and a negative answer means that an
error waits in `take_error`. Everything that speaks to `dxdx_engine` is in this file.
"""

from __future__ import annotations

import builtins
import warnings
from array import array
from collections.abc import Callable, Iterable, Sequence
from os.path import dirname
from types import SimpleNamespace
from typing import Any, NoReturn, Protocol
from weakref import ref

import dxdx_engine
from pyodide.ffi import create_proxy

__all__: list[str] = []

PACKAGE = dirname(__file__)

# Functions of the engine are fetched once: going through the module costs as much as the call.
engine = SimpleNamespace(**{name: getattr(dxdx_engine, name) for name in dxdx_engine.object_keys()})

signatures: Callable[[], str] = engine.signatures
op: Callable[[int], Callable[..., int]] = engine.op
# The same, of the slots that are "$" in a template: `short_op(line, "$", "$", 0)`.
short_op: Callable[..., Callable[..., int]] = engine.short_op
take_value = engine.take_value
next_result: Callable[[], int] = engine.next_result
_take_error = engine.take_error
_free = engine.free
# How many arguments one call may bring: JavaScript keeps them all on its stack.
_MOST_ARGUMENTS = 4096


class OutOfMemoryError(RuntimeError):
    """Raised when a tensor is asked for that does not fit into memory."""


class LinAlgError(RuntimeError):
    """Raised when a computation with matrices breaks down: one is singular, say."""


LinAlgError.__name__ = LinAlgError.__qualname__ = "_LinAlgError"


class Handled(Protocol):
    """A Python object that stands for something in the engine."""

    _h: int


class _Link(ref[Any]):
    """Leads from a handle to the living object that has it, and knows the handle."""

    __slots__ = ("handle",)
    handle: int


# Of each handle the link to its object, so that `x.grad is x.grad`; None where there is none.
_links: list[_Link | None] = [None] * 512

# The links of objects that have died, whose handles wait to be freed in bulk. Python appends to it
# by itself, which costs half of what a `__del__` would.
_dead: list[_Link] = []
_bury = _dead.append

_new = object.__new__


def adopt[T](handle: int, cls: type[T]) -> T:
    """The Python object of a handle: the one that exists, or a new one of class `cls`.

    Raises the waiting error where the handle is negative.
    """
    if handle < 0:
        raise_error()
    if handle >= len(_links):
        _make_room(handle)
    known = _links[handle]
    if known is not None:
        owner = known()
        if owner is not None:
            return owner
    owner = object.__new__(cls)
    bind(owner, handle)
    return owner


# `torch.Tensor`, once the class exists. Everything that makes tensors is imported before it.
_tensor_type: type[Any] = object


def set_tensor_type(cls: type[Any]) -> None:
    """Say what class tensors are to be of."""
    global _tensor_type
    _tensor_type = cls


def tensor(handle: int) -> Any:
    """The tensor of a handle: `adopt`, unrolled because every operation ends here."""
    if handle < 0:
        raise_error()
    try:
        known = _links[handle]
    except IndexError:
        _make_room(handle, drain())
        known = None
    if known is not None:
        owner = known()
        if owner is not None:
            return owner
    owner = _new(_tensor_type)
    owner._h = handle
    _links[handle] = link = _Link(owner, _bury)
    link.handle = handle
    return owner


def tensor_or_none(handle: int) -> Any:
    """The tensor of a handle, None for 0."""
    return tensor(handle) if handle else None


def adopt_all(handles: Sequence[int]) -> list[Any]:
    """The tensors of several handles; None for 0."""
    # Nothing may be freed on the way: what the engine has just given can bear a dead object's handle.
    if handles and max(handles) >= len(_links):
        _make_room(max(handles))
    return [tensor(handle) if handle else None for handle in handles]


def tensors(count: int) -> list[Any]:
    """The tensors of an operation with `count` results; None where there is none."""
    if count < 0:
        raise_error()
    return adopt_all([next_result() for _ in range(count)])


def living(handle: int) -> Any:
    """The Python object that has this handle now, if there is one."""
    known = _links[handle] if handle < len(_links) else None
    return None if known is None else known()


def transfer(old: Handled, new: Any) -> None:
    """Let `new` take over the handle of `old`, which is given up."""
    bind(new, old._h)
    old._h = 0


def bind(owner: Any, handle: int) -> None:
    """Make `owner` the Python object of `handle`."""
    owner._h = handle
    if handle >= len(_links):
        _make_room(handle)
    _links[handle] = link = _Link(owner, _bury)
    link.handle = handle


def _make_room(handle: int, freed: int = 0) -> None:
    """Let there be a place for the link of `handle`, and for many more unless many are free."""
    count = len(_links)
    more = 1 if 2 * freed > count else count
    _links.extend([None] * max(more, handle + 1 - count))


def recast[T](old: Handled, cls: type[T]) -> T:
    """The same tensor as an object of another class; `old` must not be used any more."""
    new = object.__new__(cls)
    transfer(old, new)
    return new


def drain() -> int:
    """Tell the engine which handles Python no longer holds; give back how many."""
    batch = []
    for link in _dead:
        # The engine may have handed the handle out again since its first owner died.
        if _links[link.handle] is link:
            _links[link.handle] = None
            batch.append(link.handle)
    _dead.clear()
    for first in range(0, len(batch), _MOST_ARGUMENTS):
        _free(*batch[first : first + _MOST_ARGUMENTS])
    return len(batch)


# What a Python callable raised inside the engine, kept until the engine has unwound.
_pending: list[BaseException] = []


def raise_error() -> NoReturn:
    """Raise the error that the engine has reported."""
    name, text = _take_error()
    if name == "@python":
        raise _pending.pop()
    if name == "OutOfMemoryError":
        raise OutOfMemoryError(text)
    if name == "LinAlgError":
        raise LinAlgError(text)
    raise getattr(builtins, name)(text)


def check(status: int) -> int:
    """Pass a non-negative answer on; raise what a negative one stands for."""
    if status < 0:
        raise_error()
    return status


def value_of(status: int) -> Any:
    """The plain value (bool, int, float) that an operation has left to be taken."""
    if status < 0:
        raise_error()
    return take_value()


def callback(function: Callable[..., int], owner: Any = None) -> Any:
    """Wrap `function` so that the engine may keep and call it.

    What it raises is kept and comes out of the engine call in which it happened. `owner` is
    remembered for who gets the function back from the engine.
    """

    def guarded(*args: Any) -> int:
        try:
            return function(*args)
        except BaseException as error:  # also KeyboardInterrupt: it must cross the engine unharmed
            _pending.append(error)
            return -1

    guarded.owner = owner  # type: ignore[attr-defined]
    return create_proxy(guarded)


def warn(text: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line of the reader's code that led here."""
    warnings.warn(text, category, skip_file_prefixes=(PACKAGE,))


def _engine_warning(text: str, category: str) -> None:
    warn(text, getattr(builtins, category))


_once: set[str] = set()
_warn_always = False


def set_warn_always(b: bool) -> None:
    """Whether warnings that come only once in a program come every time."""
    global _warn_always
    _warn_always = b


def is_warn_always_enabled() -> bool:
    """What `set_warn_always` set."""
    return _warn_always


def warn_once(text: str, category: type[Warning] = UserWarning) -> None:
    """Warn only the first time in a program, as the C++ side of PyTorch does."""
    if _warn_always or text not in _once:
        _once.add(text)
        warn(text, category)


def floats(values: Iterable[float]) -> Any:
    """Numbers packed as the engine reads long lists."""
    return array("d", values)


def start() -> None:
    """Connect a fresh world: called once before a program runs, never before a snapshot is made."""
    engine.set_warning_callback(create_proxy(_engine_warning))
    engine.set_pressure_callback(create_proxy(drain))
