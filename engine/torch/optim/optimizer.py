"""What all optimizers share: groups of parameters, their state, `zero_grad`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from .. import _C
from .._grad_mode import enable_grad, no_grad
from .._handles import TensorBase

type Group = dict[str, Any]


class Optimizer:
    """The base of optimizers: a subclass defines `_update(group)` for one group of parameters.

    `params` is an iterable of tensors, or of dicts with a `params` entry and options of their own.
    """

    def __init__(self, params: Any, defaults: Group) -> None:
        if isinstance(params, TensorBase):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or "
                f"dicts, but got {params.type()}"
            )
        self.defaults = defaults
        self.state: dict[Any, dict[str, Any]] = defaultdict(dict)
        self.param_groups: list[Group] = []
        # A learning rate schedule looks here whether a step has been taken before its own.
        self._step_count = 0
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group: Group) -> None:
        """Optimize more parameters, with options of their own."""
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but the "
                "ordering of tensors in sets will change between runs. Please use a list instead."
            )
        params = [params] if isinstance(params, TensorBase) else list(params)
        param_group["params"] = [p[1] if isinstance(p, tuple) else p for p in params]
        for param in param_group["params"]:
            if not isinstance(param, TensorBase):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is "
                    + type(param).__name__
                )
            if not (param.is_leaf or param.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            param_group.setdefault(name, default)
        known = {id(p) for group in self.param_groups for p in group["params"]}
        if any(id(param) in known for param in param_group["params"]):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters: to None, or to zeros."""
        for group in self.param_groups:
            for param in group["params"]:
                if set_to_none:
                    param.grad = None
                elif _C.engine.grad(param._h):
                    param.grad.detach_().zero_()

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change the parameters once, by their gradients.

        `closure`, if given, computes the loss anew, and its value is given back.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        self._step_count += 1
        with no_grad():
            for group in self.param_groups:
                self._update(group)
        return loss

    def _update(self, group: Group) -> None:
        raise NotImplementedError

    def with_gradients(self, group: Group) -> Iterable[tuple[Any, Any, dict[str, Any]]]:
        """The parameters of a group that have a gradient: parameter, gradient, state."""
        for param in group["params"]:
            gradient = _C.tensor_or_none(_C.engine.grad(param._h))
            if gradient is not None:
                yield param, gradient, self.state[param]

    def state_dict(self) -> dict[str, Any]:
        """The options and states, with parameters as numbers."""
        numbers = {id(p): n for n, p in enumerate(self._all())}
        return {
            "state": {numbers[id(param)]: state for param, state in self.state.items()},
            "param_groups": [
                {**group, "params": [numbers[id(p)] for p in group["params"]]}
                for group in self.param_groups
            ],
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take options and states over from `state_dict()`."""
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        params = self._all()
        for group, given in zip(self.param_groups, saved):
            if len(group["params"]) != len(given["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of "
                    "optimizer's group"
                )
            group.update({key: value for key, value in given.items() if key != "params"})
        self.state.clear()
        for number, state in state_dict["state"].items():
            self.state[params[number]] = deepcopy(state)

    def _all(self) -> list[Any]:
        return [param for group in self.param_groups for param in group["params"]]

    def __repr__(self) -> str:
        text = type(self).__name__ + " ("
        for number, group in enumerate(self.param_groups):
            text += f"\nParameter Group {number}\n"
            for key in sorted(group):
                if key != "params":
                    text += f"    {key}: {group[key]}\n"
        return text + ")"


def require(condition: bool, text: str) -> None:
    """Raise ValueError with `text` unless `condition` holds."""
    if not condition:
        raise ValueError(text)
