"""`vmap`: a function of one example, applied to a whole batch at once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from .. import _C
from .._handles import TensorBase
from ..utils._pytree import (
    broadcast_to_and_flatten,
    tree_flatten,
    tree_leaves,
    tree_structure,
    tree_unflatten,
)
from ._levels import engine, is_batched, level

__all__ = ["vmap"]


def vmap(
    func: Callable[..., Any],
    in_dims: Any = 0,
    out_dims: Any = 0,
    randomness: str = "error",
    *,
    chunk_size: int | None = None,
) -> Callable[..., Any]:
    """`func` for a batch of examples: what it gives for each, stacked.

    `in_dims` says which dimension of each input counts the examples (None: all share it), as one
    number or nested like the inputs; `out_dims` where that dimension is to be in the results.
    The function runs once, for all examples, or once for each `chunk_size` of them. `randomness`
    says what random numbers are to be: "different" for each example, the "same" for all, or an
    "error".
    """
    if randomness not in ("error", "different", "same"):
        raise RuntimeError(
            "Only allowed values for randomness are 'error', 'different', or 'same'. "
            f"Got {randomness}"
        )
    if not (chunk_size is None or chunk_size > 0):
        raise ValueError(
            f"vmap: chunk_size should be None or greater than 0. (got {chunk_size})"
        )

    @functools.wraps(func)
    def mapped(*args: Any, **kwargs: Any) -> Any:
        _check_out_dims(out_dims, func)
        batch = _Batch(func, in_dims, args)
        if chunk_size is None:
            return batch.run(batch.leaves, batch.size, out_dims, randomness, kwargs)
        return _in_chunks(batch, chunk_size, out_dims, randomness, kwargs)

    return mapped


def name_of(func: Callable[..., Any]) -> str:
    """The name of a function, as messages give it."""
    if hasattr(func, "__name__"):
        return func.__name__
    if isinstance(func, functools.partial):
        return f"functools.partial({name_of(func.func)}, ...)"
    return repr(func)


class _Batch:
    """The inputs of a call, with the dimension of each that counts the examples."""

    def __init__(self, func: Callable[..., Any], in_dims: Any, args: tuple[Any, ...]) -> None:
        self.func = func
        name = name_of(func)
        self.says = f"vmap({name}, in_dims={in_dims}, ...)(<inputs>): "
        if not isinstance(in_dims, (int, tuple)):
            raise ValueError(
                f"{self.says}expected `in_dims` to be int or a (potentially nested) tuple "
                f"matching the structure of inputs, got: {type(in_dims)}."
            )
        if not args:
            raise ValueError(
                f"vmap({name})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you "
                "are trying to vmap over a function with no inputs. The latter is unsupported."
            )
        self.leaves, self.spec = tree_flatten(args)
        dims = broadcast_to_and_flatten(in_dims, self.spec)
        if dims is None:
            raise ValueError(
                f"{self.says}in_dims is not compatible with the structure of `inputs`. in_dims "
                f"has structure {tree_structure(in_dims)} but inputs has structure {self.spec}."
            )
        self.dims = [self._checked(leaf, dim) for leaf, dim in zip(self.leaves, dims)]
        sizes = [leaf.size(dim) for leaf, dim in zip(self.leaves, self.dims) if dim is not None]
        if not sizes:
            raise ValueError("vmap: Expected at least one Tensor to vmap over")
        if any(size != sizes[0] for size in sizes):
            raise ValueError(
                "vmap: Expected all tensors to have the same size in the mapped dimension, "
                f"got sizes {sizes} for the mapped dimension"
            )
        self.size = sizes[0]

    def _checked(self, leaf: Any, dim: Any) -> int | None:
        if dim is None:
            return None
        if not isinstance(dim, int):
            raise ValueError(
                f"{self.says}Got in_dim={dim} for an input but in_dim must be either an integer "
                "dimension or None."
            )
        if not isinstance(leaf, TensorBase):
            raise ValueError(
                f"{self.says}Got in_dim={dim} for an input but the input is of type {type(leaf)}. "
                "We cannot vmap over non-Tensor arguments, please use None as the respective "
                "in_dim"
            )
        count = leaf.dim()
        if not -count <= dim < count:
            raise ValueError(
                f"{self.says}Got in_dim={dim} for some input, but that input is a Tensor of "
                f"dimensionality {count} so expected in_dim to satisfy -{count} <= in_dim < "
                f"{count}."
            )
        return dim % count

    def run(
        self, leaves: Any, size: int, out_dims: Any, randomness: str, kwargs: dict[str, Any]
    ) -> Any:
        """Call the function once, for all examples."""
        with level("vmap", size, randomness):
            examples = [
                leaf if dim is None else _C.tensor(engine.enter_batch(leaf._h, dim))
                for leaf, dim in zip(leaves, self.dims)
            ]
            outputs = self.func(*tree_unflatten(examples, self.spec), **kwargs)
            return _leave(outputs, out_dims, size, self.func)


def _leave(outputs: Any, out_dims: Any, size: int, func: Callable[..., Any]) -> Any:
    """The whole batches of which `outputs` are examples."""
    leaves, spec = tree_flatten(outputs)
    dims = _dims_for(outputs, out_dims, spec)
    if dims is None:
        raise ValueError(
            f"vmap({name_of(func)}, ..., out_dims={out_dims})(<inputs>): out_dims is not "
            f"compatible with the structure of `outputs`. out_dims has structure "
            f"{tree_structure(out_dims)} but outputs has structure {spec}."
        )
    name = name_of(func)
    return tree_unflatten([_left(leaf, dim, size, name) for leaf, dim in zip(leaves, dims)], spec)


def _dims_for(outputs: Any, out_dims: Any, spec: Any) -> list[Any] | None:
    if not isinstance(outputs, TensorBase):
        return broadcast_to_and_flatten(out_dims, spec)
    if isinstance(out_dims, tuple):
        return list(out_dims) if len(out_dims) == 1 else None
    return [out_dims] if isinstance(out_dims, int) or out_dims is None else None


def _left(output: Any, dim: int | None, size: int, name: str) -> Any:
    if dim is None:
        if is_batched(output):
            raise ValueError(
                f"vmap({name}, ...): `{name}` can not return a BatchedTensor when out_dim is None"
            )
        return output
    if not isinstance(output, TensorBase):
        raise ValueError(
            f"vmap({name}, ...): `{name}` must only return Tensors, got type {type(output)}. "
            "Did you mean to set out_dims= to None for output?"
        )
    return _C.tensor(engine.leave_batch(output._h, size, dim))


def _check_out_dims(out_dims: Any, func: Callable[..., Any]) -> None:
    for dim in tree_leaves(out_dims):
        if not isinstance(dim, int) and dim is not None:
            raise ValueError(
                f"vmap({name_of(func)}, ..., out_dims={out_dims}): `out_dims` must be an int, "
                "None or a python collection of ints representing where in the outputs the "
                "vmapped dimension should appear."
            )


def _in_chunks(
    batch: _Batch, chunk_size: int, out_dims: Any, randomness: str, kwargs: dict[str, Any]
) -> Any:
    """The same for a part of the examples after the other, put together."""
    from .. import cat, get_rng_state, set_rng_state

    state = get_rng_state() if randomness == "same" else None
    chunks = []
    sizes = chunk_sizes(batch.size, chunk_size)
    for end, size in zip(accumulate(sizes), sizes):
        if state is not None:
            set_rng_state(state)
        leaves = [
            leaf if dim is None else leaf.narrow(dim, end - size, size)
            for leaf, dim in zip(batch.leaves, batch.dims)
        ]
        chunks.append(batch.run(leaves, size, out_dims, randomness, kwargs))
    spec = tree_structure(chunks[0])
    dims = broadcast_to_and_flatten(out_dims, spec)
    columns = zip(*(tree_leaves(chunk) for chunk in chunks))
    return tree_unflatten([cat(column, dim) for column, dim in zip(columns, dims or [])], spec)


def chunk_sizes(total: int, chunk_size: int) -> list[int]:
    """`total` in parts of `chunk_size`; the last may be smaller."""
    rest = total % chunk_size
    return [chunk_size] * (total // chunk_size) + ([rest] if rest else [])
