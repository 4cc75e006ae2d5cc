"""`torch.nn`: modules, parameters, layers, activations and losses."""

from __future__ import annotations

from .. import _names
from . import functional, init, modules, parameter, utils
from .modules import *  # noqa: F403
from .parameter import Buffer, Parameter

__getattr__ = _names.module_getattr("torch.nn", _names.NN)
