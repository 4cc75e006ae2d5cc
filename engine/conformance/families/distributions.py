"""torch.distributions and torch.testing: densities, samples, checks, comparisons."""

from vocabulary import program

program("""
from torch.distributions import *
d = Normal(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 2.0]))
print(d, d.sample(), d.rsample((3,)), d.log_prob(torch.tensor([0.5, 0.5])), d.entropy(), d.mean, d.stddev, d.variance, d.cdf(torch.zeros(2)), d.icdf(torch.tensor([0.5, 0.9])), d.batch_shape, d.event_shape, d.support, d.arg_constraints, d.mode, d.perplexity(), d.expand((3, 2)).batch_shape)
print(Normal(0, 1), Normal(0.0, 1.0).sample(), Normal(0.0, 1.0).sample((2,)), Normal(0, 1).log_prob(torch.tensor(1.0)), Normal(torch.zeros(2, 3), 1.0))
m = torch.tensor([0.5], requires_grad=True)
s = torch.tensor([1.0], requires_grad=True)
l = -Normal(m, s).log_prob(torch.tensor([1.0, 2.0, 3.0])).sum()
print(l)
l.backward()
print(m.grad, s.grad)
z = Normal(m, s).rsample()
print(z)
z.backward()
print(m.grad, s.grad)
print(Normal(m, s).sample().requires_grad)
""")

program("""
from torch.distributions import *
Normal(0.0, -1.0)
""")

program("""
from torch.distributions import *
Normal(torch.tensor([0.0, 1.0]), torch.tensor([1.0, -1.0]))
""")

program("""
from torch.distributions import *
Normal(float('nan'), 1.0)
""")

program("""
from torch.distributions import *
Normal('a', 1.0)
""")

program("""
from torch.distributions import *
Normal(0.0, 1.0).log_prob(2.0)
""")

program("""
from torch.distributions import *
Normal(torch.zeros(3), 1.0).log_prob(torch.zeros(2))
""")

program("""
from torch.distributions import *
print(Normal(0.0, -1.0, validate_args=False))
Normal(0.0, 1.0).log_prob(torch.tensor(float('nan')))
""")

program("""
from torch.distributions import *
c = Categorical(torch.tensor([0.1, 0.2, 0.7]))
print(c, c.sample(), c.sample((10,)), c.log_prob(torch.tensor(2)), c.log_prob(torch.tensor([0, 1, 2])), c.entropy(), c.probs, c.logits, c.mode, c.mean, c.support, c.enumerate_support(), c.param_shape)
c = Categorical(logits=torch.randn(2, 3))
print(c, c.sample((4,)), c.log_prob(torch.tensor([1, 2])), c.probs, c.batch_shape, c.expand((4, 2)).sample().shape)
l = torch.randn(3, requires_grad=True)
c = Categorical(logits=l)
a = c.sample()
lp = c.log_prob(a)
print(lp)
lp.backward()
print(l.grad)
print(c.entropy())
""")

program("""
from torch.distributions import *
Categorical()
""")

program("""
from torch.distributions import *
Categorical(torch.tensor(1.0))
""")

program("""
from torch.distributions import *
Categorical(torch.tensor([-1.0, 2.0]))
""")

program("""
from torch.distributions import *
Categorical(torch.tensor([0.5, 0.5])).log_prob(torch.tensor(3))
""")

program("""
from torch.distributions import *
Categorical(torch.tensor([0.5, 0.5])).log_prob(torch.tensor(0.5))
""")

program("""
from torch.distributions import *
b = Bernoulli(torch.tensor([0.3, 0.5]))
print(b, b.sample((5,)), b.log_prob(torch.tensor([1.0, 0.0])), b.entropy(), b.mean, b.variance, b.mode, b.logits, b.enumerate_support())
b = Bernoulli(logits=torch.tensor(0.3))
print(b, b.probs, b.sample())
print(Bernoulli(0.3))
""")

program("""
from torch.distributions import *
Bernoulli(1.5)
""")

program("""
from torch.distributions import *
Bernoulli(torch.tensor([0.5])).log_prob(torch.tensor([2.0]))
""")

program("""
from torch.distributions import *
u = Uniform(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 3.0]))
print(u, u.sample(), u.rsample((2,)), u.log_prob(torch.tensor([0.5, 2.0])), u.entropy(), u.mean, u.variance, u.cdf(torch.tensor([0.5, 2.0])), u.support, u.stddev, u.mode, u.icdf(torch.tensor(0.5)))
Uniform(0.0, 1.0).log_prob(torch.tensor(2.0))
""")

program("""
from torch.distributions import *
Uniform(1.0, 0.0)
""")

