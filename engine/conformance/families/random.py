"""Random numbers: what a seed gives, distribution by distribution, and what generators and states do."""

from vocabulary import program

program("""
print(torch.rand(5))
print(torch.rand(20, dtype=torch.float64).tolist())
""")

program("""
print(torch.randn(5).tolist())
print(torch.randn(5).tolist())
""")

program("""
print(torch.randn(15))
print(torch.randn(16))
print(torch.randn(17))
print(torch.randn(33))
""")

program("""
print(torch.randn(15, dtype=torch.float64))
print(torch.randn(16, dtype=torch.float64))
print(torch.randn(17, dtype=torch.float64))
""")

program("""
print(torch.randint(0, 10, (5,), dtype=torch.float32))
print(torch.randint(0, 2, (5,), dtype=torch.bool))
print(torch.randint(0, 200, (5,), dtype=torch.uint8))
""")

program("""
print(torch.randperm(10))
print(torch.randperm(5, dtype=torch.int32))
print(torch.randperm(0))
""")

program("""
print(torch.normal(0.0, 1.0, (5,)))
print(torch.normal(torch.arange(5.0), torch.ones(5)))
print(torch.normal(torch.arange(20.0), 2.0))
print(torch.normal(1.0, torch.arange(1.0, 5.0)))
""")

program("""
print(torch.bernoulli(torch.full((20,), 0.3)))
print(torch.empty(20).bernoulli_(0.3))
print(torch.empty(5).bernoulli_(torch.tensor([0.0, 1, 0.5, 0.5, 0.5])))
""")

program("""
print(torch.bernoulli(torch.full((20,), 0.3), 0.7))
""")

program("""
print(torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 2))
print(torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 10, replacement=True))
print(torch.multinomial(torch.tensor([[0.1, 0.2, 0.7], [1, 1, 1.0]]), 2))
print(torch.multinomial(torch.rand(20), 5))
print(torch.multinomial(torch.rand(3, 20, dtype=torch.float64), 25, True))
""")

program("""
print(torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 1))
print(torch.multinomial(torch.tensor([[0.1, 0.2, 0.7], [1, 1, 1.0]]), 1))
""")

program("""
torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 4)
""")

program("""
torch.multinomial(torch.tensor([0.1, -0.2, 0.7]), 1)
""")

program("""
torch.multinomial(torch.tensor([0.0, 0.0]), 1)
""")

program("""
torch.multinomial(torch.tensor([1, 2]), 1)
""")

program("""
torch.multinomial(torch.ones(2, 2, 2), 1)
""")

program("""
torch.multinomial(torch.ones(2), 0)
""")

program("""
torch.multinomial(torch.tensor([1.0, 0.0]), 2)
""")

program("""
x = torch.empty(5)
print(x.uniform_(-1, 1))
print(x.uniform_())
print(torch.empty(5, dtype=torch.float64).uniform_(3, 4))
""")

program("""
print(torch.empty(5).exponential_())
print(torch.empty(5).exponential_(2.0))
print(torch.empty(20).exponential_(2.0))
print(torch.empty(20, dtype=torch.float64).exponential_(2.0))
""")

program("""
print(torch.empty(5).geometric_(0.3))
print(torch.empty(5, dtype=torch.int64).geometric_(0.3))
""")

program("""
print(torch.empty(5).cauchy_())
print(torch.empty(5).cauchy_(1, 2))
print(torch.empty(5, dtype=torch.float64).cauchy_())
""")

program("""
print(torch.empty(5).log_normal_())
print(torch.empty(20).log_normal_(1, 0.5))
print(torch.empty(20, dtype=torch.float64).log_normal_(1, 0.5))
""")

program("""
x = torch.zeros(6, 6)
x.t().normal_()
print(x)
y = torch.zeros(4, 4)[:, :2]
y.normal_()
print(y)
y.uniform_()
print(y)
z = torch.zeros(8, 8)[:, ::2]
z.normal_()
print(z)
""")

