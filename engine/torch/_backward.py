"""The two ways to start a backward pass: `backward` and `grad`."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from . import _C
from ._handles import TensorBase
from ._node import GradientEdge
from ._parameter import type_name
from ._size import Size

engine = _C.engine

_CREATE_GRAPH = (
    "Using backward() with create_graph=True will create a reference cycle between the parameter "
    "and its gradient which can cause a memory leak. We recommend using autograd.grad when "
    "creating the graph to avoid this. If you have to use this function, make sure to reset the "
    ".grad fields of your parameters to None after use to break the cycle and avoid the leak."
)


_ONLY_INPUTS = (
    "only_inputs argument is deprecated and is ignored now (defaults to True). To accumulate "
    "gradient for other parts of the graph, please use torch.autograd.backward."
)
_OF_AN_EDGE = "materialize_grads cannot be used when the given input is a GradientEdge"


def _tuple_of(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, (TensorBase, GradientEdge)) else tuple(value)


def _shape_of(place: Any) -> Any:
    """The shape of a tensor, or of the gradient that goes along an edge."""
    if isinstance(place, GradientEdge):
        return Size(place.node._input_metadata[place.output_nr].shape)
    return place.shape


def _check_seeds(
    outputs: Sequence[Any], seeds: Sequence[Any], is_grads_batched: bool = False
) -> None:
    """Each given gradient must be a tensor of its output's shape. None means 1 for a number."""
    for output, seed in zip(outputs, seeds):
        if seed is None:
            if is_grads_batched and prod(_shape_of(output)) != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
            continue
        if not isinstance(seed, TensorBase):
            raise TypeError(
                f"gradients can be either Tensors or None, but got {type(seed).__name__}"
            )
        shape = seed[0].shape if is_grads_batched else seed.shape
        expected = _shape_of(output)
        if shape != expected:
            # PyTorch looks for the two in their lists, where a comparison with another can fail.
            places = tuple(seeds).index(seed), tuple(outputs).index(output)
            raise RuntimeError(_mismatch(*places, seed, expected, is_grads_batched))


def _can_start(root: Any, seed: Any) -> bool:
    """Has backward something to start with there? If not it fails before it warns."""
    if isinstance(root, GradientEdge):
        return True
    return root.requires_grad and (seed is not None or root.numel() == 1)


def _as_many(seeds: tuple[Any, ...], expected: int) -> tuple[Any, ...]:
    """One for each output: too many are no error."""
    if len(seeds) < expected:
        raise RuntimeError(f"got {expected} tensors and {len(seeds)} gradients")
    return seeds[:expected]


def _mismatch(place: int, of_output: int, seed: Any, expected: Any, batched: bool) -> str:
    if batched:  # and PyTorch shows the shape of an element of the first of the batch
        return (
            f"If `is_grads_batched=True`, we interpret the first dimension of each grad_output as "
            f"the batch dimension. The sizes of the remaining dimensions are expected to match "
            f"the shape of corresponding output, but a mismatch was detected: "
            f"grad_output[{place}] has a shape of {seed.shape[2:]} and output[{of_output}] has a "
            f"shape of {expected}. If you only want some tensors in `grad_output` to be "
            "considered batched, consider using vmap."
        )
    return (
        f"Mismatch in shape: grad_output[{place}] has a shape of {seed.shape} "
        f"and output[{of_output}] has a shape of {expected}."
    )


def _outputs(value: Any) -> tuple[Any, ...]:
    outputs = _tuple_of(value)
    for output in outputs:
        if not isinstance(output, (TensorBase, GradientEdge)):
            raise AssertionError("Expected output to be a torch.Tensor")
    return outputs


def _inputs(value: Any) -> tuple[Any, ...]:
    inputs = _tuple_of(value)
    for tensor in inputs:
        if not isinstance(tensor, (TensorBase, GradientEdge)):
            raise RuntimeError(
                f"all inputs have to be Tensors or GradientEdges, but got {type_name(tensor)}"
            )
    return inputs


def _run(
    roots: Sequence[Any],
    seeds: Sequence[Any],
    retain: bool,
    create: bool,
    inputs: Sequence[Any] | None,
    accumulate: bool,
    allow_unused: bool = False,
) -> int:
    count = -1 if inputs is None else len(inputs)
    edges = [p for p in (*roots, *(inputs or ())) if isinstance(p, GradientEdge)]
    return _C.check(
        engine.backward(
            len(roots),
            *(_handle(root) for root in roots),
            len(seeds),
            *(0 if seed is None else seed._h for seed in seeds),
            retain,
            create,
            count,
            *(_handle(place) for place in inputs or ()),
            accumulate,
            allow_unused,
            *(edge.output_nr for edge in edges),
        )
    )


def _handle(place: Any) -> int:
    return place.node._h if isinstance(place, GradientEdge) else place._h


