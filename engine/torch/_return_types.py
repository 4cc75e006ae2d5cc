"""`torch.return_types`: the named tuples that operations with several results give."""

from __future__ import annotations

from typing import Any

_known: dict[str, type] = {}


class _NamedResult(tuple[Any, ...]):
    """A tuple whose entries also have names."""

    __slots__ = ()
    _names: tuple[str, ...] = ()

    def __repr__(self) -> str:
        parts = ",\n".join(f"{name}={value!r}" for name, value in zip(self._names, self))
        return f"torch.return_types.{type(self).__name__}(\n{parts})"

    def __setitem__(self, at: Any, value: Any) -> None:
        # Python would name the class without its module.
        raise TypeError(
            f"'torch.return_types.{type(self).__name__}' object does not support item assignment"
        )

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), (tuple(self),)


def named(name: str, fields: str = "") -> type:
    """The class `torch.return_types.name` with `fields` such as `Tensor values, Tensor indices`."""
    if name not in _known:
        names = tuple(part.split()[-1] for part in fields.rstrip(")").split(", "))
        entries: dict[str, Any] = {"__slots__": (), "_names": names, "__module__": "torch.return_types"}
        for at, field in enumerate(names):
            entries[field] = property(lambda self, at=at: self[at])
        _known[name] = type(name, (_NamedResult,), entries)
    return _known[name]


def renamed(cls: type, name: str) -> type:
    """A class with the fields of `cls` and another name."""
    return named(name, ", ".join(f"Tensor {field}" for field in cls._names))


def __getattr__(name: str) -> type:
    if name in _known:
        return _known[name]
    raise AttributeError(f"module 'torch.return_types' has no attribute '{name}'")
