"""A program that is watched: its names, the calls made of it, and what it does to the tensors it is given."""

from __future__ import annotations

import io
import linecache
import types
from collections.abc import Callable
from typing import Any

import torch

from ._describe import Plain, describe, state_of

FILENAME = "main.py"
_LONGEST_CALL = 300
_LONGEST_OUTPUT = 4000


# Called or not, they are looked at as what they are.
_NOT_WATCHED = (type, torch.Tensor, torch.nn.Module)


class MissingName(Exception):
    """The program does not have a name that the exercise asks for."""


class Output(io.TextIOBase):
    """Where a program prints to. It keeps the beginning, however much is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def write(self, text: str, /) -> int:
        self.text += text[: _LONGEST_OUTPUT - len(self.text)]
        return len(text)


class Program:
    """A program as a check sees it: its functions and variables are attributes."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._names: dict[str, Any] = {}
        self._output = Output()
        self._calls: list[str] = []
        self._changes: list[Plain] = []

    def _start(self) -> None:
        main = types.ModuleType("__main__")
        self._names = main.__dict__
        linecache.cache[FILENAME] = (len(self._source), None, self._source.splitlines(keepends=True), FILENAME)
        exec(compile(self._source, FILENAME, "exec", dont_inherit=True), self._names)

    def _functions(self) -> list[str]:
        """The functions and classes that it defines."""
        kinds = (types.FunctionType, type)
        return [name for name, it in self._names.items() if type(it) in kinds and it.__module__ == "__main__"]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._names:
            raise MissingName(name)
        value = self._names[name]
        return _Watched(self, name, value) if callable(value) and not isinstance(value, _NOT_WATCHED) else value


class _Watched:
    """A function of a program that notes how it is called and which of its inputs it changes."""

    def __init__(self, program: Program, name: str, function: Callable[..., Any]) -> None:
        self._program = program
        self._name = name
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        inputs = [*args, *kwargs.values()]
        shown = [*map(_shown, args), *(f"{name}={_shown(value)}" for name, value in kwargs.items())]
        call = f"{self._name}({', '.join(shown)})"
        self._program._calls.append(call[:_LONGEST_CALL])
        tensors = [value for value in inputs if isinstance(value, torch.Tensor)]
        before = [state_of(tensor) for tensor in tensors]
        try:
            return self._function(*args, **kwargs)
        finally:
            after = [state_of(tensor) for tensor in tensors]
            for old, new in zip(before, after, strict=True):
                if old != new:
                    self._program._changes.append({"before": old, "after": new})


def printed(program: Program) -> str:
    """What the program has printed so far."""
    return program._output.text


def _shown(value: Any) -> str:
    if isinstance(value, types.FunctionType):
        return value.__name__
    described = describe(value)
    return described.get("text", described["kind"]) if described["kind"] != "list" else repr(value)
