"""Makes Python functions of the engine's operations.

The engine lists its operations, one line an overload (see `signatures` in engine/binding.ts). Every
function and method made here goes through the argument parser the first time that arguments of
certain types arrive, and a short way (`_ways.py`) from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from . import _C, _return_types
from ._docs import sentence
from ._handles import TensorBase
from ._names import NotInDxdx
from ._out import into, pytorch_overloads
from ._signature import Overload, choose, parse_signature
from ._ways import Finish, Way, key_of, one_tensor, takes_as_number, way_for

type Function = Callable[..., Any]


class Entry:
    """One overload: its signature, the engine's function, and what comes back."""

    __slots__ = ("line", "overload", "method_overload", "run", "finish", "where")

    def __init__(self, line: int, where: str, signature: str, returns: str) -> None:
        self.line = line
        self.overload = parse_signature(signature)
        self.method_overload = parse_signature(signature, method=True) if "m" in where else None
        self.run = _C.op(line)
        self.finish = _finisher(returns)
        self.where = where

    def call(self, values: list[Any]) -> Any:
        """Send parsed arguments to the engine and make Python objects of its answer."""
        slots: list[Any] = []
        for parameter, value in zip(self.overload.parameters, values):
            parameter.cross(slots, value)
        return self.finish(self.run(*slots), values)


def _finisher(returns: str) -> Finish:
    """What to do with the engine's answer to an operation that returns `returns`."""
    if returns == "Tensor":
        return one_tensor
    if returns == "Tensor(input)":
        return _the_input
    if returns == "Tensor[]":
        return lambda answer, values: tuple(_C.tensors(answer))
    if returns in ("bool", "int", "float", "Scalar"):
        return lambda answer, values: _C.value_of(answer)
    named, _, fields = returns.partition("(")
    cls = _return_types.named(named, fields) if named else tuple
    return lambda answer, values: cls(_C.tensors(answer))


def _the_input(answer: int, values: Sequence[Any]) -> Any:
    if answer < 0:
        _C.raise_error()
    return values[0]


_entries: dict[str, list[Entry]] = {}


def _load() -> None:
    for line, text in enumerate(_C.signatures().splitlines()):
        name, where, rest = text.split("|", 2)
        signature, _, returns = rest.rpartition("|")  # `Tensor|Number` has a bar of its own
        _entries.setdefault(name, []).append(Entry(line, where, signature, returns))


_load()


def engine_function(name: str, overload: int = 0) -> Callable[..., int]:
    """The engine's own function for an operation: takes slots, answers with a number."""
    return _entries[name][overload].run


def short_function(name: str, *template: Any, overload: int = 0) -> Callable[..., int]:
    """The same with only the slots that are "$" in `template` left to be given."""
    return _C.short_op(_entries[name][overload].line, *template)


def has(name: str) -> bool:
    """Does the engine have an operation of this name?"""
    return name in _entries


