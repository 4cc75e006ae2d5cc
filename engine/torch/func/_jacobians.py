"""`jacrev`, `jacfwd`, `hessian`: whole Jacobians, all rows or all columns in one batch."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from ..utils._pytree import tree_flatten, tree_leaves, tree_map, tree_unflatten
from ._gradients import ArgNums, jvp_of, slice_argnums, vjp_of
from ._vmap import chunk_sizes, vmap

__all__ = ["hessian", "jacfwd", "jacrev"]


def jacrev(
    func: Callable[..., Any],
    argnums: ArgNums = 0,
    *,
    has_aux: bool = False,
    chunk_size: int | None = None,
    _preallocate_and_copy: bool = False,
) -> Callable[..., Any]:
    """The function that computes the Jacobian of `func` in reverse mode: row by row, batched.

    For one argument and one output a tensor of shape `(*output.shape, *input.shape)`; nested like
    the outputs, and inside like the arguments, where there are several. `chunk_size` rows are
    computed at a time.
    """
    if not (chunk_size is None or chunk_size > 0):
        raise ValueError("jacrev: `chunk_size` should be greater than 0.")

    @functools.wraps(func)
    def jacobian(*args: Any) -> Any:
        output, pull_back, *aux = vjp_of(func, args, argnums, has_aux)
        outputs, output_spec = tree_flatten(output)
        inputs, input_spec = tree_flatten(slice_argnums(args, argnums))
        chunks = [
            tree_leaves(_rows(pull_back, tree_unflatten(basis, output_spec), size))
            for basis, size in bases(outputs, chunk_size)
        ]
        columns = [_joined(column) for column in zip(*chunks)]
        pieces = [column.split([one.numel() for one in outputs], 0) for column in columns]
        blocks = [
            tree_unflatten(
                [
                    piece[i].view(tuple(out.shape) + tuple(point.shape))
                    for piece, point in zip(pieces, inputs)
                ],
                input_spec,
            )
            for i, out in enumerate(outputs)
        ]
        result = _nested(blocks, argnums, output_spec)
        return (result, *aux) if has_aux else result

    def _rows(pull_back: Callable[..., Any], basis: Any, size: int) -> Any:
        if chunk_size != 1:
            return vmap(pull_back)(basis)
        # One row by itself, without vmap and what it can't do.
        found = pull_back(tree_map(lambda seeds: seeds.squeeze(0), basis))
        return tree_map(lambda row: row.unsqueeze(0), found)

    return jacobian


def _joined(parts: tuple[Any, ...]) -> Any:
    from .. import cat

    return parts[0] if len(parts) == 1 else cat(parts, 0)


def _nested(blocks: list[Any], argnums: ArgNums, spec: Any) -> Any:
    return tree_unflatten(
        [block[0] for block in blocks] if isinstance(argnums, int) else blocks, spec
    )


def jacfwd(
    func: Callable[..., Any],
    argnums: ArgNums = 0,
    has_aux: bool = False,
    *,
    randomness: str = "error",
) -> Callable[..., Any]:
    """The function that computes the Jacobian of `func` in forward mode: all columns in one batch.

    The result is structured like that of `jacrev`; it costs less where there are more outputs
    than inputs.
    """

    @functools.wraps(func)
    def jacobian(*args: Any) -> Any:
        inputs, input_spec = tree_flatten(slice_argnums(args, argnums))
        ((basis, _),) = bases(inputs, None)

        def push(directions: Any) -> Any:
            _, *rest = jvp_of(func, args, directions, argnums, has_aux=has_aux)
            return tuple(rest) if has_aux else rest[0]

        found = vmap(push, randomness=randomness)(tree_unflatten(basis, input_spec))
        products, aux = found if has_aux else (found, None)
        outputs, output_spec = tree_flatten(products)
        sizes = [point.numel() for point in inputs]
        blocks = [
            tree_unflatten(
                [
                    _shaped(piece, point.shape)
                    for piece, point in zip(out.movedim(0, -1).split(sizes, -1), inputs)
                ],
                input_spec,
            )
            for out in outputs
        ]
        result = _nested(blocks, argnums, output_spec)
        return (result, tree_map(lambda batch: batch[0], aux)) if has_aux else result

    return jacobian


def _shaped(piece: Any, shape: Any) -> Any:
    return piece.unflatten(-1, tuple(shape)) if len(shape) else piece.squeeze(-1)


def hessian(func: Callable[..., Any], argnums: ArgNums = 0) -> Callable[..., Any]:
    """The function that computes all second derivatives of `func`: `jacfwd(jacrev(func))`."""
    return jacfwd(jacrev(func, argnums), argnums)


def bases(tensors: list[Any], chunk_size: int | None) -> Iterator[tuple[list[Any], int]]:
    """The rows of an identity matrix, split among the tensors, so many at a time."""
    total = sum(tensor.numel() for tensor in tensors)
    start = 0
    sizes = [total] if not chunk_size or chunk_size >= total else chunk_sizes(total, chunk_size)
    for size in sizes:
        chunk = []
        column = 0
        for tensor in tensors:
            part = tensor.new_zeros(size, tensor.numel())
            part.diagonal(start - column).fill_(1)
            chunk.append(part.view(size, *tensor.shape))
            column += tensor.numel()
        yield chunk, size
        start += size
