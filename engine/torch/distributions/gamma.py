"""The gamma distribution."""

from __future__ import annotations

from typing import Any

import torch

from .._operation import function
from . import constraints
from .distribution import ExponentialFamily


_standard_gamma = function("_standard_gamma")


def no_gradient_by_shape(concentration: Any) -> None:
    """Refuse samples that would have to be differentiated by the shape of the distribution."""
    if torch.is_grad_enabled() and concentration.requires_grad:
        raise NotImplementedError(
            "dxdx can't differentiate samples by the concentration: use sample(), and the gradient "
            "of log_prob."
        )


class Gamma(ExponentialFamily):
    """Shape `concentration`, and scale 1 / `rate`."""

    arg_constraints = {"concentration": constraints.positive, "rate": constraints.positive}
    support = constraints.nonnegative
    has_rsample = True

    def __init__(self, concentration: Any, rate: Any, validate_args: bool | None = None) -> None:
        self._broadcast(validate_args, concentration=concentration, rate=rate)

    @property
    def mean(self) -> Any:
        """The mean."""
        return self.concentration / self.rate

    @property
    def mode(self) -> Any:
        """The likeliest value."""
        return ((self.concentration - 1) / self.rate).clamp(min=0)

    @property
    def variance(self) -> Any:
        """The variance."""
        return self.concentration / self.rate.pow(2)

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Samples as functions of the parameters."""
        shape = self._extended_shape(sample_shape)
        value = _standard_gamma(self.concentration.expand(shape))
        value = value / self.rate.expand(shape)
        value.detach().clamp_(min=torch.finfo(value.dtype).tiny)
        return value

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        value = self._checked(torch.as_tensor(value, dtype=self.rate.dtype))
        return (
            torch.xlogy(self.concentration, self.rate)
            + torch.xlogy(self.concentration - 1, value)
            - self.rate * value
            - torch.lgamma(self.concentration)
        )

    def cdf(self, value: Any) -> Any:
        """How much of the distribution lies up to `value`."""
        return torch.special.gammainc(self.concentration, self.rate * self._checked(value))

    def entropy(self) -> Any:
        """The entropy, in nats."""
        return (
            self.concentration
            - torch.log(self.rate)
            + torch.lgamma(self.concentration)
            + (1.0 - self.concentration) * torch.digamma(self.concentration)
        )
