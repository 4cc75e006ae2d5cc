"""Functions that make tensors: `tensor`, `zeros`, `arange`, `rand` and their kin."""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from . import _C, _conversion
from ._dtype import (
    by_code,
    check_device,
    code_of,
    cpu,
    default_dtype,
    device,
    dtype,
    remember_default_dtype,
    scalar_names,
)
from ._handles import TensorBase
from ._operation import engine_function, short_function
from ._out import check_no_history, store
from ._parameter import INT, kind_of, number
from ._signature import choose, parse_signature

engine = _C.engine

_OPTIONS = (
    "ScalarType? dtype=None, Layout? layout=None, Device? device=None, "
    "bool? pin_memory=False, bool? requires_grad=False"
)
_LIKE = _OPTIONS + ", MemoryFormat? memory_format=None"

type Values = dict[str, Any]


class Parser:
    """The overloads of one function; gives the parsed arguments by name."""

    def __init__(self, *signatures: str) -> None:
        self.overloads = [
            parse_signature(
                s.replace("OPTIONS", _OPTIONS)
                .replace("LIKE", _LIKE)
                .replace("OUT", "Tensor out=None")
            )
            for s in signatures
        ]

    def __call__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Values:
        form, values = choose(self.overloads, args, kwargs)
        named = dict(zip((p.name for p in self.overloads[form].parameters), values))
        check_device(named.get("device"))
        out = named.get("out")
        if out is not None:
            check_no_history(f"aten::{self.overloads[form].name}", [out])
            named["dtype"] = _dtype_for(out, named["dtype"])
        return named


def _dtype_for(out: Any, asked: dtype | type | None) -> dtype:
    """What is put into `out` is made in its dtype."""
    if asked is not None and code_of(asked) != code_of(out.dtype):
        raise RuntimeError(
            f"dtype {scalar_names[by_code[code_of(asked)]]} does not match dtype of out parameter "
            f"({scalar_names[out.dtype]})"
        )
    return out.dtype


def finish(tensor: Any, values: Values) -> Any:
    """Apply `out` and `requires_grad` to a new tensor."""
    out = values.get("out")
    if out is not None:
        store("empty", out, tensor)
        tensor = out
    if values.get("requires_grad"):
        if not tensor.is_floating_point():
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        engine.set_requires_grad(tensor._h, True)
    return tensor


def sizes_of(value: Any) -> list[int]:
    """A size argument as a list of ints."""
    return [index(size) for size in value] if isinstance(value, (tuple, list)) else [index(value)]


_full = engine_function("_full")


def _filled(size: Any, value: float, kind: int, target: dtype | type | None) -> Any:
    sizes = sizes_of(size)
    return _C.tensor(_full(len(sizes), *sizes, value, kind, code_of(target)))


_full_like_engine = engine_function("_full_like")
_new_full_engine = engine_function("_new_full")


def _filled_like(source: Any, value: float, kind: int, target: dtype | type) -> Any:
    """In the shape and the memory order of `source`."""
    return _C.tensor(_full_like_engine(source._h, value, kind, code_of(target)))


def _filled_beside(source: Any, size: Any, value: float, kind: int, target: dtype | type) -> Any:
    """Of any size, but one for each example where `source` is one example of a batch."""
    sizes = sizes_of(size)
    slots = (len(sizes), *sizes, value, kind, code_of(target))
    return _C.tensor(_new_full_engine(source._h, *slots))


_tensor = Parser(
    "tensor(object data, *, ScalarType? dtype=None, Device? device=None, bool pin_memory=False, "
    "bool requires_grad=False)"
)
_COPY_CONSTRUCT = (
    "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
    "sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor)."
)


