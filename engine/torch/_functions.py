"""Functions of `torch` that are composed of other operations, as in PyTorch itself."""

from __future__ import annotations

from typing import Any

from ._handles import TensorBase
from ._operation import function

_broadcast = function("_broadcast_tensors", "broadcast_tensors")


def is_tensor(obj: Any) -> bool:
    """Is `obj` a tensor?"""
    return isinstance(obj, TensorBase)


def typename(obj: Any, /) -> str:
    """The full name of an object's class, or of a tensor's old type: `torch.FloatTensor`."""
    if isinstance(obj, TensorBase):
        return obj.type()
    module = getattr(obj, "__module__", None)
    prefix = "" if module in (None, "builtins") else f"{module}."
    for name in ("__qualname__", "__name__"):
        if hasattr(obj, name):
            return prefix + getattr(obj, name)
    return prefix + type(obj).__name__


def is_floating_point(input: Any) -> bool:
    """Is the tensor's dtype float32 or float64?"""
    return input.is_floating_point()


def is_complex(input: Any) -> bool:
    """False: there are no complex tensors here."""
    return False


def is_nonzero(input: Any) -> bool:
    """Is the only element of the tensor anything but 0?"""
    return bool(input)


def is_signed(input: Any) -> bool:
    """Can an element be negative?"""
    return input.is_signed()


def is_neg(input: Any) -> bool:
    """False: nothing is kept negated here."""
    return False


def is_conj(input: Any) -> bool:
    """False: there are no complex tensors here."""
    return False


def is_inference(input: Any) -> bool:
    """Was the tensor made in inference mode?"""
    return input.is_inference()


def is_same_size(input: Any, other: Any) -> bool:
    """Have the two tensors the same shape?"""
    return input.shape == other.shape


def numel(input: Any) -> int:
    """How many elements the tensor has."""
    return input.numel()


def meshgrid(*tensors: Any, indexing: str | None = None) -> tuple[Any, ...]:
    """Grids of coordinates from vectors: as many tensors, each with all dimensions."""
    from . import _C

    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    for position, tensor in enumerate(tensors):
        if not isinstance(tensor, TensorBase):
            raise TypeError(
                f"expected Tensor as element {position} in argument 0, "
                f"but got {type(tensor).__name__}"
            )
    if indexing is None:
        _C.warn_once(
            "torch.meshgrid: in an upcoming release, it will be required to pass the indexing "
            "argument."
        )
    elif indexing not in ("ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    if any(tensor.dtype != tensors[0].dtype for tensor in tensors):
        raise RuntimeError("meshgrid expects all tensors to have the same dtype")
    swap = indexing == "xy" and len(tensors) >= 2
    if swap:
        tensors = (tensors[1], tensors[0], *tensors[2:])
    shape = [tensor.numel() for tensor in tensors]
    grids: list[Any] = []
    for axis, tensor in enumerate(tensors):
        view = tensor.view([-1 if d == axis else 1 for d in range(len(shape))])
        grids.append(view.expand(shape))
    if swap:
        grids[0], grids[1] = grids[1], grids[0]
    return tuple(grids)


def broadcast_shapes(*shapes: Any) -> Any:
    """The shape that tensors of these shapes broadcast to."""
    from ._size import Size

    sizes = [(shape,) if isinstance(shape, int) else tuple(shape) for shape in shapes]
    longest = max((len(size) for size in sizes), default=0)
    result = [1] * longest
    for number, size in enumerate(sizes):
        for back in range(1, len(size) + 1):
            if size[-back] == 1 or size[-back] == result[-back]:
                continue
            if result[-back] != 1:
                raise RuntimeError(
                    f"Attempting to broadcast a dimension of length {size[-back]} at -{back}! "
                    f"Mismatching argument at index {number} had {size}; but expected shape should "
                    f"be broadcastable to {result}"
                )
            result[-back] = size[-back]
    return Size(result)


def broadcast_tensors(*tensors: Any) -> tuple[Any, ...]:
    """The tensors, expanded to their common shape."""
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    for position, tensor in enumerate(tensors):
        if not isinstance(tensor, TensorBase):
            raise TypeError(
                f"expected Tensor as element {position} in argument 0, "
                f"but got {type(tensor).__name__}"
            )
    if len({tensor.shape for tensor in tensors}) == 1:
        return tensors  # which is what the engine would say, but it costs more to ask
    return tuple(_broadcast(tensors))


def result_type(first: Any, second: Any) -> Any:
    """The dtype of an operation on the two."""
    return (first * second).dtype


def split(tensor: Any, split_size_or_sections: Any, dim: int = 0) -> tuple[Any, ...]:
    """Views of `tensor` along `dim`: pieces of one size, or of the sizes listed."""
    return tensor.split(split_size_or_sections, dim)
