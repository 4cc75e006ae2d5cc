"""Distributions that are made of gamma-distributed numbers."""

from __future__ import annotations

import math
from typing import Any, Self

import torch

from . import constraints
from .distribution import Distribution
from .gamma import Gamma
from .transformed_distribution import TransformedDistribution
from .transforms import PowerTransform
from .utils import broadcast_all


class Chi2(Gamma):
    """The sum of `df` squares of standard normal numbers."""

    arg_constraints = {"df": constraints.positive}

    def __init__(self, df: Any, validate_args: bool | None = None) -> None:
        super().__init__(0.5 * df, 0.5, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = self._copy()
        new.concentration = self.concentration.expand(batch_shape)
        new.rate = self.rate.expand(batch_shape)
        new._batch_shape = torch.Size(batch_shape)
        return new

    @property
    def df(self) -> Any:
        """How many squares."""
        return self.concentration * 2


class StudentT(Distribution):
    """A normal number over the root of a mean of `df` squares, scaled and shifted."""

    arg_constraints = {
        "df": constraints.positive,
        "loc": constraints.real,
        "scale": constraints.positive,
    }
    support = constraints.real
    has_rsample = True

    def __init__(
        self, df: Any, loc: Any = 0.0, scale: Any = 1.0, validate_args: bool | None = None
    ) -> None:
        self.df, self.loc, self.scale = broadcast_all(df, loc, scale)
        self._chi2 = Chi2(self.df)
        super().__init__(self.df.size(), validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = super().expand(batch_shape)
        new._chi2 = self._chi2.expand(batch_shape)
        return new

    @property
    def mean(self) -> Any:
        """The mean; NaN where there is none."""
        mean = self.loc.clone()
        mean[self.df <= 1] = math.nan
        return mean

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return self.loc

    @property
    def variance(self) -> Any:
        """The variance; infinite or NaN where there is none."""
        variance = self.df.clone()
        there = self.df > 2
        variance[there] = self.scale[there].pow(2) * self.df[there] / (self.df[there] - 2)
        variance[(self.df <= 2) & (self.df > 1)] = math.inf
        variance[self.df <= 1] = math.nan
        return variance

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Samples as functions of the parameters."""
        shape = self._extended_shape(sample_shape)
        normal = torch.normal(torch.zeros(shape, dtype=self.df.dtype), 1.0)
        squares = self._chi2.rsample(sample_shape)
        return self.loc + self.scale * (normal * torch.rsqrt(squares / self.df))

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        y = (self._checked(value) - self.loc) / self.scale
        constant = (
            self.scale.log()
            + 0.5 * self.df.log()
            + 0.5 * math.log(math.pi)
            + torch.lgamma(0.5 * self.df)
            - torch.lgamma(0.5 * (self.df + 1.0))
        )
        return -0.5 * (self.df + 1.0) * torch.log1p(y**2.0 / self.df) - constant

    def entropy(self) -> Any:
        """The entropy, in nats."""
        half, more = 0.5 * self.df, 0.5 * (self.df + 1)
        beta = torch.lgamma(half) + math.lgamma(0.5) - torch.lgamma(more)
        slopes = 0.5 * (self.df + 1) * (torch.digamma(more) - torch.digamma(half))
        return self.scale.log() + slopes + 0.5 * self.df.log() + beta


class FisherSnedecor(Distribution):
    """The ratio of two means of squares."""

    arg_constraints = {"df1": constraints.positive, "df2": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, df1: Any, df2: Any, validate_args: bool | None = None) -> None:
        both = broadcast_all(df1, df2)
        self._gamma1 = Gamma(both[0] * 0.5, both[0])
        self._gamma2 = Gamma(both[1] * 0.5, both[1])
        self._broadcast(validate_args, df1=df1, df2=df2)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = super().expand(batch_shape)
        new._gamma1 = self._gamma1.expand(batch_shape)
        new._gamma2 = self._gamma2.expand(batch_shape)
        return new

    @property
    def mean(self) -> Any:
        """The mean; NaN where there is none."""
        df2 = self.df2.clone()
        df2[df2 <= 2] = math.nan
        return df2 / (df2 - 2)

    @property
    def mode(self) -> Any:
        """The likeliest value; NaN where there is none."""
        mode = (self.df1 - 2) / self.df1 * self.df2 / (self.df2 + 2)
        mode[self.df1 <= 2] = math.nan
        return mode

    @property
    def variance(self) -> Any:
        """The variance; NaN where there is none."""
        df2 = self.df2.clone()
        df2[df2 <= 4] = math.nan
        rest = self.df1 * (df2 - 2).pow(2) * (df2 - 4)
        return 2 * df2.pow(2) * (self.df1 + df2 - 2) / rest

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Samples as functions of the parameters."""
        shape = self._extended_shape(sample_shape)
        above = self._gamma1.rsample(sample_shape).view(shape)
        below = self._gamma2.rsample(sample_shape).view(shape)
        tiny = torch.finfo(below.dtype).tiny
        below.clamp_(min=tiny)
        return (above / below).clamp_(min=tiny)

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        self._checked(value)
        half1, half2, ratio = self.df1 * 0.5, self.df2 * 0.5, self.df1 / self.df2
        constant = (half1 + half2).lgamma() - half1.lgamma() - half2.lgamma()
        power = half1 * ratio.log() + (half1 - 1) * torch.log(value)
        return constant + power - (half1 + half2) * torch.log1p(ratio * value)


class InverseGamma(TransformedDistribution):
    """1 over a gamma-distributed number."""

    arg_constraints = {"concentration": constraints.positive, "rate": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, concentration: Any, rate: Any, validate_args: bool | None = None) -> None:
        base = Gamma(concentration, rate, validate_args=validate_args)
        turned = PowerTransform(-base.rate.new_ones(()))
        super().__init__(base, turned, validate_args=validate_args)

    @property
    def concentration(self) -> Any:
        """That of the gamma distribution."""
        return self.base_dist.concentration

    @property
    def rate(self) -> Any:
        """That of the gamma distribution."""
        return self.base_dist.rate

    @property
    def mean(self) -> Any:
        """The mean; infinite where there is none."""
        mean = self.rate / (self.concentration - 1)
        return torch.where(self.concentration > 1, mean, math.inf)

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return self.rate / (self.concentration + 1)

    @property
    def variance(self) -> Any:
        """The variance; infinite where there is none."""
        rest = (self.concentration - 1).square() * (self.concentration - 2)
        return torch.where(self.concentration > 2, self.rate.square() / rest, math.inf)

    def entropy(self) -> Any:
        """The entropy, in nats."""
        shape = self.concentration
        return shape + self.rate.log() + shape.lgamma() - (1 + shape) * shape.digamma()
