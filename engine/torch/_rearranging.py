"""Operations that move elements about, put together from views, joins and products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from . import _C
from ._composed import both, functions, methods
from ._conversion import index_tensor
from ._dtype import bool_, int32, int64, scalar_names
from ._functions import meshgrid
from ._handles import TensorBase
from ._operation import engine_function, function, has
from ._out import with_out
from ._signature import parsed

_cat, _stack = function("cat"), function("stack")
_block_diag = function("_block_diag")
_chain_matmul = function("_chain_matmul", "chain_matmul")
_tensordot = function("_tensordot", "tensordot")
_mul_scalar, _div_scalar = engine_function("_mul_scalar"), engine_function("_div_scalar")


def _wrapped(dim: int, ndim: int) -> int:
    """`dim` counted from the front. Raises IndexError where there is no such dimension."""
    limit = max(ndim, 1)
    if not -limit <= dim < limit:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], "
            f"but got {dim})"
        )
    return dim % limit


def _each(one: Callable[[Any], Any], tensors: tuple[Any, ...]) -> Any:
    """Apply `one` to a tensor, or to each of several."""
    if len(tensors) == 1 and isinstance(tensors[0], TensorBase):
        return one(tensors[0])
    if len(tensors) == 1:
        tensors = tuple(tensors[0])
    return tuple(one(tensor) for tensor in tensors)


def atleast_1d(*tensors: Any) -> Any:
    """The tensors with at least one dimension."""
    return _each(lambda t: t.reshape(1) if t.dim() == 0 else t, tensors)


def atleast_2d(*tensors: Any) -> Any:
    """The tensors with at least two dimensions; a vector becomes a row."""

    def widened(tensor: Any) -> Any:
        if tensor.dim() == 0:
            return tensor.reshape(1, 1)
        return tensor.unsqueeze(0) if tensor.dim() == 1 else tensor

    return _each(widened, tensors)


def atleast_3d(*tensors: Any) -> Any:
    """The tensors with at least three dimensions."""

    def widened(tensor: Any) -> Any:
        if tensor.dim() == 0:
            return tensor.reshape(1, 1, 1)
        if tensor.dim() == 1:
            return tensor.unsqueeze(0).unsqueeze(-1)
        return tensor.unsqueeze(-1) if tensor.dim() == 2 else tensor

    return _each(widened, tensors)


def cartesian_prod(*tensors: Any) -> Any:
    """All combinations of elements of the vectors, one a row."""
    for tensor in tensors:
        if tensor.dim() != 1:
            raise RuntimeError(f"Expect a 1D vector, but got shape {list(tensor.shape)}")
    if len(tensors) == 1:
        return tensors[0]
    sizes = [tensor.numel() for tensor in tensors]
    columns = []
    for axis, tensor in enumerate(tensors):
        shape = [-1 if d == axis else 1 for d in range(len(sizes))]
        columns.append(tensor.reshape(shape).expand(sizes).reshape(-1))
    return _stack(columns, 1)


@both
@parsed(
    "diff(Tensor input, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None)"
)
def diff(input: Any, n: int, dim: int, prepend: Any, append: Any) -> Any:
    """diff(input, n=1, dim=-1) -> Tensor: differences of neighbours, taken n times."""
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    if input.dim() == 0:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n == 0:
        return input.new_empty(input.shape).copy_(input)
    parts = [part for part in (prepend, input, append) if part is not None]
    result = _cat(parts, dim) if len(parts) > 1 else input
    result._dimension(dim)
    for _ in range(min(n, result.shape[dim])):
        size = result.shape[dim]
        here, before = result.narrow(dim, 1, size - 1), result.narrow(dim, 0, size - 1)
        result = here.logical_xor(before) if result.dtype is bool_ else here - before
    return result


_contiguous_copy = engine_function("_clone_contiguous")


functions["diff"] = with_out(functions["diff"])


@both
@parsed(
    "repeat_interleave(Tensor input, Tensor repeats, int? dim=None, *, int? output_size=None)",
    "repeat_interleave(Tensor input, int repeats, int? dim=None, *, int? output_size=None)",
)
def repeat_interleave(
    form: int, input: Any, repeats: Any, dim: int | None, output_size: int | None
) -> Any:
    """repeat_interleave(input, repeats, dim=None) -> Tensor: each slice, so many times in a row."""
    if dim is None:
        input, dim = input.flatten(), 0
    dim = _wrapped(dim, input.dim())
    if form == 0:
        return _repeated_by(repeats, input, dim, output_size)
    if repeats < 0:
        raise RuntimeError("Repeats must be non-negative")
    wide = input.unsqueeze(dim + 1)
    shape = list(wide.shape)
    shape[dim + 1] = int(repeats)
    size = shape[dim] * shape[dim + 1]
    if output_size not in (None, size):
        raise RuntimeError(
            f"repeat_interleave: Invalid output_size, expected {size} but got {output_size}"
        )
    return _C.tensor(_contiguous_copy(wide.expand(shape)._h)).flatten(dim, dim + 1)


def _repeat_function(*args: Any, **kwargs: Any) -> Any:
    """repeat_interleave(input, repeats, dim=None) -> Tensor: each slice, so many times in a row.

    With `repeats` alone: each position, so many times.
    """
    if len(args) + ("repeats" in kwargs) == 1 and "input" not in kwargs:
        return _repeated_positions(*args, **kwargs)
    return repeat_interleave(*args, **kwargs)


functions["repeat_interleave"] = _repeat_function


def _repeated_by(repeats: Any, input: Any, dim: int, output_size: int | None) -> Any:
    length = input.shape[dim] if input.dim() else 1
    if repeats.dim() == 0 or (repeats.dim() == 1 and len(repeats) == 1):
        repeats = repeats.reshape(1).expand(length)
    elif repeats.dim() > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    elif len(repeats) != length:
        raise RuntimeError(
            "repeats must have the same size as input along dim, but got "
            f"repeats.size(0) = {len(repeats)} and input.size({dim}) = {length}"
        )
    return input.index_select(dim, _repeated_positions(repeats, output_size=output_size))


@parsed("repeat_interleave(Tensor repeats, *, int? output_size=None)")
def _repeated_positions(repeats: Any, output_size: int | None) -> Any:
    """Each position of `repeats`, as often as it says."""
    if repeats.dim() != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    if repeats.dtype not in (int32, int64):
        kind = scalar_names[repeats.dtype]
        raise NotImplementedError(f"\"repeat_interleave_cpu\" not implemented for '{kind}'")
    counts = repeats.tolist()
    if min(counts, default=0) < 0:
        raise RuntimeError("repeats can not be negative")
    if output_size not in (None, sum(counts)):
        raise RuntimeError("allocated size does not match required size")
    at = index_tensor([at for at, count in enumerate(counts) for _ in range(count)])
    return at._to_dtype(repeats.dtype)


@parsed("combinations(Tensor input, int r=2, bool with_replacement=False)")
def combinations(input: Any, r: int, with_replacement: bool) -> Any:
    """combinations(input, r=2) -> Tensor: every choice of r elements in their order, one a row."""
    if input.dim() != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input.shape)}")
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return input.new_empty(0)
    grids = meshgrid(*[input] * r, indexing="ij")
    places = meshgrid(*[index_tensor(range(len(input)))] * r, indexing="ij")
    mask = grids[0].new_full(grids[0].shape, True, dtype=bool_)
    for here, there in zip(places, places[1:]):
        mask = mask & (here <= there if with_replacement else here < there)
    return _stack([grid.masked_select(mask) for grid in grids], 1)


def chain_matmul(*matrices: Any, out: Any = None) -> Any:
    """The product of the matrices, multiplied in the order that is cheapest."""
    if not matrices:
        raise RuntimeError("chain_matmul(): Expected one or more matrices")
    _C.warn_once(
        "torch.chain_matmul is deprecated and will be removed in a future PyTorch release. Use "
        "torch.linalg.multi_dot instead, which accepts a list of two or more tensors rather than "
        "multiple parameters."
    )
    return matrices[0] if len(matrices) == 1 else _chain_matmul(list(matrices))


def tensordot(a: Any, b: Any, dims: Any = 2, out: Any = None) -> Any:
    """Sums of products over several dimensions: the last `dims` of a and the first of b.

    `dims` may also be two lists, of the dimensions of a and those of b.
    """
    if isinstance(dims, TensorBase):
        dims = dims.tolist()
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        over_a, over_b = list(range(-dims, 0)), list(range(dims))
    else:
        over_a, over_b = ([d] if isinstance(d, int) else list(d) for d in dims)
    return _tensordot(a, b, over_a, over_b, out=out)


@both
@parsed(
    "trapezoid(Tensor y, Tensor x, *, int dim=-1)",
    "trapezoid(Tensor y, *, Scalar dx=1, int dim=-1)",
)
def trapezoid(form: int, y: Any, *values: Any) -> Any:
    """trapezoid(y, x=None, *, dx=1, dim=-1) -> Tensor: the area under y by the trapezoid rule."""
    first, dim = values
    _refuse_bools("trapezoid", y, first)
    dim = y._dimension(dim) % y.dim()
    size = y.shape[dim]
    if not size:
        return y.new_zeros(y.shape[:dim] + y.shape[dim + 1 :])
    if form == 1:
        ends = _C.tensor(_mul_scalar((y.select(dim, 0) + y.select(dim, -1))._h, 0.5, 3))
        return _C.tensor(_mul_scalar((y.sum(dim) - ends)._h, float(first), 3))
    left, right = y.narrow(dim, 0, size - 1), y.narrow(dim, 1, size - 1)
    total = ((left + right) * _steps("trapezoid", first, y, dim)).sum(dim)
    return _C.tensor(_div_scalar(total._h, 2.0, 3))


def _steps(name: str, x: Any, y: Any, dim: int) -> Any:
    """The distances of neighbours among `x`, for `y` along `dim`."""
    if x.dim() == 1:
        if len(x) != y.shape[dim]:
            raise RuntimeError(f"{name}: There must be one `x` value for each sample point")
        x = x.view([len(x) if d == dim else 1 for d in range(y.dim())])
    elif x.dim() < y.dim():
        x = x.view([1] * (y.dim() - x.dim()) + list(x.shape))
    size = x.shape[dim]
    return x.narrow(dim, 1, size - 1) - x.narrow(dim, 0, size - 1)


def _refuse_bools(name: str, y: Any, x: Any) -> None:
    if isinstance(x, TensorBase):
        if bool_ in (x.dtype, y.dtype):
            raise RuntimeError(
                f"{name}: received a bool input for `x` or `y`, but bool is not supported"
            )
    elif y.dtype is bool_:
        raise RuntimeError(f"{name}: received a bool input for `y`, but bool is not supported")


@both
@parsed(
    "cumulative_trapezoid(Tensor y, Tensor x, *, int dim=-1)",
    "cumulative_trapezoid(Tensor y, *, Scalar dx=1, int dim=-1)",
)
def cumulative_trapezoid(form: int, y: Any, *values: Any) -> Any:
    """cumulative_trapezoid(y, x=None, *, dx=1, dim=-1) -> Tensor: the area under y up to each x."""
    first, dim = values
    _refuse_bools("cumulative_trapezoid", y, first)
    dim = y._dimension(dim) % y.dim()
    size = y.shape[dim]
    left, right = y.narrow(dim, 0, size - 1), y.narrow(dim, 1, size - 1)
    if form == 1:
        return _C.tensor(_mul_scalar((right + left)._h, float(first) / 2, 3)).cumsum(dim)
    areas = (right + left) * _steps("cumulative_trapezoid", first, y, dim)
    return _C.tensor(_div_scalar(areas.cumsum(dim)._h, 2.0, 3))


def trapz(y: Any, x: Any = None, *, dx: float = 1, dim: int = -1) -> Any:
    """An older name of `trapezoid`."""
    return trapezoid(y, dx=dx, dim=dim) if x is None else trapezoid(y, x, dim=dim)


@both
@parsed("fliplr(Tensor input)")
def fliplr(input: Any) -> Any:
    """fliplr(input) -> Tensor: columns in reverse order."""
    if input.dim() < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return input.flip(1)


@both
@parsed("flipud(Tensor input)")
def flipud(input: Any) -> Any:
    """flipud(input) -> Tensor: rows in reverse order."""
    if input.dim() < 1:
        raise RuntimeError("Input must be >= 1-d.")
    return input.flip(0)


def block_diag(*tensors: Any) -> Any:
    """The matrices along the diagonal of a larger one."""
    return _block_diag(list(tensors))


def _add_missing() -> None:
    plain = (
        atleast_1d,
        atleast_2d,
        atleast_3d,
        cartesian_prod,
        chain_matmul,
        combinations,
        tensordot,
        trapz,
        block_diag,
    )
    for call in plain:
        functions[call.__name__] = call
    for name in [*functions]:
        # What the engine itself has is better: one crossing, and PyTorch's node.
        if functions[name].__module__ == __name__ and has(name):
            del functions[name]
            methods.pop(name, None)


_add_missing()
functions["diff"] = with_out(functions["diff"])


@both
@parsed("fill_diagonal_(Tensor input, Scalar fill_value, bool wrap=False)")
def fill_diagonal_(input: Any, fill_value: Any, wrap: bool) -> Any:
    """fill_diagonal_(fill_value, wrap=False) -> Tensor: fill the main diagonal, in place.

    With `wrap` the diagonal of a tall matrix begins anew after each square.
    """
    if input.dim() < 2:
        raise RuntimeError("dimensions must larger than 1")
    if input.dim() > 2 and len(set(input.shape)) > 1:
        raise RuntimeError("all dimensions of input must be of equal length")
    height, width = input.shape[:2]
    size, step = min(height, width), sum(input.stride())
    input.as_strided([size], [step]).fill_(fill_value)
    if wrap and input.dim() == 2 and height > width + 1:
        rest = -(-input.numel() // (width + 1)) - size
        begin = input.storage_offset() + input.stride(0) * (width + 1)
        input.as_strided([rest], [step], begin).fill_(fill_value)
    return input


del functions["fill_diagonal_"]  # in PyTorch, too, it is a method alone