def tensor(*args: Any, **kwargs: Any) -> Any:
    """tensor(data, *, dtype=None, device=None, requires_grad=False) -> Tensor

    A new tensor with a copy of `data`: a number, or nested lists of them. The dtype follows from
    the numbers unless it is given: Python floats give the default dtype, integers int64.

    Raises ValueError where nested lists aren't rectangular, RuntimeError where an integer tensor
    is to require grad.
    """
    if len(args) == 1 and not isinstance(args[0], TensorBase):
        wants_grad = kwargs.get("requires_grad", False)
        if type(wants_grad) is bool and kwargs.keys() <= {"requires_grad"}:
            return _conversion.build(args[0], None, wants_grad)
    values = _tensor(args, kwargs)
    data, target, wants_grad = values["data"], values["dtype"], values["requires_grad"]
    if isinstance(data, TensorBase):
        _C.warn(_COPY_CONSTRUCT)
        copied = data.detach().clone()
        return finish(copied if target is None else copied.to(target), values)
    return _conversion.build(data, target, wants_grad)


def as_tensor(data: Any, dtype: dtype | None = None, device: Any = None) -> Any:
    """A tensor of `data`; a tensor that already has the dtype is given back itself."""
    check_device(device)
    if isinstance(data, TensorBase):
        return data._to_dtype(dtype)
    if isinstance(data, str):
        raise TypeError("new(): invalid data type 'str'")
    return _conversion.build(data, dtype)


asarray = as_tensor


def scalar_tensor(value: Any, **options: Any) -> Any:
    """A 0-d tensor of the default dtype."""
    options.setdefault("dtype", default_dtype())
    return tensor(value, **options)


def from_numpy(array: Any) -> Any:
    """There is no NumPy here: raises RuntimeError and says what to do."""
    raise RuntimeError("Numpy is not available. Use torch.tensor(values.tolist()) instead.")


_size_parsers = {name: Parser(f"{name}(int[] size, *, OUT, OPTIONS)") for name in ("zeros", "ones")}
_empty = Parser("empty(int[] size, *, MemoryFormat? memory_format=None, OUT, OPTIONS)")


def zeros(*args: Any, **kwargs: Any) -> Any:
    """zeros(*size, dtype=None, requires_grad=False) -> Tensor: all elements 0."""
    if not kwargs and args and all(type(size) is int and size >= 0 for size in args):
        return _C.tensor(_full(len(args), *args, 0, 2, default_dtype()._code))
    values = _size_parsers["zeros"](args, kwargs)
    if any(size < 0 for size in sizes_of(values["size"])):
        raise RuntimeError("zeros: Dimension size must be non-negative.")
    return finish(_filled(values["size"], 0, 2, values["dtype"] or default_dtype()), values)


def ones(*args: Any, **kwargs: Any) -> Any:
    """ones(*size, dtype=None, requires_grad=False) -> Tensor: all elements 1."""
    if not kwargs and args and all(type(size) is int for size in args):
        return _C.tensor(_full(len(args), *args, 1, 2, default_dtype()._code))
    values = _size_parsers["ones"](args, kwargs)
    return finish(_filled(values["size"], 1, 2, values["dtype"] or default_dtype()), values)


def empty(*args: Any, **kwargs: Any) -> Any:
    """empty(*size, dtype=None) -> Tensor: elements of no particular value; here they are 0."""
    values = _empty(args, kwargs)
    return finish(_filled(values["size"], 0, 2, values["dtype"] or default_dtype()), values)


_full_parser = Parser("full(int[] size, Scalar fill_value, *, OUT, OPTIONS)")


def full(*args: Any, **kwargs: Any) -> Any:
    """full(size, fill_value, *, dtype=None) -> Tensor: all elements `fill_value`."""
    values = _full_parser(args, kwargs)
    fill = number(values["fill_value"])
    return finish(_filled(values["size"], fill, kind_of(fill), values["dtype"]), values)


