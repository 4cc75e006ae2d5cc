"""RMSprop (Hinton, 2012)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .optimizer import Group, Rule, check_lr, first_count, require, scalar


class RMSprop(Rule):
    """Steps scaled by a running average of the squared gradient."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        require(eps >= 0.0, f"Invalid epsilon value: {eps}")
        require(momentum >= 0.0, f"Invalid momentum value: {momentum}")
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        require(alpha >= 0.0, f"Invalid alpha value: {alpha}")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _first_state(self, param: Any, group: Group) -> dict[str, Any]:
        state = {"step": first_count(), "square_avg": zeros_like(param.detach())}
        if group["momentum"] > 0:
            state["momentum_buffer"] = zeros_like(param.detach())
        if group["centered"]:
            state["grad_avg"] = zeros_like(param.detach())
        return state

    def _update(self, group: Group) -> None:
        lr, alpha, decay = scalar(group["lr"]), group["alpha"], group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state.update(self._first_state(param, group))
            state["step"] += 1
            if decay != 0:
                grad = grad.add(param, alpha=decay)
            square = state["square_avg"]
            square.mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
            if group["centered"]:
                mean = state["grad_avg"]
                mean.lerp_(grad, 1 - alpha)
                scale = square.addcmul(mean, mean, value=-1).sqrt_()
            else:
                scale = square.sqrt()
            scale = scale.add_(group["eps"])
            if group["momentum"] > 0:
                buffer = state["momentum_buffer"]
                buffer.mul_(group["momentum"]).addcdiv_(grad, scale)
                param.add_(buffer, alpha=-lr)
            else:
                param.addcdiv_(grad, scale, value=-lr)
