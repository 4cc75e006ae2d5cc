"""Adamax (Kingma and Ba, 2014)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .._operation import function
from .optimizer import Group, Rule, check_betas, check_lr, first_count, require, scalar


class Adamax(Rule):
    """Adam with the largest gradient of late in the place of the mean square."""

    def __init__(
        self,
        params: Any,
        lr: Any = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_lr(lr)
        require(eps >= 0.0, f"Invalid epsilon value: {eps}")
        check_betas(betas)
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        beta1, beta2 = group["betas"]
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"] = first_count()
                state["exp_avg"] = zeros_like(param.detach())
                state["exp_inf"] = zeros_like(param.detach())
            state["step"] += 1
            if decay != 0:
                grad = grad.add(param, alpha=decay)
            average, largest = state["exp_avg"], state["exp_inf"]
            average.lerp_(grad, 1 - beta1)
            latest = grad.abs().add_(group["eps"])
            largest.copy_(function("maximum")(largest.mul_(beta2), latest))
            correction = 1 - beta1 ** state["step"].item()
            param.addcdiv_(average, largest, value=-(lr / correction))
