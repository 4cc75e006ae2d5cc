"""`torch.nn`: modules, parameters, layers, activations and losses."""

from __future__ import annotations

from .. import _names
from . import functional, init, modules, parameter, utils
from .modules import *  # noqa: F403
from .parameter import Buffer, Parameter

_missing = _names.module_getattr("torch.nn", _names.NN)


def __getattr__(name: str) -> object:
    if name in ("UninitializedParameter", "UninitializedBuffer"):
        return getattr(parameter, name)
    return getattr(modules, name) if name in modules._PLACES else _missing(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *modules._PLACES})
