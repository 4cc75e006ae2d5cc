"""The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._grad_mode import enable_grad, no_grad
from .._operation import function
from ._line_search import WolfeSearch
from .optimizer import Optimizer, check_lr, scalar


class LBFGS(Optimizer):
    """Steps by an estimate of the curvature from the last gradients; needs a closure."""

    def __init__(
        self,
        params: Any,
        lr: Any = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        check_lr(lr)
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    def _flat_gradient(self) -> Any:
        views = []
        for param in self._params:
            gradient = param.grad
            views.append(
                param.new_zeros(param.numel()) if gradient is None else gradient.reshape(-1)
            )
        return function("cat")(views, 0)

    def _move(self, step: Any, direction: Any) -> None:
        at = 0
        for param in self._params:
            count = param.numel()
            param.add_(direction[at : at + count].view_as(param), alpha=scalar(step))
            at += count

    @no_grad()
    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        """Take up to `max_iter` steps. `closure` clears the gradients, computes the loss, calls
        `backward` and gives the loss."""
        assert len(self.param_groups) == 1
        closure = enable_grad()(closure)
        group = self.param_groups[0]
        lr, tolerance = scalar(group["lr"]), group["tolerance_change"]
        # There is one state for all parameters; it hangs on the first.
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        first_loss = closure()
        loss = float(first_loss)
        evaluations = 1
        state["func_evals"] += 1
        gradient = self._flat_gradient()
        if gradient.abs().max() <= group["tolerance_grad"]:
            return first_loss
        iteration = 0
        while iteration < group["max_iter"]:
            iteration += 1
            state["n_iter"] += 1
            direction = self._direction(state, gradient, group["history_size"])
            if state.get("prev_flat_grad") is None:
                state["prev_flat_grad"] = gradient.clone()
            else:
                state["prev_flat_grad"].copy_(gradient)
            state["prev_loss"] = before = loss
            step = lr
            if state["n_iter"] == 1:
                step = min(1.0, 1.0 / gradient.abs().sum()) * lr
            state["d"], state["t"] = direction, step
            slope = gradient.dot(direction)
            if slope > -tolerance:
                break
            used = 0
            found = False
            if group["line_search_fn"] is not None:
                if group["line_search_fn"] != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                search = self._search(closure, direction, group["max_eval"] - evaluations)
                point = search.search(step, loss, gradient, slope)
                loss, gradient, step = point.loss, point.gradient, point.step
                state["t"] = step
                used = search.evaluations
                self._move(step, direction)
                found = bool(gradient.abs().max() <= group["tolerance_grad"])
            else:
                self._move(step, direction)
                if iteration != group["max_iter"]:
                    loss = float(closure())
                    gradient = self._flat_gradient()
                    found = bool(gradient.abs().max() <= group["tolerance_grad"])
                    used = 1
            evaluations += used
            state["func_evals"] += used
            if (
                iteration == group["max_iter"]
                or evaluations >= group["max_eval"]
                or found
                or direction.mul(step).abs().max() <= tolerance
                or abs(loss - before) < tolerance
            ):
                break
        return first_loss

    def _direction(self, state: dict[str, Any], gradient: Any, history_size: int) -> Any:
        """Minus the gradient, times the inverse of the estimated Hessian (two-loop recursion)."""
        if state["n_iter"] == 1:
            state.update(old_dirs=[], old_stps=[], ro=[], H_diag=1)
            return gradient.neg()
        changes, steps, inverses = state["old_dirs"], state["old_stps"], state["ro"]
        change = gradient.sub(state["prev_flat_grad"])
        step = state["d"].mul(state["t"])
        curvature = change.dot(step)
        if curvature > 1e-10:
            if len(changes) == history_size:
                for history in (changes, steps, inverses):
                    history.pop(0)
            changes.append(change)
            steps.append(step)
            inverses.append(1.0 / curvature)
            state["H_diag"] = curvature / change.dot(change)
        factors = state.setdefault("al", [None] * history_size)
        rest = gradient.neg()
        for i in reversed(range(len(changes))):
            factors[i] = steps[i].dot(rest) * inverses[i]
            rest.add_(changes[i], alpha=-factors[i].item())
        direction = function("mul")(rest, state["H_diag"])
        for i, change in enumerate(changes):
            factor = factors[i] - change.dot(direction) * inverses[i]
            direction.add_(steps[i], alpha=factor.item())
        return direction

    def _search(self, closure: Callable[[], Any], direction: Any, most: int) -> WolfeSearch:
        start = [param.clone() for param in self._params]

        def evaluate(step: Any) -> tuple[float, Any]:
            self._move(step, direction)
            loss = float(closure())
            gradient = self._flat_gradient()
            for param, values in zip(self._params, start):
                param.copy_(values)
            return loss, gradient

        return WolfeSearch(evaluate, direction, most)
