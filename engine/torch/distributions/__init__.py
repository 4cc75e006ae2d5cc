"""`torch.distributions`: probability distributions to sample from and to compute with."""

from __future__ import annotations

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
from .uniform import Uniform

_ABSENT = frozenset(
    """
    AbsTransform AffineTransform Binomial CatTransform Chi2 ComposeTransform ContinuousBernoulli
    CorrCholeskyTransform CumulativeDistributionTransform ExpTransform FisherSnedecor
    GeneralizedPareto Gumbel HalfCauchy HalfNormal IndependentTransform InverseGamma Kumaraswamy
    LKJCholesky LogisticNormal LowRankMultivariateNormal LowerCholeskyTransform
    MixtureSameFamily Multinomial NegativeBinomial Pareto PowerTransform RelaxedBernoulli
    RelaxedOneHotCategorical ReshapeTransform SigmoidTransform SoftmaxTransform
    SoftplusTransform StackTransform StickBreakingTransform StudentT TanhTransform Transform
    TransformedDistribution VonMises Weibull Wishart biject_to constraint_registry
    identity_transform transform_to transforms
    """.split()
)

__getattr__ = _names.module_getattr("torch.distributions", _ABSENT)
