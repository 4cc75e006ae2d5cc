"""Adadelta (Zeiler, 2012)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .optimizer import Group, Rule, check_lr, first_count, require, scalar


class Adadelta(Rule):
    """Steps as long as those of late, scaled by the gradients of late."""

    _capturing = ["cuda", "xpu", "hpu", "privateuseone"]

    def __init__(
        self,
        params: Any,
        lr: Any = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        require(0.0 <= rho <= 1.0, f"Invalid rho value: {rho}")
        require(eps >= 0.0, f"Invalid epsilon value: {eps}")
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        lr, rho, eps, decay = scalar(group["lr"]), group["rho"], group["eps"], group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"] = first_count()
                state["square_avg"] = zeros_like(param.detach())
                state["acc_delta"] = zeros_like(param.detach())
            state["step"] += 1
            if decay != 0:
                grad = grad.add(param, alpha=decay)
            square, steps = state["square_avg"], state["acc_delta"]
            square.mul_(rho).addcmul_(grad, grad, value=1 - rho)
            delta = steps.add(eps).sqrt_().div_(square.add(eps).sqrt_()).mul_(grad)
            steps.mul_(rho).addcmul_(delta, delta, value=1 - rho)
            param.add_(delta, alpha=-lr)
