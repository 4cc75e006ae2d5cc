"""Adafactor (Shazeer and Stern, 2018)."""

from __future__ import annotations

from typing import Any

from .._dtype import finfo
from .._factories import zeros_like
from .optimizer import Group, Rule, first_count, require, scalar


class Adafactor(Rule):
    """Steps scaled by the root of the squared gradient, of which rows and columns are remembered."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        require(0.0 <= lr, f"Learning rate should be >= 0 but is: {lr}")
        require(0.0 >= beta2_decay, f"beta2_decay should be <= 0 but is: {beta2_decay}")
        require(eps[0] is None or 0.0 <= eps[0], f"epsilon1 should be >= 0 but is: {eps[0]}")
        require(0.0 <= eps[1], f"epsilon2 should be >= 0 but is: {eps[1]}")
        require(1.0 <= d, f"Clipping threshold d should be >= 1 but is: {d}")
        require(0.0 <= weight_decay, f"weight_decay should be >= 0 but is: {weight_decay}")
        defaults = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
        }
        super().__init__(params, defaults)

    def _first_state(self, grad: Any) -> dict[str, Any]:
        state: dict[str, Any] = {"step": first_count()}
        if grad.dim() > 1:
            state["row_var"] = grad.new_zeros((*grad.shape[:-1], 1))
            state["col_var"] = grad.new_zeros((*grad.shape[:-2], 1, grad.shape[-1]))
        else:
            state["variance"] = zeros_like(grad)
        return state

    def _update(self, group: Group) -> None:
        lr = scalar(group["lr"])
        for param, grad in self._with_gradients(group):
            state = self.state[param]
            if not state:
                state.update(self._first_state(grad))
            state["step"] += 1
            step = state["step"].item()
            small, least = group["eps"]
            small = finfo(param.dtype).eps if small is None else small
            share = min(1.0, step ** group["beta2_decay"])
            size = param.norm(2).item() / param.numel() ** 0.5
            alpha = max(least, size) * min(lr, 1 / step**0.5)
            if group["weight_decay"] != 0:
                param.mul_(1 - lr * group["weight_decay"])
            estimate = self._estimate(state, grad, share, small)
            update = estimate.clamp_(min=small * small).rsqrt_().mul_(grad)
            length = update.norm(2).item() / (update.numel() ** 0.5 * group["d"])
            param.add_(update, alpha=-alpha / max(1.0, length))

    @staticmethod
    def _estimate(state: dict[str, Any], grad: Any, share: float, small: float) -> Any:
        """The mean of the squared gradient, as far as it is remembered."""
        if grad.dim() <= 1:
            return state["variance"].lerp_(grad * grad, share).clone()
        rows, columns = state["row_var"], state["col_var"]
        for sums, dim in ((rows, -1), (columns, -2)):
            mean = grad.norm(dim=dim, keepdim=True).square_().div_(grad.size(dim))
            sums.lerp_(mean, share)
        return (rows @ columns).div_(rows.mean(dim=-2, keepdim=True).clamp_(min=small))
