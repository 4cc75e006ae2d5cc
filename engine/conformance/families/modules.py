"""torch.nn: modules and what they own, hooks, saving and loading, layers and their first weights."""

from vocabulary import program

program("""
import torch.nn as nn
class Net(nn.Module):

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
        self.w = nn.Parameter(torch.ones(2))
        self.register_buffer('buf', torch.zeros(1))
        self.none = None
        self.register_parameter('p', None)

    def forward(self, x):
        return self.b(self.a(x)) * self.w
n = Net()
print(n)
print([k for k, _ in n.named_parameters()], [k for k, _ in n.named_modules()], [k for k, _ in n.named_buffers()], [k for k, _ in n.named_children()])
print(list(n.state_dict()))
print(n(torch.ones(2)))
print(n.get_submodule('b.0'), n.get_parameter('a.weight'), n.get_buffer('buf'))
print([p.shape for p in n.parameters()])
print(n.w, n.buf, n.p)
for f in (lambda: n.get_submodule('x.y'), lambda: n.get_submodule('w'), lambda: n.get_parameter('buf'), lambda: n.get_parameter('b.7'), lambda: n.get_buffer('w'), lambda: n.zzz):
    try:
        f()
    except Exception as e:
        print(type(e), e)
n.w = nn.Parameter(torch.zeros(2))
print(n.w)
for v in (torch.ones(2), 3, 's', nn.Linear(1, 1)):
    try:
        n.w = v
    except Exception as e:
        print(type(e), e)
for v in (3, torch.ones(1)):
    try:
        n.a = v
    except Exception as e:
        print(type(e), e)
try:
    n.buf = 3
except Exception as e:
    print(type(e), e)
n.buf = torch.ones(2)
print(n.buf, n._buffers)
del n.buf
print(hasattr(n, 'buf'))
""")

program("""
import torch.nn as nn
class N(nn.Module):

    def __init__(self):
        self.a = nn.Linear(1, 1)
N()
""")

program("""
import torch.nn as nn
class N(nn.Module):

    def __init__(self):
        self.a = nn.Parameter(torch.ones(1))
N()
""")

program("""
import torch.nn as nn
class N(nn.Module):

    def __init__(self):
        self.register_buffer('a', torch.ones(1))
N()
""")

program("""
import torch.nn as nn
nn.Module()(3)
""")

program("""
import torch.nn as nn
nn.Module(3)
""")

program("""
import torch.nn as nn
nn.Module(a=3)
""")

program("""
import torch.nn as nn
m = nn.Module()
for f in (lambda: m.register_parameter('a.b', None), lambda: m.register_parameter('', None), lambda: m.register_parameter(3, None), lambda: m.register_parameter('forward', None), lambda: m.register_parameter('a', torch.ones(1)), lambda: m.register_parameter('a', nn.Parameter(torch.ones(1)) * 1), lambda: m.register_buffer('a.b', None), lambda: m.register_buffer('', None), lambda: m.register_buffer('training', None), lambda: m.register_buffer('a', 3), lambda: m.add_module('a.b', None), lambda: m.add_module('', None), lambda: m.add_module('a', 3), lambda: m.add_module('forward', None), lambda: m.add_module(4, None), lambda: m.train(3), lambda: m.load_state_dict(3), lambda: m.set_submodule('', m), lambda: m.get_extra_state(), lambda: m.register_buffer(4, None)):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 1)
m.register_full_backward_hook(lambda m, gi, go: (gi[0] * 10,))
x = torch.ones(2, requires_grad=True)
m(x).backward()
print(x.grad, m.weight.grad)
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 1)
m.register_full_backward_hook(lambda m, gi, go: print(gi, go))
m(torch.ones(2)).backward()
print(m.weight.grad)
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 1)
m.register_full_backward_hook(lambda m, gi, go: None)
m.register_backward_hook(lambda *a: None)
""")

program("""
import torch.nn as nn
class M(nn.Module):

    def forward(self, x, *, k=1):
        return x * k
m = M()
m.register_forward_pre_hook(lambda m, a, k: (a, {'k': 5}), with_kwargs=True)
m.register_forward_hook(lambda m, a, k, o: print(a, k, o) or o + 1, with_kwargs=True)
print(m(torch.ones(1), k=2))
m.register_forward_hook(lambda m, a, o: print('first'), prepend=True)
print(m(torch.ones(1)))
""")

program("""
import torch.nn as nn
m = nn.ModuleList([nn.ReLU()])
m([3])
""")

