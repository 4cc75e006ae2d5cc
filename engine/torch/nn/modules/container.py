"""Modules that hold other modules."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import index
from typing import Any, Self

from ._parameter_containers import ParameterDict, ParameterList
from .module import Module

__all__ = ["ModuleDict", "ModuleList", "ParameterDict", "ParameterList", "Sequential"]


class _Numbered(Module):
    """Modules named "0", "1", "2" and so on."""

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._modules.values())

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.isdigit()]

    def _name_at(self, at: Any) -> str:
        at, length = index(at), len(self)
        if not -length <= at < length:
            raise IndexError(f"index {at} is out of range")
        return list(self._modules)[at]

    def __setitem__(self, at: int, module: Module) -> None:
        setattr(self, self._name_at(at), module)

    def __delitem__(self, at: int | slice) -> None:
        names = list(self._modules)[at] if isinstance(at, slice) else [self._name_at(at)]
        for name in names:
            delattr(self, name)
        # The others move up.
        self._modules = OrderedDict(
            (str(number), module) for number, module in enumerate(self._modules.values())
        )

    def append(self, module: Module) -> Self:
        """Add a module at the end."""
        self.add_module(str(len(self)), module)
        return self

    def pop(self, key: int | slice) -> Any:
        """Take a module out and give it."""
        taken = self[key]
        del self[key]
        return taken

    def _make_room(self, at: int) -> None:
        for number in range(len(self), at, -1):
            self._modules[str(number)] = self._modules[str(number - 1)]


class Sequential(_Numbered):
    """Modules one after the other."""

    def __init__(self, *args: Any) -> None:
        super().__init__()
        named = args[0].items() if len(args) == 1 and isinstance(args[0], OrderedDict) else None
        for name, module in named or ((str(number), arg) for number, arg in enumerate(args)):
            self.add_module(name, module)

    def forward(self, input: Any) -> Any:
        """The input, taken through all modules in turn."""
        for module in self:
            input = module(input)
        return input

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return type(self)(OrderedDict(list(self._modules.items())[at]))
        return self._modules[self._name_at(at)]

    def __add__(self, other: Any) -> Sequential:
        _require_sequential(other)
        return Sequential(*self, *other)

    def __iadd__(self, other: Any) -> Self:
        _require_sequential(other)
        return self.extend(list(other))

    def __mul__(self, times: int) -> Sequential:
        self._require_times(times)
        return Sequential(*(module for _ in range(times) for module in self))

    __rmul__ = __mul__

    def __imul__(self, times: int) -> Self:
        self._require_times(times)
        return self.extend(list(self) * (times - 1))

    def _require_times(self, times: Any) -> None:
        if not isinstance(times, int):
            raise TypeError(f"unsupported operand type(s) for *: {type(self)} and {type(times)}")
        if times <= 0:
            raise ValueError(f"Non-positive multiplication factor {times} for {type(self)}")

    def insert(self, index: int, module: Module) -> Self:
        """Put a module before the one at `index`."""
        if not isinstance(module, Module):
            raise AssertionError(f"module should be of type: {Module}")
        length = len(self)
        if not -length <= index <= length:
            raise IndexError(f"Index out of range: {index}")
        at = index + length if index < 0 else index
        self._make_room(at)
        self._modules[str(at)] = module
        return self

    def extend(self, sequential: Iterable[Module]) -> Self:
        """Add several modules at the end."""
        for module in sequential:
            self.append(module)
        return self


def _require_sequential(other: Any) -> None:
    if not isinstance(other, Sequential):
        raise ValueError(
            f"add operator supports only objects of Sequential class, but {type(other)} is given."
        )


class ModuleList(_Numbered):
    """A list of modules that a module can own."""

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return type(self)(list(self._modules.values())[at])
        return self._modules[self._name_at(at)]

    def extend(self, modules: Iterable[Module]) -> Self:
        """Add several modules at the end."""
        if not isinstance(modules, Iterable):
            raise TypeError(
                "ModuleList.extend should be called with an iterable, but got "
                + type(modules).__name__
            )
        for number, module in enumerate(modules, len(self)):
            self.add_module(str(number), module)
        return self

    __iadd__ = extend

    def __add__(self, other: Iterable[Module]) -> ModuleList:
        return ModuleList(chain(self, other))

    def insert(self, index: int, module: Module) -> None:
        """Put a module before the one at `index`."""
        self._make_room(index)
        self._modules[str(index)] = module

    def __repr__(self) -> str:
        lines = []
        at = 0
        # Equal neighbours are shown once.
        for text, equal in groupby(map(repr, self)):
            count = len(list(equal))
            head = f"({at}): " if count == 1 else f"({at}-{at + count - 1}): {count} x "
            lines.append("\n  " + (head + text).replace("\n", "\n  "))
            at += count
        return f"{self._get_name()}({''.join(lines)}{'\n' if lines else ''})"


class ModuleDict(Module):
    """A dictionary of modules that a module can own."""

    def __init__(self, modules: Any = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, key: str) -> bool:
        return key in self._modules

    def clear(self) -> None:
        """Take all modules out."""
        self._modules.clear()

    def pop(self, key: str) -> Any:
        """Take a module out and give it."""
        return self._modules.pop(key)

    def keys(self) -> Any:
        """The names."""
        return self._modules.keys()

    def items(self) -> Any:
        """Names and modules."""
        return self._modules.items()

    def values(self) -> Any:
        """The modules."""
        return self._modules.values()

    def update(self, modules: Any) -> None:
        """Add modules from a mapping, or from pairs of name and module."""
        if not isinstance(modules, Iterable):
            raise TypeError(
                "ModuleDict.update should be called with an iterable of key/value pairs, but got "
                + type(modules).__name__
            )
        if isinstance(modules, (Mapping, ModuleDict)):
            pairs: Any = modules.items()
        else:
            pairs = modules
        for at, pair in enumerate(pairs):
            if not isinstance(pair, Iterable):
                raise TypeError(
                    f"ModuleDict update sequence element #{at} should be Iterable; is"
                    + type(pair).__name__
                )
            if len(pair) != 2:  # type: ignore[arg-type]
                raise ValueError(
                    f"ModuleDict update sequence element #{at} has length {len(pair)}; "  # type: ignore[arg-type]
                    "2 is required"
                )
            self[pair[0]] = pair[1]  # type: ignore[index]
