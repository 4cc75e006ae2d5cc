"""`torch.linalg`: norms and what else the engine has of linear algebra."""

from __future__ import annotations

from typing import Any

from .. import _names
from .._operation import function, functions_of, has

for _name, _function in functions_of("linalg"):
    globals()[_name] = _function

if not has("linalg.norm"):

    def norm(
        A: Any, ord: Any = None, dim: Any = None, keepdim: bool = False, dtype: Any = None
    ) -> Any:
        """The length of a vector, or of all elements of `A` taken as one."""
        if ord is not None and (A.dim() == 2 and dim is None or isinstance(dim, tuple)):
            if ord != "fro":
                raise NotImplementedError(
                    f"dxdx doesn't have the matrix norm of order {ord!r} yet."
                )
            ord = None
        return function("linalg.vector_norm")(A, 2 if ord is None else ord, dim, keepdim)


__getattr__ = _names.module_getattr("torch.linalg", _names.LINALG)
