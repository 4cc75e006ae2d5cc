"""`torch.linalg`: norms, solving, and matrices taken apart."""

from __future__ import annotations

from .. import _names
from .._C import LinAlgError
from .._operation import functions_of

for _name, _function in functions_of("linalg"):
    globals()[_name] = _function

__getattr__ = _names.module_getattr("torch.linalg", _names.LINALG)
