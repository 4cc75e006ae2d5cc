"""The exponential distribution."""

from __future__ import annotations

from typing import Any

import torch

from . import constraints
from .distribution import ExponentialFamily


class Exponential(ExponentialFamily):
    """Waiting times for what happens `rate` times in a unit of time."""

    arg_constraints = {"rate": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, rate: Any, validate_args: bool | None = None) -> None:
        self._broadcast(validate_args, rate=rate)

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.rate.reciprocal()

    stddev = mean

    @property
    def mode(self) -> Any:
        """The likeliest value: 0."""
        return torch.zeros_like(self.rate)

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.rate.pow(-2)

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Samples as functions of the parameters."""
        drawn = torch.empty(self._extended_shape(sample_shape), dtype=self.rate.dtype)
        return drawn.exponential_() / self.rate

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        self._checked(value)
        return self.rate.log() - self.rate * value

    def cdf(self, value: Any) -> Any:
        """How much of the distribution lies up to `value`."""
        self._checked(value)
        return 1 - torch.exp(-self.rate * value)

    def icdf(self, value: Any) -> Any:
        """Up to which value this much of the distribution lies."""
        return -torch.log1p(-value) / self.rate

    def entropy(self) -> Any:
        """The entropy, in nats."""
        return 1.0 - torch.log(self.rate)