program("""
import torch.nn as nn
p = nn.Parameter(torch.ones(2))
print(p, repr(p), type(p), isinstance(p, torch.Tensor), p.requires_grad, p.is_leaf)
print(p * 2, p.data, p.detach(), p.clone())
print(nn.Parameter(torch.ones(1), requires_grad=False))
print(nn.Parameter())
print(f'{nn.Parameter(torch.tensor(2.0))}')
""")

program("""
import torch.nn as nn
nn.Parameter(torch.ones(2, dtype=torch.int64))
""")

program("""
import torch.nn as nn
nn.Parameter([1.0, 2.0])
""")

program("""
import torch.nn as nn, copy
m = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
c = copy.deepcopy(m)
print(torch.equal(c[0].weight, m[0].weight), c[0].weight is m[0].weight)
c[0].weight.data.zero_()
print(m[0].weight)
s = copy.copy(m)
print(s[0] is m[0])
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 2).double()
print(m.weight.dtype)
m.float()
print(m.weight.dtype)
m.to(torch.float64)
print(m.weight.dtype, m.to('cpu') is m)
print(m.train(), m.training, m.eval().training)
m.requires_grad_(False)
print(m.weight.requires_grad)
m.to(torch.int32)
""")

program("""
import torch.nn as nn
nn.Linear(2, 2)(torch.ones(3))
""")

program("""
import torch.nn as nn
nn.Linear(2, 2)()
""")

program("""
import torch.nn as nn
nn.Linear('a', 2)
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 2)
m(torch.ones(2)).sum().backward()
print(m.weight.grad)
m.zero_grad()
print(m.weight.grad)
m(torch.ones(2)).sum().backward()
m.zero_grad(set_to_none=False)
print(m.weight.grad)
m.apply(lambda x: print('apply', x))
""")

program("""
import torch.nn as nn
m = nn.Linear(1, 1)
m.state_dict({}, 'a.')
""")

program("""
print(torch._tensor_str.get_printoptions())
torch.set_printoptions(profile='foo')
print(hasattr(torch, 'get_printoptions'))
""")

program("""
import torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
class Net(nn.Module):

    def __init__(self, h=16):
        super().__init__()
        self.fc1 = nn.Linear(2, h)
        self.drop = nn.Dropout(0.2)
        self.fc2 = nn.Linear(h, 2)

    def forward(self, x):
        return self.fc2(self.drop(F.relu(self.fc1(x))))
net = Net()
opt = torch.optim.Adam(net.parameters(), lr=0.05)
lf = nn.CrossEntropyLoss()
X = torch.randn(64, 2)
Y = (X[:, 0] * X[:, 1] > 0).long()
for e in range(30):
    net.train()
    opt.zero_grad()
    l = lf(net(X), Y)
    l.backward()
    opt.step()
    if e % 10 == 0:
        print(e, round(l.item(), 4))
net.eval()
with torch.no_grad():
    print(round((net(X).argmax(1) == Y).float().mean().item(), 3))
print(sum((p.numel() for p in net.parameters())), net)
for n, p in net.named_parameters():
    print(n, p.shape, p.requires_grad, round(p.grad.norm().item(), 4))
""")

program("""
import torch.nn as nn
m = nn.Linear(1, 1)
x = torch.tensor([[1.0], [2.0], [3.0]])
y = 2 * x + 1
o = torch.optim.SGD(m.parameters(), lr=0.1)
s = torch.optim.lr_scheduler.StepLR(o, 10, 0.5)
for i in range(30):
    l = nn.MSELoss()(m(x), y)
    o.zero_grad()
    l.backward()
    o.step()
    s.step()
print(m.weight, m.bias, s.get_last_lr(), o.param_groups[0]['lr'])
for p in m.parameters():
    print(p)
print(list(m.parameters()))
""")

program("""
w = torch.randn(3, requires_grad=True)
for i in range(3):
    l = (w ** 2).sum()
    l.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
print(w, w.grad)
""")

program("""
w = torch.randn(3, requires_grad=True)
o = torch.optim.SGD([w], lr=0.1)
l = (w ** 2).sum()
l.backward()
o.step()
l.backward()
""")

program("""
import torch.nn as nn
m = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.Linear(3, 1))
x = torch.randn(5, 2)
print(m(x))
m.eval()
print(m(x))
print(m[1].running_mean, m[1].num_batches_tracked)
m.train()
m(torch.randn(1, 2))
""")

