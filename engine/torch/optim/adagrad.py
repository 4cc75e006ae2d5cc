"""Adagrad (Duchi and others, 2011)."""

from __future__ import annotations

from typing import Any

from .._factories import full_like
from .optimizer import Group, Rule, check_lr, first_count, require, scalar


class Adagrad(Rule):
    """Steps scaled by the sum of all squared gradients so far."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_lr(lr)
        require(lr_decay >= 0.0, f"Invalid lr_decay value: {lr_decay}")
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        first = initial_accumulator_value
        require(first >= 0.0, f"Invalid initial_accumulator_value value: {first}")
        require(eps >= 0.0, f"Invalid epsilon value: {eps}")
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": first,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        for param in self._all():
            self.state[param].update(self._first_state(param))

    def _first_state(self, param: Any) -> dict[str, Any]:
        first = self.defaults["initial_accumulator_value"]
        return {"step": first_count(), "sum": full_like(param.detach(), first)}

    def share_memory(self) -> None:
        """Nothing to do: everything runs in one thread here."""

    def _update(self, group: Group) -> None:
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state.update(self._first_state(param))
            state["step"] += 1
            step = state["step"].item()
            if decay != 0:
                grad = grad.add(param, alpha=decay)
            now = lr / (1 + (step - 1) * group["lr_decay"])
            squares = state["sum"]
            squares.addcmul_(grad, grad, value=1)
            param.addcdiv_(grad, squares.sqrt().add_(group["eps"]), value=-now)