program("""
x = torch.zeros(3, 4).t()
x.uniform_()
print(x)
x.bernoulli_(0.5)
print(x)
x.exponential_()
print(x)
x.random_(10)
print(x)
""")

program("""
g = torch.Generator()
g.manual_seed(5)
print(torch.rand(3, generator=g))
print(torch.rand(3))
print(torch.randn(3, generator=g))
print(torch.randperm(4, generator=g))
print(torch.randint(5, (3,), generator=g))
print(g.initial_seed())
print(g.device)
print(torch.empty(3).uniform_(generator=g))
print(torch.bernoulli(torch.full((3,), 0.5), generator=g))
print(torch.multinomial(torch.ones(4), 2, generator=g))
print(torch.normal(0.0, 1.0, (2,), generator=g))
""")

program("""
g = torch.Generator().manual_seed(3)
s = g.get_state()
print(s.shape, s.dtype)
a = torch.rand(2, generator=g)
g.set_state(s)
print(torch.equal(a, torch.rand(2, generator=g)))
print(s[:20])
print(s[-60:])
""")

program("""
s = torch.get_rng_state()
print(s.shape, s.dtype, s[:8])
a = torch.randn(3)
torch.set_rng_state(s)
print(torch.equal(a, torch.randn(3)))
print(torch.get_rng_state()[5000:])
""")

program("""
torch.randn(3)
print(torch.get_rng_state()[5000:])
print(torch.get_rng_state()[:40])
""")

program("""
torch.manual_seed(2 ** 64)
""")

program("""
torch.manual_seed('a')
""")

program("""
torch.manual_seed(1.7)
print(torch.initial_seed())
""")

program("""
with torch.random.fork_rng():
    torch.manual_seed(9)
    print(torch.rand(2))
print(torch.rand(2))
""")

program("""
print(torch.rand_like(torch.ones(3)))
print(torch.randn_like(torch.ones(20, dtype=torch.float64)))
print(torch.randint_like(torch.ones(3), 5))
print(torch.randint_like(torch.ones(3), 2, 5))
""")

program("""
torch.rand_like(torch.ones(3, dtype=torch.int64))
""")

program("""
print(torch.rand(2, 3, requires_grad=True))
print(torch.rand((2,)), torch.rand(()), torch.rand(0))
print(torch.rand(2, dtype=torch.float64))
""")

program("""
torch.rand(2, dtype=torch.int64)
""")

program("""
torch.randn(2, dtype=torch.int64)
""")

program("""
torch.randint(5, 5, (2,))
""")

program("""
torch.randint(5, 2, (2,))
""")

program("""
torch.randint(0, 300, (2,), dtype=torch.uint8)
""")

program("""
torch.randperm(-1)
""")

program("""
torch.empty(2).uniform_(3, 1)
""")

program("""
torch.empty(2).normal_(0, -1)
""")

program("""
torch.empty(2).exponential_(-1)
""")

program("""
torch.empty(2).geometric_(2)
""")

program("""
torch.empty(2).cauchy_(0, -1)
""")

program("""
torch.empty(2).log_normal_(0, -1)
""")

program("""
torch.empty(2).bernoulli_(2)
""")

program("""
torch.bernoulli(torch.tensor([2.0]))
""")

program("""
torch.empty(2).random_(5, 5)
""")

program("""
torch.empty(2, dtype=torch.int64).normal_()
""")

program("""
torch.empty(2, dtype=torch.int64).uniform_()
""")

program("""
torch.empty(2, dtype=torch.int64).exponential_()
""")

program("""
torch.empty(2, dtype=torch.int64).cauchy_()
""")

program("""
import torch.nn.functional as F
x = torch.ones(20)
print(F.dropout(x))
print(F.dropout(x, 0.2))
print(torch.dropout(x, 0.5, True))
print(torch.nn.Dropout(0.3)(x))
print(F.alpha_dropout(x, 0.5, True))
print(F.dropout(x, 0.0))
print(F.dropout(x, 1.0))
""")

