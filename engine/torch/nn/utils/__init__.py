"""Helpers for modules and their parameters."""

from __future__ import annotations

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

_ABSENT = frozenset(
    "parametrizations parametrize prune spectral_norm weight_norm stateless fusion".split()
)

__getattr__ = _names.module_getattr("torch.nn.utils", _ABSENT)