program("""
import torch.nn as nn
nn.CrossEntropyLoss()(torch.randn(2, 3), torch.tensor([0.0, 1.0]))
""")

program("""
import torch.nn as nn
nn.CrossEntropyLoss()(torch.randn(2, 3), torch.tensor([0, 5]))
""")

program("""
import torch.nn as nn
nn.MSELoss()(torch.randn(2, 3), torch.randn(2))
""")

program("""
import torch.nn as nn
e = nn.Embedding(3, 2)
print(e(torch.tensor([[0, 2]])))
e(torch.tensor([3]))
""")

program("""
import torch.nn as nn
e = nn.Embedding(4, 2, padding_idx=1)
l = e(torch.tensor([0, 1, 1, 2])).sum()
l.backward()
print(e.weight.grad, e.weight)
print(nn.Embedding.from_pretrained(torch.eye(3)).weight)
""")

program("""
import torch.nn as nn
b = nn.Bilinear(2, 3, 4)
print(b(torch.randn(5, 2), torch.randn(5, 3)))
""")

program("""
import torch.nn as nn
nn.init.kaiming_uniform_(torch.empty(2, 2), mode='x')
""")

program("""
import torch.nn as nn
nn.init.calculate_gain('foo')
""")

program("""
import torch.nn as nn
nn.init.eye_(torch.empty(3))
""")

program("""
import torch.nn as nn
print(nn.init.orthogonal_(torch.empty(3, 3)))
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 2)
m.weight = torch.ones(2, 2)
""")

program("""
import torch.nn as nn
m = nn.Linear(2, 2)
m.weight.data.fill_(1.0)
m.bias = None
print(m(torch.ones(2)))
print(m)
""")

program("""
import torch.nn as nn
class M(nn.Module):

    def __init__(self):
        super().__init__()
        self.l = [nn.Linear(1, 1)]
        self.d = {'a': nn.Linear(1, 1)}
print(list(M().parameters()))
torch.optim.SGD(M().parameters(), lr=0.1)
""")

program("""
import torch.nn as nn
class M(nn.Module):

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)
print(M().forward)
M()(1)
""")

program("""
import torch.nn as nn
m = nn.Sequential(nn.Linear(2, 2))
m.add_module('x', nn.ReLU())
print(m)
m(torch.ones(3, 3))
""")

program("""
import torch.nn as nn
torch.manual_seed(0)
a = nn.Linear(4, 4).weight
torch.manual_seed(0)
b = nn.Linear(4, 4).weight
print(torch.equal(a, b))
torch.nn.utils.clip_grad_norm_(a, 1.0)
print(nn.Conv2d(3, 4, 3).weight.sum(), nn.LSTM(2, 2).weight_hh_l0, nn.Conv1d(1, 1, 2).bias)
""")

program("""
import torch.nn as nn
for n in ('Threshold(1.,2.)', 'Softshrink()', 'Hardshrink()', 'RReLU()', 'Softmax2d()'):
    try:
        m = eval('nn.' + n)
        print(m, m(torch.tensor([[[[-1.0, 0.3, 2.0]]]])))
    except Exception as e:
        print(n, type(e), e)
""")

program("""
import torch.nn as nn
for m in (nn.MSELoss(), nn.L1Loss(reduction='sum'), nn.CrossEntropyLoss(), nn.NLLLoss(), nn.BCELoss(), nn.BCEWithLogitsLoss(), nn.SmoothL1Loss(), nn.HuberLoss(), nn.KLDivLoss(), nn.SoftMarginLoss(), nn.Dropout(), nn.Dropout2d(0.3), nn.AlphaDropout(), nn.Flatten(), nn.Unflatten(1, (2, 3)), nn.Identity(3), nn.Embedding(3, 4), nn.Embedding(3, 4, padding_idx=-1, max_norm=1.0), nn.LayerNorm(3), nn.LayerNorm((2, 3), elementwise_affine=False), nn.GroupNorm(2, 4), nn.RMSNorm(3), nn.BatchNorm1d(3), nn.BatchNorm2d(3, affine=False), nn.Conv1d(1, 2, 3), nn.Conv2d(1, 2, 3, stride=2, padding=1, bias=False), nn.MaxPool2d(2), nn.AvgPool2d(2, stride=1), nn.Bilinear(2, 3, 4), nn.Linear(2, 3, bias=False)):
    print(m, [n for n, _ in m.named_parameters()], list(m.state_dict()))
""")

