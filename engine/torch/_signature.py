"""Finds the overload that a call means, and says what is wrong where there is none.

The texts are those of PyTorch's argument parser, oddities included: a reader who searches the web
for a message must find it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ._handles import TensorBase
from ._parameter import Mismatch, Parameter, is_index, type_name


class Overload:
    """One signature: `sum(Tensor input, int[1]? dim, bool keepdim=False)`."""

    __slots__ = ("name", "parameters", "least", "most", "positional", "variadic", "hidden")

    def __init__(self, name: str, parameters: Sequence[Parameter], hidden: bool = False) -> None:
        self.name = name
        self.parameters = parameters
        self.hidden = hidden
        self.least = sum(not p.optional for p in parameters)
        self.most = len(parameters)
        self.positional = sum(not p.keyword_only for p in parameters)
        for position, parameter in enumerate(parameters):
            parameter.position = position
        # `view(2, 3)` means `view((2, 3))` where the only positional parameter is a list of ints.
        self.variadic = self.positional == 1 and parameters[0].type == "int[]"

    def __str__(self) -> str:
        parts = []
        keyword_only = False
        for parameter in self.parameters:
            if parameter.keyword_only and not keyword_only:
                parts.append("*")
                keyword_only = True
            parts.append(str(parameter))
        return f"({', '.join(parts)})"

    def match(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any] | None:
        """The value of each parameter, or None where the arguments don't fit."""
        given = len(args)
        if given + len(kwargs) < self.least or (given > self.positional and not self.variadic):
            return None  # what most overloads are ruled out by, without the cost of an exception
        try:
            return self.bind(args, kwargs)
        except _Refused:
            return None

    def bind(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any]:
        """The value of each parameter. Raises _Refused where the arguments don't fit."""
        given = len(args)
        if given > self.positional and not self.variadic:
            raise _TooMany(self, given)
        values: list[Any] = []
        position = 0
        unused = len(kwargs)
        for at, parameter in enumerate(self.parameters):
            by_keyword = position >= given
            if by_keyword:
                found, value = _take(kwargs, parameter)
                unused -= found
            else:
                if parameter.keyword_only:
                    raise _TooMany(self, given)
                found, value = True, args[position]
            if not found:
                if not parameter.optional:
                    raise _Missing(self, at)
                value = parameter.default
            elif value is None and parameter.nullable:
                value = parameter.default if parameter.optional else None
            elif not self._fits(parameter, value, position, by_keyword):
                # The first of several numbers: `permute(1, 2, 0)`.
                if not (self.variadic and at == 0 and not by_keyword and is_index(args[0])):
                    raise _WrongType(self, parameter, value, None if by_keyword else position + 1)
                value = args
                position = given - 1
            if not by_keyword:
                position += 1
            if type(value) in _LISTS and parameter.type == "int[]":
                _check_ints(self, parameter, value)
            values.append(value)
        if unused:
            raise _Unexpected(self, kwargs, given)
        return values

    def _fits(self, parameter: Parameter, value: Any, position: int, by_keyword: bool) -> bool:
        try:
            return parameter.accepts(value, parameter)
        except Mismatch as mismatch:
            if by_keyword:
                return False
            raise _WrongElement(self, parameter, value, position + 1, mismatch.at) from None


_LISTS = (tuple, list)


def _take(kwargs: Mapping[str, Any], parameter: Parameter) -> tuple[bool, Any]:
    for name in parameter.names:
        if name in kwargs:
            return True, kwargs[name]
    return False, None


def _check_ints(overload: Overload, parameter: Parameter, values: Sequence[Any]) -> None:
    for at, value in enumerate(values):
        if not is_index(value):
            raise TypeError(
                f"{overload.name}(): argument '{parameter.name}' failed to unpack the object at "
                f'pos {at + 1} with error "type must be tuple of ints,'
                f'but got {type_name(value)}"'
            )