def function(name: str, public: str | None = None) -> Function:
    """The Python function for the operation `name`, as `torch.name` shows it.

    Messages call it `public`, where that is given.
    """
    entries = [entry for entry in _entries[name] if "f" in entry.where or name.startswith("_")]
    overloads = [entry.overload for entry in entries]
    if public is not None:
        overloads = [Overload(public, o.parameters, o.hidden) for o in overloads]
    ways: dict[tuple[Any, ...], Way] = {}

    def call(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            way = ways.get(key_of(args, kwargs))
            if way is not None:
                return way(*args, *kwargs.values())
        else:
            way = ways.get(tuple(map(type, args)))
            if way is not None:
                return way(*args)
        return _by_parser(entries, overloads, ways, args, kwargs)

    return _named(call, public or name, overloads)


def method(name: str, public: str | None = None) -> Function:
    """The Python method for the operation `name`, as `Tensor.name` shows it."""
    entries = [entry for entry in _entries[name] if "m" in entry.where]
    overloads = [entry.method_overload for entry in entries if entry.method_overload]

    ways: dict[tuple[Any, ...], Way] = {}

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs:
            way = ways.get(key_of(args, kwargs))
            if way is not None:
                return way(self, *args, *kwargs.values())
        elif args:
            way = ways.get(tuple(map(type, args)))
            if way is not None:
                return way(self, *args)
        else:  # `x.sum()`, which is what programs write most
            way = ways.get(())
            if way is not None:
                return way(self)
        try:
            number, values = choose(overloads, args, kwargs)
        except TypeError as error:
            modern = _in_modern_order(name, True, args, kwargs)
            if modern is not None:
                return call(self, *modern[0], **modern[1])
            raise _as_pytorch_says(name, True, args, kwargs, error) from None
        _learn(ways, key_of(args, kwargs), entries, number, (self, *args), kwargs)
        return entries[number].call([self, *values])

    return _named(call, public or name, overloads)


def _by_parser(
    entries: list[Entry],
    overloads: list[Overload],
    ways: dict[tuple[Any, ...], Way],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> Any:
    if "out" in kwargs:

        def compute(*args: Any, **kwargs: Any) -> Any:
            return _by_parser(entries, overloads, ways, args, kwargs)

        return into(overloads[0].name, compute, args, kwargs)
    try:
        number, values = choose(overloads, args, kwargs)
    except TypeError as error:
        modern = _in_modern_order(overloads[0].name, False, args, kwargs)
        if modern is not None:
            return _by_parser(entries, overloads, ways, *modern)
        raised = _as_pytorch_says(overloads[0].name, False, args, kwargs, error)
    else:
        _learn(ways, key_of(args, kwargs), entries, number, args, kwargs)
        return entries[number].call(values)
    if isinstance(raised, NotInDxdx) and args and isinstance(args[0], (bool, int, float)):
        # `torch.remainder(7, x)`: PyTorch has overloads that begin with a number.
        return _by_parser(entries, overloads, ways, (_lone_number(args[0]), *args[1:]), kwargs)
    raise raised


def _lone_number(value: float) -> Any:
    from ._conversion import build

    return build(value, None)


# What is multiplied by: numbers that once stood between the tensors.
_FACTORS = ("alpha", "beta", "value")


def _in_modern_order(
    name: str, method: bool, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
    """The arguments of a call that fits a deprecated overload, `add(x, 2, y)`, as they are given now."""
    theirs = pytorch_overloads(name, method)
    if not any(overload.hidden for overload in theirs):
        return None
    try:
        number, values = choose(theirs, args, kwargs)
    except TypeError:
        return None
    chosen = theirs[number]
    if not chosen.hidden:
        return None
    _C.warn_once(
        f"This overload of {name} is deprecated:\n\t{name}{chosen}\n"
        "Consider using one of the following signatures instead:"
        + "".join(f"\n\t{name}{overload}" for overload in theirs if not overload.hidden)
    )
    given = {p.name: value for p, value in zip(chosen.parameters, values) if p.name != "out"}
    factors = {key: value for key, value in given.items() if key in _FACTORS}
    return tuple(value for key, value in given.items() if key not in _FACTORS), factors


def _as_pytorch_says(
    name: str, method: bool, args: tuple[Any, ...], kwargs: Mapping[str, Any], error: TypeError
) -> Exception:
    """What PyTorch says of a call that the engine has no overload for.

    Its messages list its own overloads, which are more than the engine's.
    """
    theirs = pytorch_overloads(name, method)
    if not theirs:
        return error
    if method and len(theirs) == 1 and not theirs[0].parameters:
        given = f"arguments ({len(args)} given)" if args else "keyword arguments"
        return TypeError(f"TensorBase.{name}() takes no {given}")
    try:
        choose(theirs, args, kwargs)
    except TypeError as real:
        return real
    return NotInDxdx(
        f"dxdx doesn't have {name}() with these arguments yet. It has:\n"
        + "\n".join(f" * {entry.overload}" for entry in _entries.get(name, ()))
    )


def _learn(
    ways: dict[tuple[Any, ...], Way],
    key: tuple[Any, ...],
    entries: list[Entry],
    number: int,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> None:
    """Remember how a call was understood, for others like it."""
    entry = entries[number]
    if any(takes_as_number(earlier.overload, args, kwargs) for earlier in entries[:number]):
        return
    way = way_for(entry.line, entry.overload, entry.finish, args, kwargs)
    if way is not None:
        ways[key] = way


def _named(call: Function, name: str, overloads: list[Overload]) -> Function:
    call.__name__ = call.__qualname__ = name.rpartition(".")[2]
    lines = [f"{overload.name}{overload}" for overload in overloads]
    call.__doc__ = f"{sentence(call.__name__)}\n\n" + "\n".join(lines)
    return call


def public_functions() -> Iterator[tuple[str, Function]]:
    """Every operation that is a function of the module `torch`."""
    for name, entries in _entries.items():
        if not name.startswith("_") and "." not in name and any("f" in e.where for e in entries):
            yield name, function(name)


def public_methods() -> Iterator[tuple[str, Function]]:
    """Every operation that is a method of `torch.Tensor`."""
    for name, entries in _entries.items():
        if not name.startswith("_") and "." not in name and any("m" in e.where for e in entries):
            yield name, method(name)


def functions_of(module: str) -> Iterator[tuple[str, Function]]:
    """Every operation of a submodule such as `linalg`."""
    for name in _entries:
        head, _, tail = name.rpartition(".")
        if head == module:
            yield tail, function(name, tail if module == "nn.functional" else f"{module}_{tail}")
