"""A step length that satisfies the strong Wolfe conditions (Nocedal and Wright, section 3.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class _Point(NamedTuple):
    """A step length tried: the loss there, its gradient, and its slope along the direction."""

    step: Any
    loss: float
    gradient: Any
    slope: Any


def _cubic_minimum(a: _Point, b: _Point, bounds: tuple[Any, Any] | None = None) -> Any:
    """Where the cubic through two points with these slopes has its minimum, within bounds."""
    x1, x2 = a.step, b.step
    low, high = bounds or ((x1, x2) if x1 <= x2 else (x2, x1))
    d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (x1 - x2)
    square = d1**2 - a.slope * b.slope
    if square < 0:
        return (low + high) / 2.0
    d2 = square.sqrt()
    if x1 <= x2:
        best = x2 - (x2 - x1) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
    else:
        best = x1 - (x1 - x2) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
    return min(max(best, low), high)


class WolfeSearch:
    """Looks for a step along `direction` that lowers the loss and its slope enough."""

    sufficient, curvature, smallest_change = 1e-4, 0.9, 1e-9

    def __init__(
        self, evaluate: Callable[[Any], tuple[float, Any]], direction: Any, most: int
    ) -> None:
        self.evaluate = evaluate
        self.direction = direction
        self.most = most
        self.evaluations = 0
        self.iterations = 0

    def _try(self, step: Any) -> _Point:
        loss, gradient = self.evaluate(step)
        self.evaluations += 1
        return _Point(step, loss, gradient, gradient.dot(self.direction))

    def search(self, first_step: Any, loss: float, gradient: Any, slope: Any) -> _Point:
        """The point found; `loss`, `gradient` and `slope` are those at step 0."""
        start = _Point(0, loss, gradient.clone(), slope)
        bracket, done = self._bracket(start, first_step)
        return self._zoom(start, bracket, done)

    def _too_high(self, start: _Point, point: _Point) -> bool:
        return bool(point.loss > start.loss + self.sufficient * point.step * start.slope)

    def _flat_enough(self, start: _Point, point: _Point) -> bool:
        return bool(abs(point.slope) <= -self.curvature * start.slope)

    def _bracket(self, start: _Point, first_step: Any) -> tuple[list[_Point], bool]:
        """Two points between which a good one lies, or a good one itself."""
        before, point = start, self._try(first_step)
        while self.iterations < self.most:
            rising = self.iterations > 1 and point.loss >= before.loss
            if self._too_high(start, point) or rising:
                return [before, point], False
            if self._flat_enough(start, point):
                return [point], True
            if point.slope >= 0:
                return [before, point], False
            reach = point.step + 0.01 * (point.step - before.step), point.step * 10
            before, point = point, self._try(_cubic_minimum(before, point, reach))
            self.iterations += 1
        return [start, point], False

    def _zoom(self, start: _Point, bracket: list[_Point], done: bool) -> _Point:
        """Narrow the bracket until a good point is found."""
        span = self.direction.abs().max()
        low, high = (0, 1) if bracket[0].loss <= bracket[-1].loss else (1, 0)
        stalled = False
        while not done and self.iterations < self.most:
            ends = bracket[0].step, bracket[1].step
            if abs(ends[1] - ends[0]) * span < self.smallest_change:
                break
            step, stalled = self._away_from_ends(_cubic_minimum(*bracket), ends, stalled)
            point = self._try(step)
            self.iterations += 1
            if self._too_high(start, point) or point.loss >= bracket[low].loss:
                bracket[high] = point
                low, high = (0, 1) if bracket[0].loss <= bracket[1].loss else (1, 0)
                continue
            if self._flat_enough(start, point):
                done = True
            elif point.slope * (bracket[high].step - bracket[low].step) >= 0:
                bracket[high] = bracket[low]
            bracket[low] = point
        return bracket[low]

    @staticmethod
    def _away_from_ends(step: Any, ends: tuple[Any, Any], stalled: bool) -> tuple[Any, bool]:
        """A step that is twice too near to an end of the bracket is moved inwards."""
        low, high = min(ends), max(ends)
        margin = 0.1 * (high - low)
        if min(high - step, step - low) >= margin:
            return step, False
        if not stalled and low < step < high:
            return step, True
        return (high - margin if abs(step - high) < abs(step - low) else low + margin), False
