"""Whole training loops and models, as tutorials write them."""

from vocabulary import program

program("""
import math
x = torch.linspace(-math.pi, math.pi, 200)
y = torch.sin(x)
a = torch.randn(())
b = torch.randn(())
c = torch.randn(())
d = torch.randn(())
lr = 1e-06
for t in range(50):
    yp = a + b * x + c * x ** 2 + d * x ** 3
    loss = (yp - y).pow(2).sum().item()
    if t % 10 == 9:
        print(t, round(loss, 1))
    g = 2.0 * (yp - y)
    a -= lr * g.sum()
    b -= lr * (g * x).sum()
    c -= lr * (g * x ** 2).sum()
    d -= lr * (g * x ** 3).sum()
print(f'Result: y = {a.item():.3f} + {b.item():.3f} x + {c.item():.3f} x^2 + {d.item():.3f} x^3')
""")

program("""
import torch.nn as nn
xs = torch.linspace(-3, 3, 50)
p = torch.tensor([1, 2, 3])
xx = xs.unsqueeze(-1).pow(p)
model = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1))
loss_fn = nn.MSELoss(reduction='sum')
opt = torch.optim.RMSprop(model.parameters(), lr=0.001)
y = torch.sin(xs)
for t in range(20):
    l = loss_fn(model(xx), y)
    opt.zero_grad()
    l.backward()
    opt.step()
print(round(l.item(), 3))
print(model[0].bias.item(), model[0].weight[:, 0].item())
""")

program("""
import torch.nn as nn, random
class DynamicNet(nn.Module):

    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))

    def forward(self, x):
        y = self.a + self.b * x
        for e in range(4, 6):
            y = y + self.b * x ** e
        return y

    def string(self):
        return f'y = {self.a.item():.3f} + {self.b.item():.3f} x'
m = DynamicNet()
print(m(torch.ones(2)))
print(m.string())
print(m)
""")

program("""
import torch.nn as nn
text = 'hello world'
chars = sorted(set(text))
ix = {c: i for i, c in enumerate(chars)}
X = torch.tensor([ix[c] for c in text[:-1]])
Y = torch.tensor([ix[c] for c in text[1:]])
class R(nn.Module):

    def __init__(self, n):
        super().__init__()
        self.emb = nn.Embedding(n, 8)
        self.rnn = nn.GRU(8, 16, batch_first=True)
        self.out = nn.Linear(16, n)

    def forward(self, x, h=None):
        o, h = self.rnn(self.emb(x), h)
        return (self.out(o), h)
m = R(len(chars))
o = torch.optim.Adam(m.parameters(), lr=0.02)
for i in range(20):
    l = nn.functional.cross_entropy(m(X[None])[0][0], Y)
    o.zero_grad()
    l.backward()
    nn.utils.clip_grad_norm_(m.parameters(), 1.0)
    o.step()
print(round(l.item(), 3))
print(m)
""")

program("""
import torch.nn as nn
def hook(m, i, o):
    print(m.__class__.__name__, tuple(o.shape))
net = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10))
for l in net:
    l.register_forward_hook(hook)
print(net(torch.randn(2, 1, 8, 8)).shape)
print(sum((p.numel() for p in net.parameters() if p.requires_grad)))
print({n: p.shape for n, p in net.named_parameters()})
""")

program("""
import torch.nn as nn, copy
m = nn.Linear(2, 2)
best = copy.deepcopy(m.state_dict())
with torch.no_grad():
    for p in m.parameters():
        p.zero_()
print(m.weight)
m.load_state_dict(best)
print(m.weight)
ema = copy.deepcopy(m)
for a, b in zip(ema.parameters(), m.parameters()):
    a.data.mul_(0.9).add_(b.data, alpha=0.1)
print(ema.weight)
""")

program("""
import torch.nn as nn
m = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1))
for p in m[0].parameters():
    p.requires_grad = False
o = torch.optim.SGD(filter(lambda p: p.requires_grad, m.parameters()), lr=0.1)
m(torch.ones(1, 2)).sum().backward()
print(m[0].weight.grad, m[1].weight.grad)
o.step()
print([p.requires_grad for p in m.parameters()])
""")

program("""
import torch.nn as nn
m = nn.Linear(1, 1)
o = torch.optim.SGD(m.parameters(), lr=0.1)
acc = 4
x = torch.randn(8, 1)
for i in range(8):
    l = m(x[i:i + 1]).pow(2).mean() / acc
    l.backward()
    if (i + 1) % acc == 0:
        o.step()
        o.zero_grad()
        print(m.weight.item())
""")

program("""
from torch.distributions import Categorical
import torch.nn as nn
pi = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 2))
o = torch.optim.Adam(pi.parameters(), lr=0.01)
for ep in range(3):
    lps, rs = ([], [])
    for t in range(4):
        s = torch.randn(3)
        d = Categorical(logits=pi(s))
        a = d.sample()
        lps.append(d.log_prob(a))
        rs.append(float(a.item() == int(s.sum() > 0)))
    R, ret = (0, [])
    for r in reversed(rs):
        R = r + 0.9 * R
        ret.insert(0, R)
    ret = torch.tensor(ret)
    ret = (ret - ret.mean()) / (ret.std() + 1e-08)
    l = -(torch.stack(lps) * ret).sum()
    o.zero_grad()
    l.backward()
    o.step()
    print(round(l.item(), 4))
""")

program("""
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
opt = torch.optim.LBFGS([x], lr=1, max_iter=10)
def closure():
    opt.zero_grad()
    l = ((x - torch.tensor([3.0, 2.0, 1.0])) ** 2).sum() + (x[0] * x[1] - 1) ** 2
    l.backward()
    return l
for i in range(3):
    print(round(opt.step(closure).item(), 5))
print(x.data)
""")

program("""
import torch.nn as nn
class Net(nn.Module):

    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.scale = nn.ParameterDict({'s': nn.Parameter(torch.ones(1))})

    def forward(self, x):
        for i, l in enumerate(self.layers):
            x = l(x)
            x = torch.relu(x) if i < len(self.layers) - 1 else x
        return x * self.scale['s']
n = Net([3, 5, 2])
print(n)
print([k for k, _ in n.named_parameters()])
print(n(torch.ones(3)))
""")

program("""
def f(x):
    return (x ** 3).sum()
x = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.autograd.functional.jacobian(lambda x: x ** 2, x))
print(torch.autograd.functional.hessian(f, x))
g, = torch.autograd.grad(f(x), x, create_graph=True)
print(g)
h, = torch.autograd.grad(g.sum(), x)
print(h)
""")

program("""
import torch.nn.functional as F
q, k, v = torch.randn(3, 1, 4, 2)
att = F.softmax(q @ k.transpose(-2, -1) / 2 ** 0.5, dim=-1)
print(att @ v)
print(F.scaled_dot_product_attention(q, k, v))
""")

program("""
import torch.nn as nn, time
torch.manual_seed(1)
m = nn.Linear(3, 1)
o = torch.optim.AdamW(m.parameters(), lr=0.1, weight_decay=0.1)
s = torch.optim.lr_scheduler.OneCycleLR(o, max_lr=0.1, total_steps=10)
for i in range(10):
    l = (m(torch.ones(3)) - 1).pow(2).sum()
    o.zero_grad()
    l.backward()
    o.step()
    s.step()
    print(f'{l.item():.5f} {s.get_last_lr()[0]:.6f}')
""")

program("""
import torch.nn as nn
@torch.no_grad()
def init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        m.bias.fill_(0.01)
n = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 1)))
n.apply(init)
print(list(n.parameters()))
""")
