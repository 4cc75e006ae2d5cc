"""Between Python's numbers and lists and tensors."""

from __future__ import annotations

import copy
from array import array
from collections.abc import Sequence
from math import prod
from typing import Any

from . import _C
from ._dtype import bool_, code_of, default_dtype, dtype, float32, int64
from ._handles import TensorBase
from ._parameter import is_index, number
from ._size import Size

engine = _C.engine

# Lists up to this length cross as plain arguments, longer ones as a buffer.
_SHORT = 64


def build(data: Any, target: dtype | type | None, requires_grad: bool = False) -> Any:
    """A new tensor from numbers, nested sequences of them, or tensors.

    Raises ValueError where a nested sequence isn't rectangular.
    """
    kind = type(data)
    if kind is float or kind is int or kind is bool:
        shape: list[int] = []
        flat: list[Any] = [data]
    else:
        shape = _shape_of(data)
        flat = []
        _flatten(data, shape, 0, flat)
    chosen = _infer(data, flat) if target is None else target
    code = code_of(chosen)
    if requires_grad and code not in (6, 7):
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    return from_flat(flat, shape, code, requires_grad)


def from_flat(flat: Sequence[Any], shape: Sequence[int], code: int, requires_grad: bool) -> Any:
    """A tensor of `shape` from its elements, row by row."""
    if code < 6:
        flat = [int(number(value)) for value in flat]
    elif code == 11:
        flat = [value != 0 for value in flat]
    if len(flat) <= _SHORT:
        handle = engine.from_values(code, requires_grad, len(shape), *shape, *flat)
    else:
        handle = engine.from_buffer(code, requires_grad, array("d", flat), *shape)
    return _C.tensor(handle)


def _is_sequence(value: Any) -> bool:
    return hasattr(value, "__len__") and hasattr(value, "__getitem__") and not (
        isinstance(value, (dict, set))
    )


def _shape_of(data: Any) -> list[int]:
    shape = []
    while True:
        if isinstance(data, TensorBase):
            return shape + list(data.shape)
        if isinstance(data, str) or not _is_sequence(data):
            return shape
        shape.append(len(data))
        if len(shape) > 128:
            raise ValueError(f"too many dimensions '{type(data).__name__}'")
        if not shape[-1]:
            return shape
        data = data[0]


def _flatten(data: Any, shape: list[int], depth: int, flat: list[Any]) -> None:
    if depth == len(shape):
        flat.append(_element(data))
        return
    if isinstance(data, TensorBase):
        if list(data.shape) != shape[depth:]:
            raise ValueError(
                f"expected sequence of length {shape[depth]} at dim {depth} (got {len(data)})"
            )
        flat += _C.numbers(engine.values(data._h))
        return
    if not _is_sequence(data):
        raise TypeError("not a sequence")
    if len(data) != shape[depth]:
        raise ValueError(
            f"expected sequence of length {shape[depth]} at dim {depth} (got {len(data)})"
        )
    if depth == len(shape) - 1:
        flat += map(_element, data)
        return
    for item in data:
        _flatten(item, shape, depth + 1, flat)


def _element(value: Any) -> float:
    kind = type(value)
    if kind is float or kind is int or kind is bool:
        return value
    if isinstance(value, TensorBase):
        if value.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return value.item()
    if isinstance(value, str):
        raise TypeError("new(): invalid data type 'str'")
    if isinstance(value, complex):
        raise NotImplementedError("dxdx has no complex tensors: keep real and imaginary parts apart.")
    if isinstance(value, (list, tuple)):
        raise TypeError(f"'{kind.__name__}' object cannot be interpreted as an integer")
    if hasattr(kind, "__float__"):
        return float(value)
    if is_index(value):
        return int(value)
    raise RuntimeError(f"Could not infer dtype of {kind.__name__}")


def _infer(data: Any, flat: Sequence[Any]) -> dtype:
    if not flat:
        return default_dtype()
    tensors: list[Any] = []
    _collect_tensors(data, tensors)
    if tensors:
        from ._dtype import promote

        result = tensors[0].dtype
        for other in tensors[1:]:
            result = promote(result, other.dtype)
        return result
    kinds = set(map(type, flat))
    if kinds == {bool}:
        return bool_
    if all(issubclass(kind, int) for kind in kinds):
        return int64
    return default_dtype()


