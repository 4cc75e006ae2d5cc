"""Short ways into the engine, for calls like some that the argument parser has understood before.

What a call means depends on the types of its arguments alone, as long as they are tensors and plain
numbers. So once the parser has found the overload, later calls with the same types go straight to a
function of the engine that takes only what varies, with all else filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import _C
from ._handles import TensorBase
from ._parameter import Parameter, number
from ._signature import Overload

type Way = Callable[..., Any]
type Finish = Callable[[int, Sequence[Any]], Any]

_SAFE = 2**53
_HOLE = "$"
_MOST_HOLES = 4
_NUMBERS = (bool, int, float)
# Parameters whose slots follow from the type of a plain argument.
_PLAIN = ("Tensor|Number", "Scalar", "int", "int[]", "float", "bool")


def key_of(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """What calls that mean the same have in common."""
    if kwargs:
        return (*map(type, args), *kwargs, *map(type, kwargs.values()))
    return tuple(map(type, args))


def way_for(
    line: int,
    overload: Overload,
    finish: Finish,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> Way | None:
    """The way for calls like this one, which `overload` fits; None where there is no short one.

    It takes the arguments, then the values of the keyword arguments. `finish` makes of the engine's
    answer what the operation returns.
    """
    given = [*args, *kwargs.values()]
    if not all(value is None or isinstance(value, (TensorBase, *_NUMBERS)) for value in given):
        return None
    sources = _sources(overload, args, kwargs)
    template: list[Any] = []
    order: list[int] = []
    for parameter, source in zip(overload.parameters, sources):
        slots = _slots(parameter, [given[at] for at in source])
        if slots is None:
            return None
        if _HOLE in slots:
            order += source
        template += slots
    if not 0 < len(order) <= _MOST_HOLES:
        return None
    return _way(_C.short_op(line, *template), finish, given, order)


def takes_as_number(
    overload: Overload, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> bool:
    """Might `overload` take one of these tensors for a number, if it has one element?"""
    given = [*args, *kwargs.values()]
    return any(
        parameter.type in _PLAIN[1:] and any(isinstance(given[at], TensorBase) for at in source)
        for parameter, source in zip(overload.parameters, _sources(overload, args, kwargs))
    )


def _sources(
    overload: Overload, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> list[list[int]]:
    """For each parameter the places of the arguments that go into it."""
    names = [*kwargs]
    sources: list[list[int]] = []
    position = 0
    for parameter in overload.parameters:
        rest = range(position, len(args))
        if parameter.type == "int[]" and len(rest) > 1 and _is_variadic(overload, position):
            sources.append([*rest])
            position = len(args)
        elif rest and not parameter.keyword_only:
            sources.append([position])
            position += 1
        else:
            found = [at for at, name in enumerate(names) if name in parameter.names]
            sources.append([len(args) + at for at in found])
    return sources


def _is_variadic(overload: Overload, position: int) -> bool:
    positional = [parameter for parameter in overload.parameters if not parameter.keyword_only]
    return len(positional) == position + 1


def _slots(parameter: Parameter, values: list[Any]) -> list[Any] | None:
    """The slots of a parameter, with holes for what varies; None where its value decides."""
    slots: list[Any] = []
    values = [value for value in values if value is not None]
    if not values:
        parameter.cross(slots, parameter.default if parameter.optional else None)
        return slots
    is_tensor = isinstance(values[0], TensorBase)
    if is_tensor and parameter.type in ("Tensor", "Tensor|Number"):
        parameter.cross(slots, values[0])
        return [_HOLE, *slots[1:]]
    if any(isinstance(value, TensorBase) for value in values) or parameter.type not in _PLAIN:
        return None
    if parameter.type == "int[]":
        return [len(values), *[_HOLE] * len(values)]
    parameter.cross(slots, values[0])
    return [_HOLE, *slots[1:]]


def _way(
    run: Callable[..., int], finish: Finish, given: list[Any], order: list[int]
) -> Way:
    if order == [*range(len(given))]:
        kinds = "".join("t" if isinstance(value, TensorBase) else "n" for value in given)
        unrolled = _UNROLLED.get(kinds)
        if unrolled is not None:
            return unrolled(run, None if finish is one_tensor else finish)

    def way(*values: Any) -> Any:
        return finish(run(*[_slot(values[at]) for at in order]), values)

    return way


# The ways that programs spend their time on, by what they take: tensors and numbers. Without a
# `finish` the result is a tensor.


def _tensor_way(run: Callable[..., int], finish: Finish | None) -> Way:
    tensor = _C.tensor
    if finish is None:
        return lambda a: tensor(run(a._h))
    return lambda a: finish(run(a._h), (a,))


def _tensors_way(run: Callable[..., int], finish: Finish | None) -> Way:
    tensor = _C.tensor
    if finish is None:
        return lambda a, b: tensor(run(a._h, b._h))
    return lambda a, b: finish(run(a._h, b._h), (a, b))


def _number_way(run: Callable[..., int], finish: Finish | None) -> Way:
    tensor = _C.tensor
    if finish is None:
        return lambda a, b: tensor(run(a._h, _slot(b)))
    return lambda a, b: finish(run(a._h, _slot(b)), (a, b))


def _three_tensors_way(run: Callable[..., int], finish: Finish | None) -> Way:
    finish = finish or one_tensor
    return lambda a, b, c: finish(run(a._h, b._h, c._h), (a, b, c))


def _tensors_number_way(run: Callable[..., int], finish: Finish | None) -> Way:
    finish = finish or one_tensor
    return lambda a, b, c: finish(run(a._h, b._h, _slot(c)), (a, b, c))


_UNROLLED: dict[str, Callable[[Callable[..., int], Finish | None], Way]] = {
    "t": _tensor_way,
    "tt": _tensors_way,
    "tn": _number_way,
    "ttt": _three_tensors_way,
    "ttn": _tensors_number_way,
}


def one_tensor(answer: int, _: Sequence[Any]) -> Any:
    """Finish an operation that returns a tensor."""
    return _C.tensor(answer)


def _slot(value: Any) -> Any:
    kind = type(value)
    if kind is float or (kind is int and -_SAFE < value < _SAFE):
        return value
    return value._h if isinstance(value, TensorBase) else number(value)
