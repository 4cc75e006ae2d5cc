"""Inputs that look random and are the same in every run."""

from __future__ import annotations

import math
import random

import torch


class Draw:
    """Draws numbers for one check. They depend on `seed` alone, not on torch, which a program may have changed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def tensor(self, *shape: int, dtype: torch.dtype | None = None) -> torch.Tensor:
        """A tensor of quarters (whole numbers for an integer dtype), none of them zero and no two the same."""
        count = math.prod(shape)
        steps = [step for step in range(-max(12, count), max(12, count) + 1) if step != 0]
        drawn = self._random.sample(steps, count)
        whole = dtype is not None and not dtype.is_floating_point
        values = drawn if whole else [step / 4 for step in drawn]
        return torch.tensor(values, dtype=dtype).reshape(shape)