def _collect_tensors(data: Any, found: list[Any]) -> None:
    if isinstance(data, TensorBase):
        found.append(data)
    elif isinstance(data, (list, tuple)):
        for item in data:
            if not isinstance(item, (float, int)):
                _collect_tensors(item, found)


def index_tensor(data: Any) -> Any:
    """The index tensor that a list inside `x[…]` stands for."""
    made = build(data, None)
    return made._to_dtype(int64) if made.is_floating_point() else made


def to_list(tensor: Any) -> Any:
    """Nested lists of a tensor's elements; a plain number for a 0-d tensor."""
    if tensor.ndim == 0:
        return tensor.item()
    flat = _C.numbers(engine.values(tensor._h))
    kind = tensor.dtype
    if kind is bool_:
        flat = [value != 0 for value in flat]
    elif not kind.is_floating_point:
        flat = list(map(int, flat))
    return _nest(flat, tensor.shape)


def _nest(flat: list[Any], shape: Sequence[int]) -> list[Any]:
    for depth in range(len(shape) - 1, 0, -1):
        size = shape[depth]
        rows = prod(shape[:depth])
        flat = [flat[row * size : (row + 1) * size] for row in range(rows)]
    return flat


# --- the old constructor -------------------------------------------------------------------------


def legacy_tensor(cls: type[Any], args: tuple[Any, ...]) -> Any:
    """`torch.Tensor(data)` or `torch.Tensor(2, 3)`: always of the default dtype."""
    if all(is_index(arg) for arg in args):
        sizes = args
    elif len(args) == 1 and isinstance(args[0], Size):
        sizes = args[0]
    elif len(args) == 1 and isinstance(args[0], TensorBase):
        return args[0].detach()
    elif len(args) == 1 and _is_sequence(args[0]) and not isinstance(args[0], str):
        return build(args[0], default_dtype())
    elif len(args) == 1:
        raise TypeError(f"new(): invalid data type '{type(args[0]).__name__}'")
    else:
        position = next(at for at, arg in enumerate(args) if not is_index(arg)) + 1
        raise TypeError(
            f"new(): argument 'size' failed to unpack the object at pos {position} with error "
            f'"type must be tuple of ints,but got {type(args[position - 1]).__name__}"'
        )
    return from_flat([0.0] * prod(sizes), list(sizes), code_of(float32), False)


def legacy_empty(tensor: Any) -> None:
    """`torch.Tensor()`: a tensor without elements."""
    made = build([], None)
    tensor._h = made._h
    _C.transfer(made, tensor)


# --- copies --------------------------------------------------------------------------------------


def deep_copy(tensor: Any, memo: dict[int, Any]) -> Any:
    """What `copy.deepcopy` makes of a leaf: numbers, flags, gradient and attributes."""
    if not tensor.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
            "protocol at the moment.  If you were attempting to deepcopy a module, this may be "
            "because of a torch.nn.utils.weight_norm usage, "
            "see https://github.com/pytorch/pytorch/pull/103001"
        )
    if id(tensor) in memo:
        return memo[id(tensor)]
    copied = tensor.detach().clone()
    if type(copied) is not type(tensor):
        copied = _C.recast(copied, type(tensor))
    if tensor.requires_grad:
        copied.requires_grad_()
    memo[id(tensor)] = copied
    if tensor.grad is not None:
        copied.grad = deep_copy(tensor.grad, memo)
    copied.__dict__.update(copy.deepcopy(tensor.__dict__, memo))
    return copied


def reduce(tensor: Any) -> tuple[Any, ...]:
    """How `pickle` takes a tensor apart."""
    flat = tensor.detach().reshape(-1).tolist()
    return _rebuild, (
        type(tensor),
        flat,
        tuple(tensor.shape),
        tensor.dtype,
        tensor.requires_grad,
        dict(tensor.__dict__),
    )


def _rebuild(
    cls: type[Any],
    flat: list[Any],
    shape: tuple[int, ...],
    kind: dtype,
    requires_grad: bool,
    attributes: dict[str, Any],
) -> Any:
    tensor = from_flat(flat, shape, code_of(kind), False)
    if type(tensor) is not cls:
        tensor = _C.recast(tensor, cls)
    if requires_grad:
        tensor.requires_grad_()
    tensor.__dict__.update(attributes)
    return tensor
