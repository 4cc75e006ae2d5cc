"""Adam with a rectified start (Liu and others, 2019)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .optimizer import Group, Rule, check_betas, check_lr, first_count, require, scalar


class RAdam(Rule):
    """Adam that scales by the squares only when enough of them have been seen."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
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
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        beta1, beta2 = group["betas"]
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        longest = 2 / (1 - beta2) - 1
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"] = first_count()
                state["exp_avg"] = zeros_like(param.detach())
                state["exp_avg_sq"] = zeros_like(param.detach())
            state["step"] += 1
            step = state["step"].item()
            if decay != 0:
                if group["decoupled_weight_decay"]:
                    param.mul_(1 - lr * decay)
                else:
                    grad = grad.add(param, alpha=decay)
            average, square = state["exp_avg"], state["exp_avg_sq"]
            average.lerp_(grad, 1 - beta1)
            square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
            correction = 1 - beta2**step
            corrected = average / (1 - beta1**step) * lr
            # How many squares the running average stands for.
            length = longest - 2 * step * beta2**step / correction
            if length > 5.0:
                scale = correction**0.5 / square.sqrt().add_(group["eps"])
                rect = (length - 4) * (length - 2) * longest
                rect = (rect / ((longest - 4) * (longest - 2) * length)) ** 0.5
                corrected = corrected * scale * rect
            param.add_(corrected, alpha=-1.0)
