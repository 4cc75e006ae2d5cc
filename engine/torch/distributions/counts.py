"""Distributions of how often something happens."""

from __future__ import annotations

from math import inf
from typing import Any, Self

import torch
import torch.nn.functional as F

from . import constraints
from .categorical import Categorical
from .distribution import Distribution
from .gamma import Gamma
from .kl import register_kl
from .probability import OfProbabilityAsGiven, one_of
from .utils import broadcast_all, lazy_property


class _Counted(OfProbabilityAsGiven):
    """`total_count` trials of a probability, which may be given as logits."""

    def __init__(
        self,
        total_count: Any = 1,
        probs: Any = None,
        logits: Any = None,
        validate_args: bool | None = None,
    ) -> None:
        ((name, given),) = one_of(probs, logits).items()
        counts, values = broadcast_all(total_count, given)
        self.total_count = counts.type_as(values)
        self.__dict__[name] = values
        Distribution.__init__(self, values.size(), validate_args=validate_args)


def _above_zero(x: Any) -> Any:
    """max(0, x), with half a gradient at 0."""
    return (x.clamp(min=0) + x - x.clamp(max=0)) / 2


class Binomial(_Counted):
    """How many of `total_count` trials succeed."""

    arg_constraints = {
        "total_count": constraints.nonnegative_integer,
        "probs": constraints.unit_interval,
        "logits": constraints.real,
    }
    has_enumerate_support = True

    @constraints.dependent_property(is_discrete=True, event_dim=0)
    def support(self) -> Any:  # type: ignore[override]
        """From 0 to `total_count`."""
        return constraints.integer_interval(0, self.total_count)

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.total_count * self.probs

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return ((self.total_count + 1) * self.probs).floor().clamp(max=self.total_count)

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, without a gradient."""
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.binomial(self.total_count.expand(shape), self.probs.expand(shape))

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the probability of `value`."""
        self._checked(value)
        total, logits = self.total_count, self.logits
        constant = (
            total * _above_zero(logits)
            + total * torch.log1p(torch.exp(-torch.abs(logits)))
            - torch.lgamma(total + 1)
        )
        orders = torch.lgamma(value + 1)
        return value * logits - orders - torch.lgamma(total - value + 1) - constant

    def _single_count(self, what: str) -> int:
        count = int(self.total_count.max())
        if self.total_count.min() != count:
            raise NotImplementedError(f"Inhomogeneous total count not supported by `{what}`.")
        return count

    def entropy(self) -> Any:
        """The entropy, in nats."""
        self._single_count("entropy")
        log_prob = self.log_prob(self.enumerate_support(False))
        return -(torch.exp(log_prob) * log_prob).sum(0)

    def enumerate_support(self, expand: bool = True) -> Any:
        """0, 1, … `total_count`."""
        count = self._single_count("enumerate_support")
        values = torch.arange(1 + count, dtype=self._param.dtype)
        values = values.view((-1, *(1,) * len(self._batch_shape)))
        return values.expand((-1, *self._batch_shape)) if expand else values


class NegativeBinomial(_Counted):
    """How many successes there are before `total_count` failures."""

    arg_constraints = {
        "total_count": constraints.greater_than_eq(0),
        "probs": constraints.half_open_interval(0.0, 1.0),
        "logits": constraints.real,
    }
    support = constraints.nonnegative_integer

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.total_count * torch.exp(self.logits)

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return ((self.total_count - 1) * self.logits.exp()).floor().clamp(min=0.0)

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.mean / torch.sigmoid(-self.logits)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = super().expand(batch_shape)
        new.__dict__.pop("_gamma", None)
        return new

    @lazy_property
    def _gamma(self) -> Any:
        rate = torch.exp(-self.logits)
        return Gamma(concentration=self.total_count, rate=rate, validate_args=False)

    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, without a gradient."""
        with torch.no_grad():
            return torch.poisson(self._gamma.sample(sample_shape=sample_shape))

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the probability of `value`."""
        self._checked(value)
        total, logits = self.total_count, self.logits
        powers = total * F.logsigmoid(-logits) + value * F.logsigmoid(logits)
        constant = -torch.lgamma(total + value) + torch.lgamma(1.0 + value) + torch.lgamma(total)
        return powers - constant.masked_fill(total + value == 0.0, 0.0)


class Multinomial(Distribution):
    """How often each of several outcomes comes up in `total_count` trials."""

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    total_count: int

    def __init__(
        self,
        total_count: int = 1,
        probs: Any = None,
        logits: Any = None,
        validate_args: bool | None = None,
    ) -> None:
        if not isinstance(total_count, int):
            raise NotImplementedError("inhomogeneous total_count is not supported")
        self.total_count = total_count
        self._categorical = Categorical(probs=probs, logits=logits)
        self._binomial = Binomial(total_count=total_count, probs=self.probs)
        shape = self._categorical.param_shape
        super().__init__(self._categorical.batch_shape, shape[-1:], validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = self._copy()
        new._categorical = self._categorical.expand(batch_shape)
        new._batch_shape = torch.Size(batch_shape)
        return new

    @constraints.dependent_property(is_discrete=True, event_dim=1)
    def support(self) -> Any:  # type: ignore[override]
        """Counts that add up to `total_count`."""
        return constraints.multinomial(self.total_count)

    @property
    def logits(self) -> Any:
        """The logits of the outcomes."""
        return self._categorical.logits

    @property
    def probs(self) -> Any:
        """The probabilities of the outcomes."""
        return self._categorical.probs

    @property
    def param_shape(self) -> Any:
        """The shape of the probabilities."""
        return self._categorical.param_shape

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.probs * self.total_count

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, without a gradient."""
        sample_shape = torch.Size(sample_shape)
        drawn = self._categorical.sample(torch.Size((self.total_count,)) + sample_shape)
        drawn = drawn.movedim(0, -1)
        counts = drawn.new_zeros(self._extended_shape(sample_shape))
        counts.scatter_add_(-1, drawn, torch.ones_like(drawn))
        return counts.type_as(self.probs)

    def entropy(self) -> Any:
        """The entropy, in nats."""
        n = torch.tensor(self.total_count)
        support = self._binomial.enumerate_support(expand=False)[1:]
        shares = torch.exp(self._binomial.log_prob(support)) * torch.lgamma(support + 1)
        return n * self._categorical.entropy() - torch.lgamma(n + 1) + shares.sum([0, -1])

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the probability of the counts `value`."""
        self._checked(value)
        logits, value = broadcast_all(self.logits, value)
        logits = logits.clone()
        orders = torch.lgamma(value.sum(-1) + 1) - torch.lgamma(value + 1).sum(-1)
        logits[(value == 0) & (logits == -inf)] = 0
        return orders + (logits * value).sum(-1)


@register_kl(Binomial, Binomial)
def _binomial(p: Any, q: Any) -> Any:
    if (p.total_count < q.total_count).any():
        raise NotImplementedError(
            "KL between Binomials where q.total_count > p.total_count is not implemented"
        )
    kl = p.total_count * (
        p.probs * (p.logits - q.logits) + (-p.probs).log1p() - (-q.probs).log1p()
    )
    more = p.total_count > q.total_count
    kl[more] = torch.full_like(kl[more], inf)
    return kl
