"""`grad`, `vjp`, `jvp`: derivatives as functions made of functions."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .. import _C
from .._backward import grad as autograd_grad
from .._grad_mode import enable_grad, is_grad_enabled
from .._handles import TensorBase
from .._operation import engine_function
from ..utils._pytree import tree_flatten, tree_map, tree_unflatten, treespec_pprint
from ._levels import engine, level, lift, lower

__all__ = ["grad", "grad_and_value", "jvp", "linearize", "vjp"]

type ArgNums = int | tuple[int, ...]


def grad(
    func: Callable[..., Any], argnums: ArgNums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """The function that computes the gradient of `func`, which gives a single number.

    The gradient is with respect to the argument `argnums`, or to several. With `has_aux` `func`
    gives a pair, and the second part comes back beside the gradient.
    """
    both = grad_and_value(func, argnums, has_aux)

    @functools.wraps(func)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        found, value = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


def grad_and_value(
    func: Callable[..., Any], argnums: ArgNums = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """Like `grad`, but the function gives the pair of the gradient and the value."""

    @functools.wraps(func)
    def gradient_and_value(*args: Any, **kwargs: Any) -> Any:
        with level("grad"), enable_grad():
            args = tree_map(lift, args)
            kwargs = tree_map(lift, kwargs)
            wanted = slice_argnums(args, argnums, as_tuple=False)
            leaves, spec = tree_flatten(tree_map(_make_leaf, wanted))
            output = func(*args, **kwargs)
            output, aux = _split_aux(output, has_aux, "grad_and_value(f)(*args)")
            _check_scalar(output)
            found = tree_unflatten(gradients((output,), leaves), spec)
            result, value = _lowered(found), lower(output)
            if has_aux:
                return result, (value, _lowered(aux))
            return result, value

    return gradient_and_value


def _make_leaf(value: Any) -> Any:
    if not isinstance(value, TensorBase):
        raise ValueError(f"Thing passed to transform API must be Tensor, got {type(value)}")
    if not value.is_floating_point():
        raise RuntimeError("only Tensors of floating point dtype can require gradients")
    engine.set_requires_grad(value._h, True)
    return value


def _split_aux(output: Any, has_aux: bool, says: str) -> tuple[Any, Any]:
    if not has_aux:
        return output, None
    if not (isinstance(output, tuple) and len(output) == 2):
        raise RuntimeError(
            f"{says}: output of function f should be a tuple: (output, aux) if has_aux is True"
        )
    return output


def _check_scalar(output: Any) -> None:
    says = "grad_and_value(f)(*args): Expected f(*args) to return a "
    if not isinstance(output, TensorBase):
        raise RuntimeError(f"{says}Tensor, got {type(output)}")
    if output.dim() != 0:
        raise RuntimeError(
            f"{says}scalar Tensor, got tensor with {output.dim()} dims. Maybe you wanted to use "
            "the vjp or jacrev APIs instead?"
        )


def gradients(
    outputs: Any, inputs: Any, seeds: Any = None, retain: bool = True, create: bool = True
) -> tuple[Any, ...]:
    """The gradients of the inputs, zeros where there is none."""
    seeds = [None] * len(outputs) if seeds is None else seeds
    pairs = [(o, seed) for o, seed in zip(outputs, seeds) if o.requires_grad]
    if not pairs:
        return tuple(_zeros_like(tensor) for tensor in inputs)
    roots, weights = zip(*pairs)
    found = autograd_grad(
        roots, inputs, weights, retain_graph=retain, create_graph=create, allow_unused=True
    )
    return tuple(
        _zeros_like(tensor) if one is None else one for one, tensor in zip(found, inputs)
    )


def _zeros_like(tensor: Any) -> Any:
    from .. import zeros_like

    return zeros_like(tensor)


def _lowered(tree: Any) -> Any:
    """The tree as it is outside the innermost transform. Raises RuntimeError unless of tensors."""

    def lowered(value: Any) -> Any:
        if not isinstance(value, TensorBase):
            raise RuntimeError(f"Expected tensors, got unsupported type {type(value)}")
        return lower(value)

    return tree_map(lowered, tree)


def vjp(func: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """The value of `func`, and the function that multiplies vectors with its Jacobian: vᵀJ.

    The vectors are structured like the outputs of `func`, the products like its inputs. With
    `has_aux` `func` gives a pair, and the second part comes back as a third result.
    """
    return vjp_of(func, primals, None, has_aux)


def vjp_of(
    func: Callable[..., Any], primals: tuple[Any, ...], argnums: ArgNums | None, has_aux: bool
) -> Any:
    """`vjp` with respect to some of the arguments; all of them for None."""
    with level("grad"), enable_grad():
        primals = tree_map(lift, primals)
        wanted = primals if argnums is None else slice_argnums(primals, argnums, as_tuple=False)
        inputs, input_spec = tree_flatten(tree_map(_make_leaf, wanted))
        output = func(*primals)
        output, aux = _split_aux(output, has_aux, "vjp(f, *primals)")
        aux = _lowered(aux) if has_aux else None
        outputs, output_spec = tree_flatten(output)
        _check_outputs(outputs, "vjp(f, *primals)")
        values = _lowered(output)
        for one in outputs:
            if not one.is_floating_point():
                raise RuntimeError(
                    "vjp(f, ...): All outputs of f must be floating-point or complex Tensors, "
                    f"got Tensor with dtype {one.dtype}"
                )

    def pull_back(
        cotangents: Any, retain_graph: bool = True, create_graph: bool | None = None
    ) -> Any:
        given, spec = tree_flatten(cotangents)
        if spec != output_spec:
            raise RuntimeError(
                "Expected pytree structure of cotangents to be the same as pytree structure of "
                f"outputs to the function. cotangents: {treespec_pprint(spec)}, primal output: "
                f"{treespec_pprint(output_spec)}"
            )
        create = is_grad_enabled() if create_graph is None else create_graph
        return tree_unflatten(gradients(outputs, inputs, given, retain_graph, create), input_spec)

    return (values, pull_back, aux) if has_aux else (values, pull_back)


def _check_outputs(outputs: list[Any], says: str) -> None:
    if not outputs or (len(outputs) == 1 and outputs[0] is None):
        raise RuntimeError(
            f"{says}: Expected f to be a function that has non-empty output "
            f"(got output = {outputs})"
        )
    for output in outputs:
        if not isinstance(output, TensorBase):
            raise RuntimeError(
                f"{says}: expected f(*primals) to return only tensors, got unsupported type "
                f"{type(output)}"
            )


_alias = engine_function("_alias")
_JVP = "jvp(f, primals, tangents)"


def jvp(
    func: Callable[..., Any],
    primals: Any,
    tangents: Any,
    *,
    strict: bool = False,
    has_aux: bool = False,
) -> Any:
    """The value of `func` at `primals`, and how it moves when they move along `tangents`: Jv.

    Both are tuples of the same structure, the arguments of `func`. With `strict` an output that
    doesn't depend on the inputs is an error; with `has_aux` `func` gives a pair, and the second
    part comes back as a third result.
    """
    return jvp_of(func, primals, tangents, None, strict, has_aux)


def jvp_of(
    func: Callable[..., Any],
    primals: Any,
    tangents: Any,
    argnums: ArgNums | None,
    strict: bool = False,
    has_aux: bool = False,
) -> Any:
    """`jvp` with respect to some of the arguments; all of them for None."""
    if not isinstance(primals, tuple):
        raise RuntimeError(
            f"{_JVP}: Expected primals to be a tuple. E.g. it should be valid to call f(*primals)."
        )
    wanted = primals if argnums is None else slice_argnums(primals, argnums)
    points, spec = tree_flatten(wanted)
    directions, direction_spec = tree_flatten(tangents)
    if spec != direction_spec:
        raise RuntimeError(
            f"{_JVP}: Expected primals and tangents to have the same python structure. For "
            "example, if primals is a tuple of 3 tensors, tangents also must be. Got primals with "
            f"structure {spec} and tangents with structure {direction_spec}"
        )
    _check_tensors(points, "primals")
    _check_tensors(directions, "tangents")
    with level("jvp"):
        duals = tree_unflatten([make_dual(p, t) for p, t in zip(points, directions)], spec)
        if argnums is not None:
            duals = replace_args(tree_map(lift, primals), duals, argnums)
        output, aux = _split_aux(func(*duals), has_aux, _JVP)
        aux = _lowered(aux) if has_aux else None
        outputs, output_spec = tree_flatten(output)
        _check_outputs(outputs, _JVP)
        values, products = zip(*(_unpacked(one, strict) for one in outputs))
    values = [_C.tensor(_alias(value._h)) for value in values]
    result = tree_unflatten(values, output_spec), tree_unflatten(products, output_spec)
    return (*result, aux) if has_aux else result


def make_dual(primal: Any, tangent: Any) -> Any:
    """The tensor that moves from `primal` along `tangent`."""
    return _C.tensor(engine.make_dual(primal._h, tangent._h))


def _unpacked(output: Any, strict: bool) -> tuple[Any, Any]:
    """Value and tangent, outside the innermost transform."""
    value = lower(output)
    handle = engine.tangent(output._h) if lower(output) is not output else 0
    if handle:
        return value, lower(_C.tensor(handle))
    if strict:
        raise RuntimeError(
            "jvp(f, primals, tangents, strict=True): The output of f is independent of the "
            "inputs. This is not allowed with strict=True."
        )
    return value, lower(_zeros_like(output))


def _check_tensors(values: list[Any], what: str) -> None:
    if not values:
        raise RuntimeError(f"{_JVP}: Expected {what} to contain at least one Tensor.")
    for value in values:
        if not isinstance(value, TensorBase):
            raise RuntimeError(
                f"{_JVP}: Expected {what} to only contain Tensors, got {type(value)}"
            )


def linearize(func: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[..., Any]]:
    """The value of `func` at `primals`, and the function that gives Jv there for any v."""
    output = func(*primals)
    points, spec = tree_flatten(primals)

    def linear(*tangents: Any) -> Any:
        directions, direction_spec = tree_flatten(tangents)
        if direction_spec != spec:
            raise RuntimeError(
                f"Expected the tangents {direction_spec} to have the same argspec as the primals "
                f"{spec}"
            )
        for at, (direction, point) in enumerate(zip(directions, points)):
            for what in ("shape", "device", "dtype"):
                own, wanted = getattr(direction, what), getattr(point, what)
                if own != wanted:
                    raise RuntimeError(
                        f"tangent:{at} with {what} {own} in flattened pytree doesn't match the "
                        f"{what} {wanted} of the corresponding primal."
                    )
        return jvp(func, primals, tangents)[1]

    return output, linear


# --- which arguments -----------------------------------------------------------------------------


def slice_argnums(args: tuple[Any, ...], argnums: Any, as_tuple: bool = True) -> Any:
    """The arguments that `argnums` names. Raises RuntimeError where there are no such ones."""
    if not isinstance(argnums, (int, tuple)):
        raise RuntimeError(f"argnums must be int or Tuple[int, ...], got: {type(argnums)}")
    if isinstance(argnums, int):
        chosen = args[_position(argnums, len(args))]
        return (chosen,) if as_tuple else chosen
    positions = tuple(_position(at, len(args)) for at in argnums)
    if not positions:
        raise RuntimeError("argnums must be non-empty")
    if len(set(positions)) != len(positions):
        raise RuntimeError(f"argnums elements must be unique, got {positions}")
    return tuple(args[at] for at in positions)


def _position(argnum: Any, count: int) -> int:
    if not isinstance(argnum, int):
        raise RuntimeError(f"argnum must be int, got: {type(argnum)}")
    if not -count <= argnum < count:
        raise RuntimeError(f"Got argnum={argnum}, but only {count} positional inputs")
    return argnum % count


def replace_args(
    args: tuple[Any, ...], new: tuple[Any, ...], argnums: ArgNums
) -> tuple[Any, ...]:
    """`args` with those that `argnums` names replaced by `new`, in order."""
    numbers = (argnums,) if isinstance(argnums, int) else argnums
    result = list(args)
    for argnum, value in zip(numbers, new):
        result[argnum] = value
    return tuple(result)