program("""
import torch.nn as nn
m = nn.RNN(2, 3, nonlinearity='relu')
x = torch.randn(4, 1, 2)
o, h = m(x, torch.ones(1, 1, 3))
print(o, h)
""")

program("""
import torch.nn as nn
c = nn.LSTMCell(2, 3)
h, cc = c(torch.ones(1, 2))
print(h, cc)
g = nn.GRUCell(2, 3)
print(g(torch.ones(1, 2), torch.zeros(1, 3)))
r = nn.RNNCell(2, 3)
print(r(torch.ones(2)))
""")

program("""
import torch.nn as nn
m = nn.MultiheadAttention(4, 2, batch_first=True)
x = torch.randn(2, 3, 4)
o, w = m(x, x, x)
print(o, w)
print(m(x, x, x, need_weights=False)[0])
""")

program("""
import torch.nn as nn
m = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
print(m(torch.randn(2, 3, 4)))
""")

program("""
import torch.nn as nn
nn.RNN(2, 3)(torch.randn(4, 1, 5))
""")

program("""
import torch.nn as nn
nn.RNN(2, 3)(torch.randn(2))
""")

program("""
import torch.nn as nn
nn.LSTM(2, 3)(torch.randn(4, 1, 2), torch.ones(1, 1, 3))
""")

program("""
import torch.nn as nn
nn.MultiheadAttention(5, 2)
""")

program("""
import torch.nn as nn
m = nn.MultiheadAttention(4, 2)
m(torch.ones(2, 3, 4, 4), torch.ones(1), torch.ones(1))
""")

program("""
import torch.nn as nn
m = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
print(m)
x = torch.randn(2, 3, 4)
print(m(x))
m.eval()
print(m(x))
e = nn.TransformerEncoder(m, 2)
print(e(x, mask=nn.Transformer.generate_square_subsequent_mask(3)))
print(nn.Transformer.generate_square_subsequent_mask(3))
""")

program("""
import torch.nn as nn
m = nn.TransformerDecoderLayer(4, 2, 8)
print(m(torch.randn(2, 1, 4), torch.randn(3, 1, 4)))
t = nn.Transformer(4, 2, 1, 1, 8)
t.eval()
print(t(torch.randn(3, 1, 4), torch.randn(2, 1, 4)))
print(t)
""")

program("""
import torch.nn as nn
m = nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, norm_first=True, activation='gelu')
x = torch.randn(3, 1, 4)
m(x).sum().backward()
print(m.linear1.weight.grad[0], m.self_attn.in_proj_weight.grad[0])
""")

program("""
import torch.nn as nn
m = nn.InstanceNorm2d(3, affine=True, track_running_stats=True)
print(m, list(m.state_dict()))
x = torch.randn(2, 3, 4, 4)
print(m(x)[0, 0])
print(m.running_mean, m.running_var)
m.eval()
print(m(x)[0, 0])
print(nn.InstanceNorm1d(2)(torch.randn(2, 5)))
""")

program("""
import torch.nn as nn, torch.nn.functional as F
x = torch.randn(1, 2, 5, 7, requires_grad=True)
y = F.adaptive_avg_pool2d(x, 3)
print(y)
y.sum().backward()
print(x.grad[0, 0])
print(F.adaptive_avg_pool2d(x, 1), F.adaptive_avg_pool2d(x, (None, 2)).shape, F.adaptive_avg_pool1d(x[0], 3))
print(nn.AdaptiveAvgPool2d((1, 1)), nn.AdaptiveAvgPool1d(2)(x[0]))
""")

program("""
import torch.nn as nn, torch.nn.functional as F
for f in (lambda: F.group_norm(torch.ones(2, 4, 6), 3), lambda: F.group_norm(torch.ones(3), 1), lambda: F.group_norm(torch.ones(1, 2), 2), lambda: F.instance_norm(torch.ones(2, 3, 1)), lambda: nn.InstanceNorm1d(3)(torch.ones(2)), lambda: nn.InstanceNorm2d(4, affine=True)(torch.ones(2, 3, 4, 4)), lambda: F.group_norm(torch.ones(2, 4, 6), 2, torch.ones(3)), lambda: F.adaptive_avg_pool1d(torch.ones(3), 1), lambda: F.adaptive_avg_pool2d(torch.ones(1, 2, 3, 3), -1), lambda: nn.InstanceNorm2d(4)(torch.ones(2, 3, 4, 4)).sum(), lambda: nn.GroupNorm(3, 4)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
""")
