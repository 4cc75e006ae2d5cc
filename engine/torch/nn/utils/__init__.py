"""Helpers for modules and their parameters."""

from __future__ import annotations

from importlib import import_module

from ... import _names
from . import rnn
from .clip_grad import (
    clip_grad_norm,
    clip_grad_norm_,
    clip_grad_value_,
    clip_grads_with_norm_,
    get_total_norm,
)
from .convert_parameters import parameters_to_vector, vector_to_parameters

_ABSENT = frozenset("prune fusion skip_init".split())
_OLD = "weight_norm remove_weight_norm spectral_norm remove_spectral_norm".split()

_missing = _names.module_getattr(
    "torch.nn.utils", _ABSENT, "parametrizations", "parametrize", "stateless"
)


def __getattr__(name: str) -> object:
    if name in _OLD:
        return getattr(import_module("torch.nn.utils._hooked_norms"), name)
    return _missing(name)
