"""Mixtures of distributions of one kind."""

from __future__ import annotations

from typing import Any, Self

import torch

from . import constraints
from .categorical import Categorical
from .distribution import Distribution


class MixtureSameFamily(Distribution):
    """A sample of the component that a sample of the mixture distribution chooses."""

    arg_constraints: dict[str, Any] = {}
    has_rsample = False

    def __init__(
        self,
        mixture_distribution: Any,
        component_distribution: Any,
        validate_args: bool | None = None,
    ) -> None:
        self._mixture_distribution = mixture_distribution
        self._component_distribution = component_distribution
        if not isinstance(mixture_distribution, Categorical):
            raise ValueError(
                " The Mixture distribution needs to be an  instance of torch.distributions.Categorical"
            )
        if not isinstance(component_distribution, Distribution):
            raise ValueError(
                "The Component distribution need to be an instance of torch.distributions.Distribution"
            )
        mixed = mixture_distribution.batch_shape
        parts = component_distribution.batch_shape[:-1]
        for own, other in zip(reversed(mixed), reversed(parts)):
            if own != 1 and other != 1 and own != other:
                raise ValueError(
                    f"`mixture_distribution.batch_shape` ({mixed}) is not compatible with "
                    f"`component_distribution.batch_shape`({parts})"
                )
        count = mixture_distribution.logits.shape[-1]
        own = component_distribution.batch_shape[-1]
        if count != own:
            raise ValueError(
                f"`mixture_distribution component` ({count}) does not equal "
                f"`component_distribution.batch_shape[-1]` ({own})"
            )
        self._num_component = count
        self._event_ndims = len(component_distribution.event_shape)
        super().__init__(parts, component_distribution.event_shape, validate_args=validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        new = self._copy()
        shape = torch.Size(batch_shape)
        wider = shape + (self._num_component,)
        new._component_distribution = self._component_distribution.expand(wider)
        new._mixture_distribution = self._mixture_distribution.expand(shape)
        new._batch_shape = shape
        return new

    @constraints.dependent_property
    def support(self) -> Any:  # type: ignore[override]
        """That of the components."""
        return constraints.MixtureSameFamilyConstraint(self._component_distribution.support)

    @property
    def mixture_distribution(self) -> Any:
        """Which component is chosen."""
        return self._mixture_distribution

    @property
    def component_distribution(self) -> Any:
        """The components."""
        return self._component_distribution

    def _padded(self, value: Any) -> Any:
        return value.unsqueeze(-1 - self._event_ndims)

    def _weights(self) -> Any:
        probs = self.mixture_distribution.probs
        known = len(self.mixture_distribution.batch_shape)
        more = 0 if known == 1 else len(self.batch_shape) - known
        shape = probs.shape
        return probs.reshape((*shape[:-1], *(1,) * more, shape[-1], *(1,) * self._event_ndims))

    @property
    def mean(self) -> Any:
        """The mean."""
        return torch.sum(
            self._weights() * self.component_distribution.mean, dim=-1 - self._event_ndims
        )

    @property
    def variance(self) -> Any:
        """The variance: within the components, and between them."""
        weights, dim = self._weights(), -1 - self._event_ndims
        parts = self.component_distribution
        within = torch.sum(weights * parts.variance, dim=dim)
        between = torch.sum(weights * (parts.mean - self._padded(self.mean)).pow(2.0), dim=dim)
        return within + between

    def cdf(self, value: Any) -> Any:
        """How much of the distribution lies up to `value`."""
        shares = self.component_distribution.cdf(self._padded(value))
        return torch.sum(shares * self.mixture_distribution.probs, dim=-1)

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density, or of the probability, at `value`."""
        value = self._padded(self._checked(value))
        logs = self.component_distribution.log_prob(value)
        weights = torch.log_softmax(self.mixture_distribution.logits, dim=-1)
        return torch.logsumexp(logs + weights, dim=-1)

    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, without a gradient."""
        with torch.no_grad():
            dim = len(sample_shape) + len(self.batch_shape)
            event = self.event_shape
            chosen = self.mixture_distribution.sample(sample_shape)
            drawn = self.component_distribution.sample(sample_shape)
            shape = chosen.shape
            index = chosen.reshape((*shape, *(1,) * (len(event) + 1)))
            index = index.repeat((*(1,) * len(shape), 1, *event))
            return torch.gather(drawn, dim, index).squeeze(dim)

    def __repr__(self) -> str:
        return (
            f"MixtureSameFamily(\n  {self.mixture_distribution},\n  {self.component_distribution})"
        )
