"""Averaged stochastic gradient descent (Polyak and Juditsky, 1992)."""

from __future__ import annotations

from typing import Any

from .._factories import tensor, zeros_like
from .optimizer import Group, Rule, check_lr, first_count, require, scalar


class ASGD(Rule):
    """Ever smaller steps, and beside them the average of the places visited."""

    _captured = "params, mus, etas, and state_steps"

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_lr(lr)
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        defaults = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        lr, lambd, decay = scalar(group["lr"]), group["lambd"], group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"] = first_count()
                state["eta"], state["mu"] = first_count(lr), first_count(1.0)
                state["ax"] = zeros_like(param.detach())
            state["step"] += 1
            step = state["step"].item()
            if decay != 0:
                grad = grad.add(param, alpha=decay)
            eta, mu, average = state["eta"], state["mu"], state["ax"]
            param.mul_(1 - lambd * eta.item())
            param.add_(grad, alpha=-eta.item())
            if mu.item() != 1:
                average.add_(param.sub(average).mul_(mu))
            else:
                average.copy_(param)
            eta.copy_(tensor(lr / (1 + lambd * lr * step) ** group["alpha"]))
            mu.copy_(tensor(1 / max(1, step - group["t0"])))
