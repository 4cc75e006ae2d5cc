"""Directions around a mean one."""

from __future__ import annotations

import math
from typing import Any, Self

import torch

from . import constraints
from .distribution import Distribution
from .utils import broadcast_all, lazy_property

# Polynomials for I₀ and I₁: Abramowitz and Stegun, Handbook of Mathematical Functions, 9.8.
_SMALL = (
    (1.0, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.360768e-1, 0.45813e-2),
    (0.5, 0.87890594, 0.51498869, 0.15084934, 0.2658733e-1, 0.301532e-2, 0.32411e-3),
)
_LARGE = (
    (
        0.39894228, 0.1328592e-1, 0.225319e-2, -0.157565e-2, 0.916281e-2, -0.2057706e-1,
        0.2635537e-1, -0.1647633e-1, 0.392377e-2,
    ),
    (
        0.39894228, -0.3988024e-1, -0.362018e-2, 0.163801e-2, -0.1031555e-1, 0.2282967e-1,
        -0.2895312e-1, 0.1787654e-1, -0.420059e-2,
    ),
)  # fmt: skip


def _polynomial(x: Any, coefficients: tuple[float, ...]) -> Any:
    result: Any = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        result = coefficient + x * result
    return result


def _log_bessel(x: Any, order: int) -> Any:
    """The logarithm of the modified Bessel function of order 0 or 1."""
    small = _polynomial((x / 3.75).square(), _SMALL[order])
    small = (x.abs() * small if order else small).log()
    large = x - 0.5 * x.log() + _polynomial(3.75 / x, _LARGE[order]).log()
    return torch.where(x < 3.75, small, large)


class VonMises(Distribution):
    """Angles around `loc`, the closer the larger `concentration`."""

    arg_constraints = {"loc": constraints.real, "concentration": constraints.positive}
    support = constraints.real
    has_rsample = False

    def __init__(self, loc: Any, concentration: Any, validate_args: bool | None = None) -> None:
        self.loc, self.concentration = broadcast_all(loc, concentration)
        super().__init__(self.loc.shape, (), validate_args)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Self:
        """The same distributions as a larger batch."""
        both = (self.loc.expand(batch_shape), self.concentration.expand(batch_shape))
        return type(self)(*both, validate_args=self.__dict__.get("_validate_args"))

    @property
    def mean(self) -> Any:
        """The mean direction."""
        return self.loc

    mode = mean

    @lazy_property
    def variance(self) -> Any:  # type: ignore[override]
        """The circular variance."""
        kappa = self.concentration
        return 1 - (_log_bessel(kappa, 1) - _log_bessel(kappa, 0)).exp()

    def log_prob(self, value: Any) -> Any:
        """The logarithm of the density at `value`."""
        aligned = self.concentration * torch.cos(self._checked(value) - self.loc)
        return aligned - math.log(2 * math.pi) - _log_bessel(self.concentration, 0)

    @torch.no_grad()
    def sample(self, sample_shape: Any = ()) -> Any:
        """Samples, by rejection (Best and Fisher 1979), without a gradient."""
        loc, kappa = self.loc.double(), self.concentration.double()
        tau = 1 + (1 + 4 * kappa**2).sqrt()
        rho = (tau - (2 * tau).sqrt()) / (2 * kappa)
        r = torch.where(kappa < 1e-5, 1 / kappa + kappa, (1 + rho**2) / (2 * rho))
        angles = torch.empty(self._extended_shape(sample_shape), dtype=torch.float64)
        done = torch.zeros(angles.shape, dtype=torch.bool)
        while not done.all():
            u1, u2, u3 = torch.rand((3, *angles.shape), dtype=torch.float64).unbind()
            z = torch.cos(math.pi * u1)
            f = (1 + r * z) / (r + z)
            c = kappa * (r - f)
            accept = ((c * (2 - c) - u2) > 0) | ((c / u2).log() + 1 - c >= 0)
            if accept.any():
                angles = torch.where(accept, (u3 - 0.5).sign() * f.acos(), angles)
                done = done | accept
        return ((angles + math.pi + loc) % (2 * math.pi) - math.pi).to(self.loc.dtype)
