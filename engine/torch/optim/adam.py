"""Adam (Kingma and Ba, 2014)."""

from __future__ import annotations

from typing import Any

from .._factories import zeros_like
from .._operation import function
from .optimizer import Group, Rule, check_betas, check_lr, first_count, require, scalar


class Adam(Rule):
    """Steps scaled by running averages of the gradient and of its square."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ) -> None:
        check_lr(lr)
        require(eps >= 0.0, f"Invalid epsilon value: {eps}")
        check_betas(betas)
        require(weight_decay >= 0.0, f"Invalid weight_decay value: {weight_decay}")
        require(
            all(isinstance(beta, float) for beta in betas),
            "betas must be either both floats or both Tensors",
        )
        defaults = {
            "lr": lr,
            "betas": tuple(betas),
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)

    def _first_state(self, param: Any, group: Group) -> dict[str, Any]:
        state = {
            "step": first_count(),
            "exp_avg": zeros_like(param.detach()),
            "exp_avg_sq": zeros_like(param.detach()),
        }
        if group["amsgrad"]:
            state["max_exp_avg_sq"] = zeros_like(param.detach())
        return state

    def _update(self, group: Group) -> None:
        beta1, beta2 = map(scalar, group["betas"])
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state.update(self._first_state(param, group))
            count = state["step"]
            count += 1
            step = count.item()
            if decay != 0:
                if group["decoupled_weight_decay"]:
                    param.mul_(1 - lr * decay)
                else:
                    grad = grad.add(param, alpha=decay)
            average, square = state["exp_avg"], state["exp_avg_sq"]
            average.lerp_(grad, 1 - beta1)
            square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
            if group["amsgrad"]:
                largest = state["max_exp_avg_sq"]
                square = largest.copy_(function("maximum")(largest, square))
            # Both averages start at 0 and are too small at first.
            scale = (square.sqrt() / (1 - beta2**step) ** 0.5).add_(group["eps"])
            param.addcdiv_(average, scale, value=-(lr / (1 - beta1**step)))
