"""Adam with Nesterov's momentum (Dozat, 2016)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .optimizer import Group, Rule, check_betas, check_lr, first_count, require, scalar


class NAdam(Rule):
    """Adam that looks one step ahead along its momentum."""

    _captured = "params, mu_products and state_steps"

    def __init__(
        self,
        params: Any,
        lr: Any = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
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
        require(momentum_decay >= 0.0, f"Invalid momentum_decay value: {momentum_decay}")
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        beta1, beta2 = group["betas"]
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"], state["mu_product"] = first_count(), first_count(1.0)
                state["exp_avg"] = zeros_like(param.detach())
                state["exp_avg_sq"] = zeros_like(param.detach())
            state["step"] += 1
            step = state["step"].item()
            if decay != 0:
                if group["decoupled_weight_decay"]:
                    param.mul_(1 - lr * decay)
                else:
                    grad = grad.add(param, alpha=decay)
            mu = beta1 * (1.0 - 0.5 * 0.96 ** (step * group["momentum_decay"]))
            mu_next = beta1 * (1.0 - 0.5 * 0.96 ** ((step + 1) * group["momentum_decay"]))
            state["mu_product"] *= mu
            average, square = state["exp_avg"], state["exp_avg_sq"]
            average.lerp_(grad, 1 - beta1)
            square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
            scale = square.div(1 - beta2**step).sqrt().add_(group["eps"])
            product = state["mu_product"].item()
            param.addcdiv_(grad, scale, value=-lr * (1.0 - mu) / (1.0 - product))
            param.addcdiv_(average, scale, value=-lr * mu_next / (1.0 - product * mu_next))
