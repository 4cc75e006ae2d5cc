"""The distribution whose logarithm is normal."""

from __future__ import annotations

from typing import Any, Self

from . import constraints
from .distribution import Distribution
from .normal import Normal


class LogNormal(Distribution):
    """e to the power of a normal number of mean `loc` and standard deviation `scale`."""

    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        self.base_dist = Normal(loc, scale, validate_args=validate_args)
        super().__init__(self.base_dist.batch_shape, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = super().expand(batch_shape)
        new.base_dist = self.base_dist.expand(batch_shape)
        return new

    @property
    def loc(self) -> Any:
        """The mean of the logarithm."""
        return self.base_dist.loc

    @property
    def scale(self) -> Any:
        """The standard deviation of the logarithm."""
        return self.base_dist.scale

    @property
    def mean(self) -> Any:
        """The mean."""
        return (self.loc + self.scale.pow(2) / 2).exp()

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return (self.loc - self.scale.square()).exp()

    @property
    def variance(self) -> Any:
        """The variance."""
        square = self.scale.pow(2)
        return square.expm1() * (2 * self.loc + square).exp()

    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, without a gradient."""
        return self.base_dist.sample(sample_shape).exp()

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Samples as functions of the parameters."""
        return self.base_dist.rsample(sample_shape).exp()

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        self._checked(value)
        return -value.log() + self.base_dist.log_prob(value.log())

    def cdf(self, value: Any) -> Any:
        """How much of the distribution lies up to `value`."""
        return self.base_dist.cdf(self._checked(value).log())

    def icdf(self, value: Any) -> Any:
        """Up to which value this much of the distribution lies."""
        return self.base_dist.icdf(value).exp()

    def entropy(self) -> Any:
        """The entropy, in nats."""
        return self.base_dist.entropy() + self.loc
