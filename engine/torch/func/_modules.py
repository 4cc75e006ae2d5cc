"""Modules as functions of their parameters: `functional_call`, `stack_module_state`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .._handles import TensorBase

__all__ = ["functional_call", "stack_module_state"]


def functional_call(
    module: Any,
    parameter_and_buffer_dicts: Any,
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """Call `module` with tensors of a dictionary in the place of its parameters and buffers.

    The module itself stays as it is. `args` is the argument, or a tuple of arguments. Raises
    RuntimeError, with `strict`, unless the dictionary has all names of the module and no others.
    """
    values = _merged(parameter_and_buffer_dicts)
    if tie_weights:
        values = _tied(module, values)
    if strict:
        _check_names(module, values)
    if args is None:
        args = ()
    elif not isinstance(args, tuple):
        args = (args,)
    with _replaced(module, values):
        return module(*args, **(kwargs or {}))


def _merged(given: Any) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    if not isinstance(given, Sequence):
        raise ValueError(
            "Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got "
            f"{type(given)}"
        )
    if not all(isinstance(one, dict) for one in given):
        raise ValueError("Expected all elements of parameter_and_buffer_dicts to be dictionaries")
    counts = Counter(name for one in given for name in one)
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        raise ValueError(
            f"{repeated} appeared in multiple dictionaries; behavior of functional call is "
            "ambiguous"
        )
    return {name: value for one in given for name, value in one.items()}


def _tensors_of(module: Any) -> dict[str, Any]:
    named = dict(module.named_parameters(remove_duplicate=False))
    named.update(module.named_buffers(remove_duplicate=False))
    return named


def _tied(module: Any, values: dict[str, Any]) -> dict[str, Any]:
    """A tensor that has several names in the module is replaced under all of them."""
    own = _tensors_of(module)
    names_of: dict[int, list[str]] = {}
    for name, tensor in own.items():
        names_of.setdefault(id(tensor), []).append(name)
    result = dict(values)
    for names in names_of.values():
        given = [name for name in names if name in values]
        if len({id(values[name]) for name in given}) > 1:
            raise ValueError(
                "functional_call got multiple values for keys "
                f"{sorted(given)}, which are tied. Consider using tie_weights=False"
            )
        for name in names if given else ():
            result[name] = values[given[0]]
    return result


def _check_names(module: Any, values: dict[str, Any]) -> None:
    own = _tensors_of(module)
    unexpected = [name for name in values if name not in own]
    absent = [name for name in own if name not in values]
    problems = []
    if unexpected:
        problems.append(f"Unexpected key(s): {_listed(unexpected)}.")
    if absent:
        problems.append(f"Missing key(s): {_listed(absent)}.")
    if problems:
        raise RuntimeError(
            f"Error(s) in reparametrizing for {type(module).__name__}:\n\t" + "\n\t".join(problems)
        )


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


@contextmanager
def _replaced(module: Any, values: dict[str, Any]) -> Iterator[None]:
    own = _tensors_of(module)
    before: list[tuple[dict[str, Any], str, Any]] = []
    try:
        for path, value in values.items():
            if path not in own:
                continue
            if not isinstance(value, TensorBase):
                raise TypeError(f"{value} is not an instance of torch.Tensor")
            owner_path, _, name = path.rpartition(".")
            owner = module.get_submodule(owner_path)
            for table in (owner._parameters, owner._buffers):
                if name in table:
                    before.append((table, name, table[name]))
                    table[name] = value
                    break
        yield
    finally:
        for table, name, value in reversed(before):
            table[name] = value


def stack_module_state(models: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parameters and buffers of several modules of one class, each stacked along a new dimension.

    With `vmap` and `functional_call` the modules then run as one.
    """
    if len(models) == 0:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if len({model.training for model in models}) > 1:
        raise RuntimeError(
            "stack_module_state: Expected all models to have the same training/eval mode."
        )
    if any(type(model) is not type(models[0]) for model in models):
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    return (
        _stacked([dict(model.named_parameters()) for model in models]),
        _stacked([dict(model.named_buffers()) for model in models]),
    )


def _stacked(states: list[dict[str, Any]]) -> dict[str, Any]:
    from .. import stack

    result = {}
    for name in states[0]:
        tensors = [state[name] for state in states]
        wanted = {tensor.requires_grad for tensor in tensors}
        if len(wanted) > 1:
            raise RuntimeError(f"Expected {name} from each model to have the same .requires_grad")
        stacked = stack(tensors)
        result[name] = stacked.detach().requires_grad_() if wanted == {True} else stacked
    return result
