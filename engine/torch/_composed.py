"""Operations of `torch` that are put together from those of the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _C
from ._dtype import dtype
from ._handles import TensorBase
from ._operation import engine_function, function, has, method
from ._out import with_out
from ._signature import Overload, choose, parsed

functions: dict[str, Callable[..., Any]] = {}
methods: dict[str, Callable[..., Any]] = {}


def both(call: Callable[..., Any]) -> Callable[..., Any]:
    """Offer `call` as a function and, its first tensor being the object, as a method."""
    name = call.__name__
    functions[name] = call
    overloads: list[Overload] = call.overloads  # type: ignore[attr-defined]
    as_methods = [Overload(o.name, o.parameters[1:], o.hidden) for o in overloads]
    inner = call.__wrapped__  # type: ignore[attr-defined]

    def as_method(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not args and not kwargs and not as_methods[0].least:
            values = [p.default for p in as_methods[0].parameters]
            return inner(self, *values) if len(as_methods) == 1 else inner(0, self, *values)
        form, values = choose(as_methods, args, kwargs)
        return inner(self, *values) if len(as_methods) == 1 else inner(form, self, *values)

    as_method.__name__ = as_method.__qualname__ = name
    as_method.__doc__ = call.__doc__
    methods[name] = as_method
    return call


def _softmax_by(name: str) -> Callable[[Any, int, dtype | None], Any]:
    run = engine_function(name)

    def softmax(input: Any, dim: int, dtype: dtype | None) -> Any:
        return _C.tensor(run(input._to_dtype(dtype)._h, int(dim)))

    return softmax


_softmax, _log_softmax = _softmax_by("_softmax"), _softmax_by("_log_softmax")


@both
@parsed("softmax(Tensor input, int dim, ScalarType? dtype=None)")
def softmax(input: Any, dim: int, dtype: dtype | None) -> Any:
    """softmax(input, dim) -> Tensor: exponentials along `dim`, scaled so that they sum to 1."""
    return _softmax(input, dim, dtype)


@both
@parsed("log_softmax(Tensor input, int dim, ScalarType? dtype=None)")
def log_softmax(input: Any, dim: int, dtype: dtype | None) -> Any:
    """log_softmax(input, dim) -> Tensor: the logarithm of `softmax`, computed without overflow."""
    return _log_softmax(input, dim, dtype)


for _name in ("softmax", "log_softmax"):
    functions[_name] = with_out(functions[_name])


def norm(
    input: Any,
    p: float | str | None = "fro",
    dim: Any = None,
    keepdim: bool = False,
    out: Any = None,
    dtype: dtype | None = None,
) -> Any:
    """norm(input, p="fro", dim=None, keepdim=False) -> Tensor: the length of vectors.

    `p` is the order: 2 (as "fro" and None mean, too), 1, inf, and so on; over all elements, or
    along `dim`.
    """
    vector_norm, matrix_norm = function("linalg.vector_norm"), function("linalg.matrix_norm")
    if p == "nuc" or (isinstance(p, str) and p != "fro"):
        dims = (0, 1) if dim is None else (dim,) if isinstance(dim, int) else dim
        return matrix_norm(input, p, dims, keepdim, dtype=dtype, out=out)
    order = 2.0 if p is None or p == "fro" else p
    return vector_norm(input, order, dim, keepdim, dtype=dtype, out=out)


functions["norm"] = methods["norm"] = norm


def _split_method(self: Any, split_size: Any, dim: int = 0) -> tuple[Any, ...]:
    """split(size_or_sizes, dim=0): views along `dim`, of one size or of the sizes listed."""
    if isinstance(split_size, int):
        return _split_equal(self, split_size, dim)
    return _split_sizes(self, split_size, dim)


@parsed(
    "split(Tensor input, int split_size, int dim=0)",
    "split(Tensor input, int[] split_size, int dim=0)",
)
def _split_equal(form: int, input: Any, size: int, dim: int) -> tuple[Any, ...]:
    return tuple(_C.tensors(engine_function("split", 0)(input._h, size, dim)))


@parsed("split_with_sizes(Tensor input, int[] split_sizes, int dim=0)")
def _split_sizes(input: Any, sizes: Any, dim: int) -> tuple[Any, ...]:
    run = engine_function("split", 1)
    return tuple(_C.tensors(run(input._h, len(sizes), *map(int, sizes), dim)))


if has("split"):
    functions["split"] = lambda tensor, split_size_or_sections, dim=0: _split_method(
        tensor, split_size_or_sections, dim
    )
    methods["split"] = _split_method


def _apply_(self: Any, callable: Callable[[Any], Any]) -> Any:
    """apply_(function): put `function(element)` in the place of every element."""
    from ._conversion import from_flat

    values = [callable(value) for value in self.detach().reshape(-1).tolist()]
    with_values = from_flat(values, tuple(self.shape), self.dtype._code, False)
    return self.copy_(with_values)


methods["apply_"] = _apply_


_copy_ = method("copy_")


def copy_(self: Any, src: Any, non_blocking: bool = False) -> Any:
    """copy_(src) -> Tensor: put the elements of `src`, broadcast and converted, into this one."""
    if isinstance(src, (bool, int, float)):
        return self.fill_(src)
    return _copy_(self, src, non_blocking)


methods["copy_"] = copy_


@both
@parsed("clone(Tensor input, *, MemoryFormat? memory_format=None)")
def clone(input: Any, memory_format: Any) -> Any:
    """clone(input) -> Tensor: a copy with memory of its own, and with the same history."""
    by_rows = repr(memory_format) == "torch.contiguous_format"
    return _C.tensor((_clone_by_rows if by_rows else _clone)(input._h))


_clone, _clone_by_rows = engine_function("clone"), engine_function("_clone_contiguous")


def _where(*args: Any, **kwargs: Any) -> Any:
    """where(condition, input, other) -> Tensor: `input` where the condition holds, else `other`.

    With the condition alone: the indices where it holds, one tensor a dimension.
    """
    if len(args) == 1 and not kwargs and isinstance(args[0], TensorBase):
        return args[0].nonzero(as_tuple=True)
    return _where_three(*args, **kwargs)


if has("where"):
    _where_three = function("where")
    functions["where"] = _where
    methods["where"] = lambda self, condition, other: _where_three(condition, self, other)

if has("nonzero"):
    _nonzero = function("nonzero")

    @both
    @parsed("nonzero(Tensor input, *, bool as_tuple=False, Tensor out=None)")
    def nonzero(input: Any, as_tuple: bool, out: Any = None) -> Any:
        """nonzero(input, *, as_tuple=False): the indices of the elements that are not 0."""
        if out is not None:
            return _nonzero(input, out=out)
        if as_tuple:
            # A number is taken for a vector of one.
            return (_nonzero(input if input.dim() else input.unsqueeze(0))).unbind(1)
        return _nonzero(input)


def install(cls: type[Any]) -> None:
    """Give `cls` the methods of this file."""
    for name, call in methods.items():
        setattr(cls, name, call)