program("""
from torch.distributions import *
e = Exponential(torch.tensor([1.0, 2.0]))
print(e, e.sample(), e.rsample((2,)), e.log_prob(torch.tensor([1.0, 1.0])), e.entropy(), e.mean, e.cdf(torch.ones(2)), e.icdf(torch.tensor(0.5)), e.mode, e.variance)
l = Laplace(0.0, torch.tensor([1.0, 2.0]))
print(l, l.sample((2,)), l.log_prob(torch.ones(2)), l.entropy(), l.cdf(torch.ones(2)), l.icdf(torch.tensor(0.7)), l.variance)
c = Cauchy(0.0, 1.0)
print(c, c.sample((3,)), c.log_prob(torch.tensor(1.0)), c.entropy(), c.mean, c.variance, c.cdf(torch.tensor(1.0)))
""")

program("""
from torch.distributions import *
g = Gamma(torch.tensor([1.0, 2.5, 0.5]), torch.tensor([1.0, 2.0, 3.0]))
print(g, g.sample(), g.sample((4,)), g.log_prob(torch.tensor([1.0, 2.0, 3.0])), g.entropy(), g.mean, g.variance, g.mode)
b = Beta(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 0.5]))
print(b, b.sample(), b.sample((3,)), b.log_prob(torch.tensor([0.2, 0.7])), b.entropy(), b.mean, b.variance, b.mode)
print(Beta(2.0, 3.0).sample(), Beta(2, 3))
d = Dirichlet(torch.tensor([1.0, 2.0, 3.0]))
print(d, d.sample(), d.sample((2,)), d.log_prob(torch.tensor([0.2, 0.3, 0.5])), d.entropy(), d.mean, d.variance, d.event_shape, d.mode)
""")

program("""
from torch.distributions import *
p = Poisson(torch.tensor([1.0, 20.0]))
print(p, p.sample(), p.sample((4,)), p.log_prob(torch.tensor([1.0, 15.0])), p.mean, p.variance)
g = Geometric(torch.tensor([0.3, 0.7]))
print(g, g.sample((5,)), g.log_prob(torch.tensor([1.0, 3.0])), g.entropy(), g.mean, g.variance)
n = LogNormal(0.0, torch.tensor([1.0, 0.5]))
print(n, n.sample((2,)), n.log_prob(torch.tensor([1.0, 2.0])), n.entropy(), n.mean, n.variance, n.mode, n.cdf(torch.ones(2)))
o = OneHotCategorical(torch.tensor([0.2, 0.3, 0.5]))
print(o.sample((3,)), o.log_prob(torch.tensor([0.0, 1.0, 0.0])), o.entropy(), o.mean, o.event_shape)
""")

program("""
from torch.distributions import *
m = MultivariateNormal(torch.zeros(2), torch.tensor([[2.0, 0.5], [0.5, 1.0]]))
print(m, m.sample(), m.rsample((3,)), m.log_prob(torch.tensor([1.0, -1.0])), m.entropy(), m.variance, m.covariance_matrix, m.scale_tril, m.precision_matrix, m.event_shape)
print(MultivariateNormal(torch.zeros(2), scale_tril=torch.eye(2)).log_prob(torch.zeros(3, 2)))
print(MultivariateNormal(torch.zeros(2), precision_matrix=torch.tensor([[2.0, 0.5], [0.5, 1.0]])).covariance_matrix)
""")

program("""
from torch.distributions import *
MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, 2.0], [2.0, 1.0]]))
""")

program("""
from torch.distributions import *
MultivariateNormal(torch.zeros(2))
""")

program("""
from torch.distributions import *
i = Independent(Normal(torch.zeros(3, 2), torch.ones(3, 2)), 1)
print(i, i.batch_shape, i.event_shape, i.sample().shape, i.log_prob(torch.zeros(3, 2)), i.entropy(), i.support, i.mean.shape)
Independent(Normal(0.0, 1.0), 1)
""")

program("""
from torch.distributions import constraints as c
print(c.real, c.positive, c.unit_interval, c.simplex, c.real_vector, c.boolean, c.integer_interval(0, 3), c.positive_definite, c.lower_cholesky, c.nonnegative_integer, c.greater_than(2), c.interval(0, 1), c.dependent, c.one_hot)
print(c.positive.check(torch.tensor([1.0, -1.0])), c.simplex.check(torch.tensor([0.5, 0.5])), c.integer_interval(0, 3).check(torch.tensor([1.0, 1.5, 4.0])))
""")

program("""
from torch.distributions import Distribution
class D(Distribution):
    pass
d = D()
print(d.batch_shape)
""")

