"""Distributions of the largest of many, of lifetimes and of wealth."""

from __future__ import annotations

import math
from typing import Any

import torch

from . import constraints
from .exponential import Exponential
from .kl import register_kl
from .transformed_distribution import TransformedDistribution
from .transforms import AffineTransform, ExpTransform, PowerTransform
from .uniform import Uniform
from .utils import Number, broadcast_all

EULER = 0.57721566490153286060


class Gumbel(TransformedDistribution):
    """The largest of many numbers: −log(−log u), scaled and shifted."""

    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        self.loc, self.scale = broadcast_all(loc, scale)
        info = torch.finfo(self.loc.dtype)
        limits: tuple[Any, ...] = (info.tiny, 1 - info.eps)
        if not (isinstance(loc, Number) and isinstance(scale, Number)):
            limits = tuple(torch.full_like(self.loc, limit) for limit in limits)
        transforms = [
            ExpTransform().inv,
            AffineTransform(loc=0, scale=-torch.ones_like(self.scale)),
            ExpTransform().inv,
            AffineTransform(loc=loc, scale=-self.scale),
        ]
        base = Uniform(*limits, validate_args=validate_args)
        super().__init__(base, transforms, validate_args=validate_args)

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        y = (self.loc - self._checked(value)) / self.scale
        return (y - y.exp()) - self.scale.log()

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.loc + self.scale * EULER

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return self.loc

    @property
    def stddev(self) -> Any:
        """The standard deviation."""
        return (math.pi / math.sqrt(6)) * self.scale

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.stddev.pow(2)

    def entropy(self) -> Any:
        """The entropy, in nats."""
        return self.scale.log() + (1 + EULER)


class Weibull(TransformedDistribution):
    """Lifetimes: an exponential number to the power of 1 / `concentration`, scaled."""

    arg_constraints = {"scale": constraints.positive, "concentration": constraints.positive}
    support = constraints.positive

    def __init__(self, scale: Any, concentration: Any, validate_args: bool | None = None) -> None:
        self.scale, self.concentration = broadcast_all(scale, concentration)
        self.concentration_reciprocal = self.concentration.reciprocal()
        base = Exponential(torch.ones_like(self.scale), validate_args=validate_args)
        transforms = [
            PowerTransform(exponent=self.concentration_reciprocal),
            AffineTransform(loc=0, scale=self.scale),
        ]
        super().__init__(base, transforms, validate_args=validate_args)

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.scale * torch.exp(torch.lgamma(1 + self.concentration_reciprocal))

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        power = self.concentration.reciprocal()
        return self.scale * ((self.concentration - 1) / self.concentration) ** power

    @property
    def variance(self) -> Any:
        """The variance."""
        power = self.concentration_reciprocal
        return self.scale.pow(2) * (
            torch.exp(torch.lgamma(1 + 2 * power)) - torch.exp(2 * torch.lgamma(1 + power))
        )

    def entropy(self) -> Any:
        """The entropy, in nats."""
        power = self.concentration_reciprocal
        return EULER * (1 - power) + torch.log(self.scale * power) + 1


class Pareto(TransformedDistribution):
    """Wealth: at least `scale`, and the rarer the larger, by the power of `alpha`."""

    arg_constraints = {"alpha": constraints.positive, "scale": constraints.positive}

    def __init__(self, scale: Any, alpha: Any, validate_args: bool | None = None) -> None:
        self.scale, self.alpha = broadcast_all(scale, alpha)
        base = Exponential(self.alpha, validate_args=validate_args)
        transforms = [ExpTransform(), AffineTransform(loc=0, scale=self.scale)]
        super().__init__(base, transforms, validate_args=validate_args)

    @constraints.dependent_property(is_discrete=False, event_dim=0)
    def support(self) -> Any:  # type: ignore[override]
        """Not below `scale`."""
        return constraints.greater_than_eq(self.scale)

    @property
    def mean(self) -> Any:
        """The mean."""
        alpha = self.alpha.clamp(min=1)
        return alpha * self.scale / (alpha - 1)

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return self.scale

    @property
    def variance(self) -> Any:
        """The variance."""
        alpha = self.alpha.clamp(min=2)
        return self.scale.pow(2) * alpha / ((alpha - 1).pow(2) * (alpha - 2))

    def entropy(self) -> Any:
        """The entropy, in nats."""
        return (self.scale / self.alpha).log() + (1 + self.alpha.reciprocal())


class Kumaraswamy(TransformedDistribution):
    """Numbers between 0 and 1, much like those of `Beta`."""

    arg_constraints = {
        "concentration1": constraints.positive,
        "concentration0": constraints.positive,
    }
    support = constraints.unit_interval
    has_rsample = True

    def __init__(
        self, concentration1: Any, concentration0: Any, validate_args: bool | None = None
    ) -> None:
        both = broadcast_all(concentration1, concentration0)
        self.concentration1, self.concentration0 = both
        limits = (torch.full_like(both[1], limit) for limit in (0, 1))
        transforms = [
            PowerTransform(exponent=self.concentration0.reciprocal()),
            AffineTransform(loc=1.0, scale=-1.0),
            PowerTransform(exponent=self.concentration1.reciprocal()),
        ]
        base = Uniform(*limits, validate_args=validate_args)
        super().__init__(base, transforms, validate_args=validate_args)

    def _moment(self, n: int) -> Any:
        a, b = self.concentration1, self.concentration0
        power = 1 + n / a
        return b * torch.exp(torch.lgamma(power) + torch.lgamma(b) - torch.lgamma(power + b))

    @property
    def mean(self) -> Any:
        """The mean."""
        return self._moment(1)

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        a, b = self.concentration1, self.concentration0
        log_mode = b.reciprocal() * (-b).log1p() - (-b * a).log1p()
        log_mode[(b < 1) | (a < 1)] = math.nan
        return log_mode.exp()

    @property
    def variance(self) -> Any:
        """The variance."""
        return self._moment(2) - torch.pow(self.mean, 2)

    def entropy(self) -> Any:
        """The entropy, in nats."""
        a, b = self.concentration1, self.concentration0
        harmonic = torch.digamma(b + 1) + EULER
        rest = (1 - a.reciprocal()) * harmonic
        return 1 - b.reciprocal() + rest - torch.log(a) - torch.log(b)


@register_kl(Gumbel, Gumbel)
def _gumbel(p: Any, q: Any) -> Any:
    ratio, offset = p.scale / q.scale, q.loc / q.scale
    start = p.loc / q.scale
    expected = torch.exp(offset - start + torch.lgamma(1 + ratio))
    return -ratio.log() - offset + start + ratio * EULER + expected - (1 + EULER)


@register_kl(Pareto, Pareto)
def _pareto(p: Any, q: Any) -> Any:
    ratio = p.scale / q.scale
    result = q.alpha * ratio.log() - (q.alpha / p.alpha).log() + q.alpha / p.alpha - 1
    result[p.support.lower_bound < q.support.lower_bound] = math.inf
    return result