def _like(name: str, fill: float) -> Callable[..., Any]:
    parser = Parser(f"{name}(Tensor input, *, LIKE)")
    plain = short_function("_full_like", "$", fill, INT, -1)

    def make(*args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], TensorBase):
            return _C.tensor(plain(args[0]._h))
        values = parser(args, kwargs)
        source = values["input"]
        target = values["dtype"] or source.dtype
        return finish(_filled_like(source, fill, 2, target), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = (
        f"{name}(input, *, dtype=None) -> Tensor: shaped like `input`, filled with {fill}."
    )
    return make


zeros_like = _like("zeros_like", 0)
ones_like = _like("ones_like", 1)
empty_like = _like("empty_like", 0)

_full_like_parser = Parser("full_like(Tensor input, Scalar fill_value, *, LIKE)")


def full_like(*args: Any, **kwargs: Any) -> Any:
    """full_like(input, fill_value, *, dtype=None) -> Tensor: shaped like `input`, one value."""
    values = _full_like_parser(args, kwargs)
    source, fill = values["input"], number(values["fill_value"])
    target = values["dtype"] or source.dtype
    return finish(_filled_like(source, fill, kind_of(fill), target), values)


_arange = engine_function("_arange")
_arange_parser = Parser(
    "arange(Scalar end, *, OUT, OPTIONS)",
    "arange(Scalar start, Scalar end, *, OPTIONS)",
    "arange(Scalar start, Scalar end, Scalar step=1, *, OUT, OPTIONS)",
)


def arange(*args: Any, **kwargs: Any) -> Any:
    """arange(start=0, end, step=1, *, dtype=None) -> Tensor

    The numbers from `start` up to but without `end`, `step` apart. Whole numbers give int64.

    Raises RuntimeError if `step` is 0 or leads away from `end`.
    """
    values = _arange_parser(args, kwargs)
    slots: list[Any] = []
    for value in (values.get("start", 0), values["end"], values.get("step", 1)):
        value = number(value)
        slots += (value, kind_of(value))
    return finish(_C.tensor(_arange(*slots, code_of(values["dtype"]))), values)


def range_(*args: Any, **kwargs: Any) -> Any:
    """range(start=0, end, step=1): like `arange`, with `end`. Deprecated."""
    _C.warn(
        "torch.range is deprecated and will be removed in a future release because its behavior "
        "is inconsistent with Python's range builtin. Instead, use torch.arange, which produces "
        "values in [start, end)."
    )
    start, end, step = (*((0,) if len(args) == 1 else ()), *args, 1)[:3]
    return arange(start, end + step / 2, step, **{"dtype": default_dtype(), **kwargs})


_linspace = engine_function("_linspace")
_logspace = engine_function("_logspace")
_linspace_parser = Parser(
    "linspace(Tensor start, Tensor end, int steps, *, OUT, OPTIONS)",
    "linspace(Scalar start, Tensor end, int steps, *, OUT, OPTIONS)",
    "linspace(Tensor start, Scalar end, int steps, *, OUT, OPTIONS)",
    "linspace(Scalar start, Scalar end, int steps, *, OUT, OPTIONS)",
)
_logspace_parser = Parser(
    "logspace(Tensor start, Tensor end, int steps, float base=10.0, *, OUT, OPTIONS)",
    "logspace(Scalar start, Tensor end, int steps, float base=10.0, *, OUT, OPTIONS)",
    "logspace(Tensor start, Scalar end, int steps, float base=10.0, *, OUT, OPTIONS)",
    "logspace(Scalar start, Scalar end, int steps, float base=10.0, *, OUT, OPTIONS)",
)


def linspace(*args: Any, **kwargs: Any) -> Any:
    """linspace(start, end, steps, *, dtype=None) -> Tensor: `steps` numbers, evenly spaced."""
    values = _linspace_parser(args, kwargs)
    start, end = float(number(values["start"])), float(number(values["end"]))
    target = code_of(values["dtype"] or default_dtype())
    return finish(_C.tensor(_linspace(start, end, index(values["steps"]), target)), values)


def logspace(*args: Any, **kwargs: Any) -> Any:
    """logspace(start, end, steps, base=10, *, dtype=None) -> Tensor: evenly spaced powers."""
    values = _logspace_parser(args, kwargs)
    start, end = float(number(values["start"])), float(number(values["end"]))
    target = code_of(values["dtype"] or default_dtype())
    steps, base = index(values["steps"]), float(values["base"])
    return finish(_C.tensor(_logspace(start, end, steps, base, target)), values)


_eye = engine_function("_eye")
_eye_parser = Parser("eye(int n, *, OUT, OPTIONS)", "eye(int n, int m, *, OUT, OPTIONS)")


def eye(*args: Any, **kwargs: Any) -> Any:
    """eye(n, m=n, *, dtype=None) -> Tensor: the identity matrix."""
    values = _eye_parser(args, kwargs)
    rows = index(values["n"])
    columns = index(values.get("m", rows))
    target = code_of(values["dtype"] or default_dtype())
    return finish(_C.tensor(_eye(rows, columns, target)), values)


_empty_strided = engine_function("_empty_strided")
_empty_strided_parser = Parser("empty_strided(int[] size, int[] stride, *, OPTIONS)")


def empty_strided(*args: Any, **kwargs: Any) -> Any:
    """empty_strided(size, stride, *, dtype=None) -> Tensor: elements that lie `stride` apart."""
    values = _empty_strided_parser(args, kwargs)
    size, stride = sizes_of(values["size"]), sizes_of(values["stride"])
    slots = (len(size), *size, len(stride), *stride, code_of(values["dtype"]))
    return finish(_C.tensor(_empty_strided(*slots)), values)


# --- methods `new_…` -----------------------------------------------------------------------------


def _new(name: str, fill: float) -> Callable[..., Any]:
    parser = Parser(f"{name}(int[] size, *, OPTIONS)")

    def make(self: Any, *args: Any, **kwargs: Any) -> Any:
        values = parser(args, kwargs)
        target = values["dtype"] or self.dtype
        return finish(_filled_beside(self, values["size"], fill, 2, target), values)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"{name}(*size) -> Tensor: a new tensor of this dtype, filled with {fill}."
    return make


_new_full_parser = Parser("new_full(int[] size, Scalar fill_value, *, OPTIONS)")
_new_tensor_parser = Parser(
    "new_tensor(object data, *, ScalarType? dtype=None, Device? device=None, "
    "bool requires_grad=False)"
)


def _new_full(self: Any, *args: Any, **kwargs: Any) -> Any:
    """new_full(size, fill_value) -> Tensor: a new tensor of this dtype, all one value."""
    values = _new_full_parser(args, kwargs)
    fill = number(values["fill_value"])
    target = values["dtype"] or self.dtype
    return finish(_filled_beside(self, values["size"], fill, kind_of(fill), target), values)


def _new_tensor(self: Any, *args: Any, **kwargs: Any) -> Any:
    """new_tensor(data) -> Tensor: a tensor of `data` in this dtype."""
    values = _new_tensor_parser(args, kwargs)
    data, target = values["data"], values["dtype"] or self.dtype
    if isinstance(data, TensorBase):
        _C.warn(_COPY_CONSTRUCT.replace("torch.tensor", "tensor.new_tensor"))
        return finish(data.detach().clone()._to_dtype(target), values)
    return _conversion.build(data, target, values["requires_grad"])


def install(cls: type[Any]) -> None:
    """Give `cls` its `new_…` methods."""
    cls.new_zeros = _new("new_zeros", 0)
    cls.new_ones = _new("new_ones", 1)
    cls.new_empty = _new("new_empty", 0)
    cls.new_full = _new_full
    cls.new_tensor = _new_tensor


# --- the default dtype ---------------------------------------------------------------------------


def set_default_dtype(d: dtype) -> None:
    """Choose the dtype that Python floats give: float32 (as it is at first) or float64."""
    if not isinstance(d, dtype):
        raise TypeError(
            "invalid dtype object: only floating-point types are supported as the default type"
        )
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    engine.set_default_dtype(code_of(d))
    remember_default_dtype(d)


def get_default_dtype() -> dtype:
    """The dtype that Python floats give."""
    return default_dtype()


def get_default_device() -> device:
    """Where tensors are made: on the CPU."""
    return cpu


def set_default_device(device: Any) -> None:
    """Tensors are made on the CPU here; every other device is refused."""
    check_device(device)