program("""
import torch.nn.functional as F
print(F.dropout1d(torch.ones(2, 3, 4)))
print(F.dropout2d(torch.ones(2, 3, 2, 2)))
print(F.dropout3d(torch.ones(1, 4, 2, 2, 2)))
print(F.feature_alpha_dropout(torch.ones(2, 3, 4), training=True))
""")

program("""
import torch.nn.functional as F
print(F.gumbel_softmax(torch.ones(3)))
print(F.gumbel_softmax(torch.ones(2, 3), hard=True))
print(F.rrelu(-torch.ones(5), training=True))
""")

program("""
torch.manual_seed(42)
l = torch.nn.Linear(3, 4)
print(l.weight, l.bias)
l = torch.nn.Linear(100, 4)
print(l.weight[0, :5])
print(torch.nn.Conv2d(1, 2, 3).weight)
print(torch.nn.Embedding(5, 3).weight)
""")

program("""
import random
random.seed(0)
print(random.random(), torch.seed() != 0)
""")

program("""
torch.rand(3, generator=5)
""")

program("""
x = torch.empty(100).uniform_()
print(x.sum().item())
y = torch.randn(1000)
print(y.mean(), y.std())
print(y[::100].tolist())
""")

program("""
print(torch.randn(3, 5, 7, dtype=torch.float64).sum(), torch.randn(10)[3])
""")

program("""
x = torch.zeros(2, 3, 4).permute(1, 2, 0)
x.bernoulli_(torch.linspace(0, 1, 24).reshape(3, 4, 2))
print(x)
print(x.bernoulli())
print(torch.bernoulli(torch.rand(3, 4).t()))
""")

program("""
x = torch.empty(33, dtype=torch.float32).normal_(3, 2)
print(x.tolist())
print(torch.normal(2.0, 3.0, (20,)).tolist())
""")

program("""
x = torch.zeros(3, requires_grad=True)
x.uniform_()
""")

program("""
g = torch.Generator()
g.set_state(torch.zeros(3, dtype=torch.uint8))
""")

program("""
g = torch.Generator()
g.set_state(torch.zeros(3))
""")

program("""
g = torch.Generator()
g.set_state(4)
""")

program("""
torch.set_rng_state(3)
""")

program("""
torch.Generator().manual_seed(2 ** 70)
""")

program("""
print(torch.rand(3, generator=None))
print(torch.Generator(device='cpu').manual_seed(4).initial_seed())
""")

program("""
print(torch.rand(3, out=torch.empty(3)), torch.randn(3, out=torch.empty(3)), torch.randint(3, (2,), out=torch.empty(2, dtype=torch.int64)), torch.randperm(3, out=torch.empty(3, dtype=torch.int64)))
""")

program("""
torch.normal(torch.zeros(2), -1.0)
""")

program("""
torch.normal(torch.zeros(2), torch.tensor([1.0, -1.0]))
""")

program("""
print(torch.empty(4, 4).random_(0, 2).bool())
print(torch.rand(3).multinomial(2))
print(torch.ones(3).bernoulli(p=0.5))
""")

program("""
torch.multinomial(torch.tensor([1.0, float('nan')]), 1)
""")

program("""
torch.multinomial(torch.tensor([1.0, -1.0]), 5, True)
""")

program("""
print(torch.random.initial_seed(), torch.random.default_generator.initial_seed())
print(torch.random.get_rng_state().sum())
torch.random.manual_seed(4)
print(torch.rand(1))
""")

program("""
a = torch.Generator().manual_seed(1)
b = torch.Generator().manual_seed(1)
print(torch.rand(2, generator=a), torch.rand(2, generator=b), torch.rand(2, generator=a))
c = a.clone_state()
print(torch.rand(1, generator=c), torch.rand(1, generator=a))
""")

program("""
torch.randint(3, dtype=torch.float32)
""")

program("""
torch.rand(-1)
""")

program("""
torch.randn('a')
""")

program("""
print(torch.randint(low=0, high=5, size=(2, 2)))
print(torch.randint(5, size=[2]))
print(torch.randint(high=5, size=(3,)))
print(torch.rand(size=(2,)))
print(torch.rand([2, 2]))
""")