def backward(
    tensors: Any,
    grad_tensors: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: Any = None,
    inputs: Any = None,
) -> None:
    """Compute the gradients of `tensors` and add them into the `.grad` of the leaves.

    `grad_tensors` holds, for each tensor with more than one element, the vector of the
    vector–Jacobian product. `retain_graph=True` keeps what the graph has saved, so that it can be
    walked again; `create_graph=True` records the walk itself. With `inputs`, only they get
    gradients.
    """
    plain = grad_tensors is None and inputs is None and not create_graph and grad_variables is None
    if plain and isinstance(tensors, TensorBase):
        # loss.backward(), which is what programs spend their time with
        retain = bool(retain_graph)
        if engine.backward(1, tensors._h, 1, 0, retain, False, -1, True, False) < 0:
            _C.raise_error()
        return
    if grad_variables is not None:
        _C.warn("`grad_variables` is deprecated. Use `grad_tensors` instead.", FutureWarning)
        if grad_tensors is not None:
            raise RuntimeError(
                "`grad_tensors` and `grad_variables` (deprecated) arguments both passed to "
                "`backward()`. Please only use `grad_tensors`."
            )
        grad_tensors = grad_variables
    wanted = None if inputs is None else _tuple_of(inputs)
    if wanted == ():
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    roots = _outputs(tensors)
    targets = None if wanted is None else _inputs(wanted)
    if grad_tensors is None:
        given: tuple[Any, ...] = (None,) * len(roots)
    elif isinstance(grad_tensors, (TensorBase, str)):
        given = (grad_tensors,)
    else:
        given = tuple(grad_tensors)
    _check_seeds(roots, given)
    given = _as_many(given, len(roots))
    if create_graph and all(_can_start(root, seed) for root, seed in zip(roots, given)):
        _C.warn_once(_CREATE_GRAPH)
    retain = create_graph if retain_graph is None else retain_graph
    _run(roots, given, bool(retain), create_graph, targets, accumulate=True)


def grad(
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Any, ...]:
    """The gradients of `outputs` with respect to `inputs`, as a tuple; no `.grad` is touched.

    `grad_outputs` are the vectors of the vector–Jacobian product; with `is_grads_batched=True`
    each has a first dimension more, and one product is computed for each entry of it. An input
    that the outputs don't depend on is an error, unless `allow_unused=True` (its gradient is then
    None) or `materialize_grads=True` (zeros).
    """
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, "
            "but got: allow_unused=False."
        )
    if allow_unused is None:
        allow_unused = materialize_grads
    if not only_inputs:
        _C.warn(_ONLY_INPUTS, FutureWarning)
    roots = _outputs(outputs)
    targets = _inputs(inputs)
    if grad_outputs is None:
        given: tuple[Any, ...] = (None,) * len(roots)
    else:
        given = _tuple_of(grad_outputs)
    if not targets:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    _check_seeds(roots, given, is_grads_batched)
    given = _as_many(given, len(roots))
    retain = bool(create_graph if retain_graph is None else retain_graph)
    if is_grads_batched:
        found = _batched(roots, targets, given, retain, create_graph, allow_unused)
    else:
        count = _run(roots, given, retain, create_graph, targets, False, allow_unused)
        found = _C.tensors(count)
    if materialize_grads:
        found = [
            _zeros_for(target, create_graph) if one is None else one
            for one, target in zip(found, targets)
        ]
    return tuple(found)


def _zeros_for(target: Any, create: bool) -> Any:
    if isinstance(target, GradientEdge):
        raise RuntimeError(_OF_AN_EDGE)
    return target.new_zeros(target.shape, requires_grad=create)


def _batched(
    roots: Sequence[Any],
    targets: Sequence[Any],
    seeds: Sequence[Any],
    retain: bool,
    create: bool,
    allow_unused: bool,
) -> list[Any]:
    """All products at once: one walk through the graph, with whole batches as gradients."""
    size = _batch_size(seeds)
    engine.push_level("vmap", size, "error")
    try:
        row = [_C.tensor(engine.enter_batch(seed._h, 0)) for seed in seeds]
        found = _C.tensors(_run(roots, row, retain, create, targets, False, allow_unused))
        return [
            None if one is None else _C.tensor(engine.leave_batch(one._h, size, 0)) for one in found
        ]
    finally:
        engine.pop_level()


def _batch_size(seeds: Sequence[Any]) -> int:
    for seed in seeds:
        if seed is None:
            raise ValueError(
                "vmap(vjp, in_dims=0, ...)(<inputs>): Got in_dim=0 for an input but the input is "
                "of type <class 'NoneType'>. We cannot vmap over non-Tensor arguments, please use "
                "None as the respective in_dim"
            )
    sizes = [seed.shape[0] for seed in seeds]
    if any(size != sizes[0] for size in sizes):
        raise ValueError(
            "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes "
            f"{sizes} for the mapped dimension"
        )
    return sizes[0]
