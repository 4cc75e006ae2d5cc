"""`torch.linalg`: norms and what else the engine has of linear algebra."""

from __future__ import annotations

from math import inf
from typing import Any

from .. import _names
from .._operation import function, functions_of, has
from .._signature import parsed

for _name, _function in functions_of("linalg"):
    globals()[_name] = _function

_vector_norm = function("linalg.vector_norm", "linalg_vector_norm")

if not has("linalg.matrix_norm"):

    def matrix_norm(
        A: Any, ord: Any = "fro", dim: Any = (-2, -1), keepdim: bool = False, *, dtype: Any = None
    ) -> Any:
        """The norm of matrices: "fro", 1, -1, inf or -inf."""
        rows, columns = dim
        if ord == "fro":
            return _vector_norm(A, 2, [rows, columns], keepdim, dtype=dtype)
        if ord not in (1, -1, inf, -inf):
            raise NotImplementedError(f"dxdx doesn't have the matrix norm of order {ord!r} yet.")
        summed, left = (rows, columns) if abs(ord) == 1 else (columns, rows)
        sums = _vector_norm(A, 1, summed, True, dtype=dtype)
        most = sums.amax(left, True) if ord > 0 else sums.amin(left, True)
        return most if keepdim else most.squeeze([rows, columns])


if not has("linalg.norm"):

    @parsed(
        "linalg_norm(Tensor input, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, "
        "Tensor out=None, ScalarType? dtype=None)",
        "linalg_norm(Tensor input, str ord, int[1]? dim=None, bool keepdim=False, *, "
        "Tensor out=None, ScalarType? dtype=None)",
    )
    def norm(form: int, A: Any, ord: Any, dim: Any, keepdim: bool, out: Any, dtype: Any) -> Any:
        """norm(A, ord=None, dim=None, keepdim=False) -> Tensor

        The norm of a vector, of matrices, or, without `ord`, of all elements taken as a vector.
        """
        dims = [dim] if isinstance(dim, int) else dim
        matrix = ord is not None and (A.dim() == 2 if dims is None else len(dims) == 2)
        if form == 1 or matrix:
            return matrix_norm(A, ord, (-2, -1) if dims is None else dims, keepdim, dtype=dtype)
        return _vector_norm(A, 2 if ord is None else ord, dims, keepdim, dtype=dtype)


__getattr__ = _names.module_getattr("torch.linalg", _names.LINALG)
