"""`torch.distributions`: probability distributions to sample from and to compute with."""

from __future__ import annotations

from importlib import import_module

from .. import _names
from . import constraints, utils
from .bernoulli import Bernoulli
from .beta import Beta
from .categorical import Categorical
from .cauchy import Cauchy
from .dirichlet import Dirichlet
from .distribution import Distribution, ExponentialFamily
from .exponential import Exponential
from .gamma import Gamma
from .geometric import Geometric
from .independent import Independent
from .kl import kl_divergence, register_kl
from .laplace import Laplace
from .log_normal import LogNormal
from .multivariate_normal import MultivariateNormal
from .normal import Normal
from .one_hot_categorical import OneHotCategorical, OneHotCategoricalStraightThrough
from .poisson import Poisson
from .transformed_distribution import TransformedDistribution
from .uniform import Uniform

# Rarer ones are imported when they are first asked for.
_LATE = {
    "constraint_registry": "biject_to transform_to",
    "counts": "Binomial Multinomial NegativeBinomial",
    "extremes": "Gumbel Kumaraswamy Pareto Weibull",
    "gamma_family": "Chi2 FisherSnedecor InverseGamma StudentT",
    "halves": "HalfCauchy HalfNormal",
    "mixture_same_family": "MixtureSameFamily",
    "relaxed": "LogisticNormal RelaxedBernoulli RelaxedOneHotCategorical",
    "transforms": (
        "AbsTransform AffineTransform CatTransform ComposeTransform "
        "CumulativeDistributionTransform ExpTransform IndependentTransform "
        "LowerCholeskyTransform PositiveDefiniteTransform PowerTransform ReshapeTransform "
        "SigmoidTransform SoftmaxTransform SoftplusTransform StackTransform "
        "StickBreakingTransform TanhTransform Transform identity_transform"
    ),
    "von_mises": "VonMises",
}
_PLACES = {name: module for module, names in _LATE.items() for name in names.split()}

_ABSENT = frozenset(
    """
    ContinuousBernoulli CorrCholeskyTransform GeneralizedPareto LKJCholesky
    LowRankMultivariateNormal Wishart
    """.split()
)
_missing = _names.module_getattr("torch.distributions", _ABSENT)


def __getattr__(name: str) -> object:
    if name in _LATE:
        return import_module(f"{__name__}.{name}")
    if name in _PLACES:
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = value
        return value
    return _missing(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
