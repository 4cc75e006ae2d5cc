"""`torch.functional`: functions that PyTorch writes in Python. They are those of `torch`."""

from __future__ import annotations

import torch

from ._names import module_getattr

_NAMES = (
    "atleast_1d atleast_2d atleast_3d align_tensors broadcast_shapes broadcast_tensors "
    "cartesian_prod block_diag cdist chain_matmul einsum lu meshgrid norm split stft tensordot "
    "unique unique_consecutive unravel_index"
).split()
for _name in _NAMES:
    if hasattr(torch, _name):
        globals()[_name] = getattr(torch, _name)

__getattr__ = module_getattr("torch.functional", frozenset(_NAMES))
