"""The engine's own operations of this module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import _C
from ..._operation import engine_function
from ..._signature import parsed


def primitive(name: str) -> Callable[..., Any]:
    """The engine's operation `nn.functional._name`, called with slots."""
    run = engine_function("nn.functional._" + name)
    return lambda *slots: _C.tensor(run(*slots))


def unary(name: str, signature: str, doc: str) -> Callable[..., Any]:
    """An activation: `name(input, …, inplace=False)`."""
    run = primitive(name)
    parse = parsed(signature)(lambda input, *values: run(input._h, *values))

    def activation(input: Any, *args: Any, inplace: bool = False, **kwargs: Any) -> Any:
        if args and isinstance(args[-1], bool):
            *args, inplace = args  # type: ignore[assignment]
        result = parse(input, *args, **kwargs)
        return input.copy_(result) if inplace else result

    activation.__name__ = activation.__qualname__ = name
    activation.__doc__ = doc
    return activation


def checked(name: str, input: Any) -> Any:
    return _check_parsers.setdefault(name, parsed(f"{name}(Tensor input)")(lambda tensor: tensor))(
        input
    )


_check_parsers: dict[str, Callable[..., Any]] = {}