def choose(
    overloads: Sequence[Overload], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[int, list[Any]]:
    """The number of the overload that the arguments fit, and the value of each parameter.

    Raises TypeError, with the reasons, where none fits.
    """
    if len(overloads) == 1:
        return 0, _insist(overloads[0], args, kwargs)
    for number, overload in enumerate(overloads):
        values = overload.match(args, kwargs)
        if values is not None:
            return number, values
    count = len(args) + len(kwargs)
    plausible = [o for o in overloads if o.least <= count <= o.most and not o.hidden]
    if len(plausible) == 1:
        _insist(plausible[0], args, kwargs)
    raise TypeError(_explain(overloads, args, kwargs))


def _insist(overload: Overload, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any]:
    try:
        return overload.bind(args, kwargs)
    except _Refused as refusal:
        raise TypeError(refusal.text()) from None


# --- what is wrong -------------------------------------------------------------------------------


class _Refused(Exception):
    """The arguments don't fit this overload. The text is made only when it is wanted."""

    def text(self) -> str:
        raise NotImplementedError


class _TooMany(_Refused):
    def text(self) -> str:
        overload, given = self.args
        low, high = overload.least, overload.positional
        if low != high:
            return (
                f"{overload.name}() takes from {low} to {high} positional arguments "
                f"but {given} were given"
            )
        plural = "" if high == 1 else "s"
        were = "was" if given == 1 else "were"
        return (
            f"{overload.name}() takes {high} positional argument{plural} but {given} {were} given"
        )


class _Missing(_Refused):
    def text(self) -> str:
        overload, at = self.args
        missing = [f'"{p.name}"' for p in overload.parameters[at:] if not p.optional]
        # PyTorch has it the wrong way round.
        plural = "s" if len(missing) == 1 else ""
        return (
            f"{overload.name}() missing {len(missing)} required positional argument{plural}: "
            + ", ".join(missing)
        )


class _WrongType(_Refused):
    def text(self) -> str:
        overload, parameter, value, position = self.args
        where = "" if position is None else f" (position {position})"
        return (
            f"{overload.name}(): argument '{parameter.name}'{where} must be "
            f"{parameter.type_name}, not {type_name(value)}"
        )


class _WrongElement(_Refused):
    def text(self) -> str:
        overload, parameter, values, position, at = self.args
        return (
            f"{overload.name}(): argument '{parameter.name}' (position {position}) must be "
            f"{parameter.type_name}, but found element of type {type_name(values[at])} at pos {at}"
        )


class _Unexpected(_Refused):
    def text(self) -> str:
        overload, kwargs, given = self.args
        names = [p.name for p in overload.parameters]
        for name in kwargs:
            if name not in names:
                return f"{overload.name}() got an unexpected keyword argument '{name}'"
            if names.index(name) < given:
                return f"{overload.name}() got multiple values for argument '{name}'"
        return "invalid keyword arguments"


def _explain(
    overloads: Sequence[Overload], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> str:
    visible = [o for o in overloads if not o.hidden]
    text = f"{overloads[0].name}() received an invalid combination of arguments - got "
    if len(visible) == 1:
        expected = str(visible[0])
        fields = _fields(expected)
        unknown = _unknown_names(fields, kwargs)
        if unknown:
            return text + "unrecognized keyword arguments: " + ", ".join(unknown)
        if len(args) + len(kwargs) == len(fields):
            got = _marked(fields, args, kwargs)
        else:
            got = _described(args, kwargs)
        return f"{text}{got}, but expected {expected}"
    text += _described(args, kwargs) + ", but expected one of:\n"
    for overload in visible:
        expected = str(overload)
        text += f" * {expected}\n"
        fields = _fields(expected)
        if len(args) + len(kwargs) == len(fields):
            unknown = _unknown_names(fields, kwargs)
            if unknown:
                reason = "keywords were incorrect: " + ", ".join(unknown)
            else:
                reason = "arguments have invalid types: " + _marked(fields, args, kwargs)
            text += f"      didn't match because some of the {reason}\n"
    return text


def _fields(signature: str) -> list[tuple[str, str]]:
    """The (type, name) pairs that PyTorch reads in a printed signature, misreadings included."""
    fields = []
    for field in signature[1:-1].split(", "):
        kind, _, name = field.rpartition(" ")
        fields.append((kind, name))
    return fields


def _unknown_names(fields: Sequence[tuple[str, str]], kwargs: Mapping[str, Any]) -> list[str]:
    tail = [name for _, name in fields[max(0, len(fields) - len(kwargs)) :]]
    return [name for name in _unordered(kwargs) if name not in tail]


def _unordered(kwargs: Mapping[str, Any]) -> list[str]:
    # PyTorch walks a C++ hash map here, which gives small ones newest first.
    return list(reversed(kwargs))


def _described(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    text = "".join(f"{type_name(arg)}, " for arg in args)
    text += "".join(f"{name}={type_name(kwargs[name])}, " for name in _unordered(kwargs))
    return f"({text.removesuffix(', ') if args else text})"


def _marked(
    fields: Sequence[tuple[str, str]], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> str:
    text = ""
    for at in range(len(args) + len(kwargs)):
        kind, name = fields[at]
        if at < len(args):
            value, prefix = args[at], ""
        else:
            value, prefix = kwargs[name], f"{name}="
        mark = "" if type_name(value) == kind else "!"
        text += f"{mark}{prefix}{_description(value)}{mark}, "
    return f"({text.removesuffix(', ') if args else text})"


def _description(value: Any) -> str:
    kind = type_name(value)
    if isinstance(value, tuple):
        inner = ", ".join(map(type_name, value))
        return f"{kind} of ({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"{kind} of [{', '.join(map(type_name, value))}]"
    return kind


def parse_signature(text: str, method: bool = False) -> Overload:
    """Read `name(Type parameter, *, Type parameter=default)`.

    A method's first tensor is the object itself and no argument.
    """
    hidden = text.endswith("|deprecated")
    name, _, rest = text.removesuffix("|deprecated").partition("(")
    keyword_only = False
    parameters = []
    for part in rest.removesuffix(")").split(", "):
        if part == "*":
            keyword_only = True
        elif part:
            parameters.append(Parameter(part, keyword_only))
    if method:
        parameters = parameters[1:]
    return Overload(name.replace(".", "_"), parameters, hidden)


def parsed(*signatures: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function that takes the values of the parameters, in order.

    Callers may then pass arguments as the signatures say; with several signatures the function
    gets the number of the one that fits first.
    """
    overloads = [parse_signature(signature) for signature in signatures]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            form, values = choose(overloads, args, kwargs)
            return function(*values) if len(overloads) == 1 else function(form, *values)

        wrapper.overloads = overloads  # type: ignore[attr-defined]
        return wrapper

    return decorate