program("""
import torch.distributions as D
print(D.Normal, D.Normal(0, 1).sample_n(2))
D.Foo
""")

program("""
import torch.distributions as D
D.Normal(0, 1).enumerate_support()
""")

program("""
torch.testing.assert_allclose(torch.ones(1), torch.ones(1) * 1.1)
""")

program("""
torch.testing.assert_close(torch.ones(1))
""")

program("""
print(torch.testing.make_tensor((2, 3), dtype=torch.float32, device='cpu'), torch.testing.make_tensor(4, dtype=torch.int64, device='cpu', low=0, high=5), torch.testing.make_tensor((2,), dtype=torch.bool, device='cpu'), torch.testing.make_tensor(3, dtype=torch.float64, device='cpu', low=-1, high=1, requires_grad=True))
""")

program("""
print(torch.allclose(torch.ones(2), torch.ones(2)), torch.allclose(torch.ones(2), torch.ones(2) * 1.1), torch.allclose(torch.ones(2), torch.ones(2) * 1.1, rtol=0.2), torch.equal(torch.ones(2), torch.ones(3)), torch.equal(torch.ones(2), torch.ones(2)), torch.isclose(torch.ones(2), torch.tensor([1.0, 1.1])), torch.allclose(torch.tensor(float('nan')), torch.tensor(float('nan')), equal_nan=True))
""")

program("""
torch.allclose(torch.ones(2), torch.ones(2, dtype=torch.float64))
""")

program("""
torch.equal(torch.ones(2), 2)
""")

MORE = """
import torch, torch.distributions as D
torch.manual_seed(0)
d = DISTRIBUTION
print(d, d.batch_shape, d.event_shape, d.has_rsample)
s = d.sample((3,))
print(s)
print(d.log_prob(s))
for what in ("mean", "variance", "stddev", "entropy", "cdf", "support"):
    try:
        value = getattr(d, what)
        print(what, value(s) if what == "cdf" else value() if callable(value) and what == "entropy" else value)
    except Exception as error:
        print(what, type(error).__name__)
e = d.expand((2, *d.batch_shape))
print(e.batch_shape, e.sample().shape, e.log_prob(e.sample()).shape, e)
"""
for distribution in (
    'D.StudentT(3.,1.,2.)',
    'D.StudentT(torch.tensor([1.,2.5]))',
    'D.Binomial(10,torch.tensor([.2,.5]))',
    'D.Binomial(5,logits=torch.tensor([.2,-.5]))',
    'D.Multinomial(8,torch.tensor([.2,.3,.5]))',
    'D.Gumbel(0.,1.)',
    'D.Gumbel(torch.tensor([0.,1.]),2.)',
    'D.HalfNormal(2.)',
    'D.HalfCauchy(torch.tensor([1.,2.]))',
    'D.Weibull(1.,torch.tensor([1.5,2.]))',
    'D.Pareto(1.,torch.tensor([3.,2.]))',
    'D.NegativeBinomial(4.,torch.tensor([.3,.6]))',
    'D.VonMises(torch.tensor([0.,1.]),torch.tensor([1.,4.]))',
    'D.Chi2(torch.tensor([1.,5.]))',
    'D.FisherSnedecor(torch.tensor([3.,5.]),torch.tensor([6.,9.]))',
    'D.InverseGamma(torch.tensor([3.,5.]),1.)',
    'D.Kumaraswamy(torch.tensor([2.,3.]),torch.tensor([2.,5.]))',
    'D.LogisticNormal(torch.zeros(2),torch.ones(2))',
    'D.RelaxedBernoulli(torch.tensor(.5),torch.tensor([.3,.7]))',
    'D.RelaxedOneHotCategorical(torch.tensor(.5),torch.tensor([.3,.2,.5]))',
    'D.LogNormal(0.,torch.tensor([1.,.5]))',
    'D.TransformedDistribution(D.Normal(torch.zeros(2),torch.ones(2)),[D.TanhTransform(),D.AffineTransform(1.,2.)])',
    'D.MixtureSameFamily(D.Categorical(torch.tensor([.3,.7])),D.Normal(torch.tensor([-1.,1.]),torch.tensor([.5,.5])))',
    'D.MixtureSameFamily(D.Categorical(torch.ones(3,2)),D.Independent(D.Normal(torch.randn(3,2,2),torch.rand(3,2,2)),1))',
):
    program(MORE.replace("DISTRIBUTION", distribution))

program("""
import torch
torch.manual_seed(0)
a=torch.tensor([.1,.5,1.,2.,5.,7.9,8.5,20.,100.]*3).requires_grad_()
x=torch.distributions.Gamma(a,1.).rsample()
x.sum().backward()
print(x)
print(a.grad)
print(x.grad_fn)
""")

