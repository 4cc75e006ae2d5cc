"""Resilient backpropagation (Riedmiller and Braun, 1993)."""

from __future__ import annotations

from typing import Any

from .._factories import full_like, zeros_like
from .optimizer import Group, Rule, check_lr, first_count, require, scalar


class Rprop(Rule):
    """Looks at the signs of gradients alone: longer steps while they stay, shorter when they turn."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_lr(lr)
        require(0.0 < etas[0] < 1.0 < etas[1], f"Invalid eta values: {etas[0]}, {etas[1]}")
        defaults = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _update(self, group: Group) -> None:
        shorter, longer = group["etas"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state["step"] = first_count()
                state["prev"] = zeros_like(param.detach())
                state["step_size"] = full_like(grad, scalar(group["lr"]))
            state["step"] += 1
            factor = grad.mul(state["prev"]).sign()
            factor[factor.gt(0)] = longer
            factor[factor.lt(0)] = shorter
            factor[factor.eq(0)] = 1
            state["step_size"].mul_(factor).clamp_(*group["step_sizes"])
            # Where the sign has turned the step is taken back by not taking another.
            grad = grad.clone()
            grad[factor.eq(shorter)] = 0
            param.addcmul_(grad.sign(), state["step_size"], value=-1)
            state["prev"].copy_(grad)