program("""
import torch
torch.manual_seed(0)
print(torch.binomial(torch.tensor([10.,100.,1000.,5.,0.,3.]*4), torch.tensor([.3,.4,.7,.9,.5,1.]*4)))
""")

program("""
import torch, torch.distributions as D
torch.manual_seed(0)
loc=torch.zeros(2,requires_grad=True)
ls=torch.zeros(2,requires_grad=True)
d=D.TransformedDistribution(D.Normal(loc,ls.exp()),[D.TanhTransform(cache_size=1)])
a=d.rsample()
lp=d.log_prob(a).sum()
print(a, lp)
lp.backward()
print(loc.grad, ls.grad)
""")

program("""
import torch, torch.distributions as D
torch.manual_seed(0)
d=D.RelaxedOneHotCategorical(torch.tensor(.5),logits=torch.zeros(2,3,requires_grad=True))
x=d.rsample()
print(x, d.log_prob(x))
""")

program("""
import torch, torch.distributions as D
for p,q in [(D.Normal(0.,1.),D.Laplace(0.,1.)),(D.Laplace(0.,1.),D.Normal(1.,1.)),(D.Uniform(0.,1.),D.Normal(0.,1.)),(D.Binomial(5,torch.tensor(.3)),D.Binomial(5,torch.tensor(.5))),(D.HalfNormal(1.),D.HalfNormal(2.)),(D.Gumbel(0.,1.),D.Gumbel(1.,2.)),(D.Pareto(torch.tensor([1.]),torch.tensor([2.])),D.Pareto(torch.tensor([1.]),torch.tensor([3.]))),(D.LogNormal(0.,1.),D.LogNormal(1.,1.)),(D.Cauchy(0.,1.),D.Cauchy(1.,2.)),(D.Normal(0.,1.),D.Uniform(0.,1.)),(D.Exponential(torch.tensor([1.])),D.Normal(0.,1.)),(D.Poisson(1.),D.Bernoulli(.5)),(D.StudentT(1.),D.Normal(0.,1.)),(D.Uniform(torch.tensor([1.]),torch.tensor([2.])),D.Exponential(1.))]:
    try: print(type(p).__name__, type(q).__name__, D.kl_divergence(p,q))
    except Exception as e: print(type(e).__name__, e)
""")

program("""
import torch, torch.distributions as D
D.Binomial(5,torch.tensor(.3)).log_prob(torch.tensor(7.))
""")

program("""
import torch, torch.distributions as D
D.StudentT(-1.)
""")

program("""
import torch, torch.distributions as D
D.Binomial(5)
""")

program("""
import torch, torch.distributions as D
D.MixtureSameFamily(D.Normal(0.,1.),D.Normal(0.,1.))
""")

program("""
import torch, torch.distributions as D
from torch.distributions import transforms as T, constraints as C
x=torch.tensor([.1,-.5,2.])
for t in [T.ExpTransform(),T.SigmoidTransform(),T.TanhTransform(),T.SoftplusTransform(),T.AffineTransform(1.,-2.),T.AffineTransform(torch.zeros(3),torch.ones(3),event_dim=1),T.ComposeTransform([T.AffineTransform(0.,2.),T.ExpTransform()]),T.StickBreakingTransform(),T.SoftmaxTransform(),T.IndependentTransform(T.ExpTransform(),1),T.AbsTransform(),T.ReshapeTransform((3,),(3,1)),T.StackTransform([T.ExpTransform(),T.TanhTransform(),T.AffineTransform(0.,1.)]),T.CatTransform([T.ExpTransform(),T.TanhTransform()],lengths=[1,2])]:
    y=t(x); print(t, y, t.inv(y))
    try: print(t.log_abs_det_jacobian(x,y), t.sign, t.domain, t.codomain, t.bijective, t.inv)
    except Exception as e: print(type(e).__name__, str(e)[:200])
print(T.ExpTransform()==T.ExpTransform(), T.AffineTransform(0,1)==T.AffineTransform(0,1), T.ExpTransform().with_cache(1), T.ExpTransform().inv==T.ExpTransform().inv)
for c in (C.positive,C.real,C.unit_interval,C.interval(-1.,2.),C.greater_than(1.),C.less_than(1.),C.simplex,C.lower_cholesky,C.positive_definite,C.independent(C.positive,1),C.nonnegative,C.boolean,C.real_vector):
    for f in (D.biject_to,D.transform_to):
        try: print(c, f(c))
        except Exception as e: print(type(e).__name__, e)
""")
