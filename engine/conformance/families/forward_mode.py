"""Forward mode: torch.autograd.forward_ad."""

from vocabulary import program


def each(setup: str, expressions: str) -> None:
    """A program for every line: the setup, then what the line gives."""
    for expression in expressions.strip().splitlines():
        program(f"{setup.strip()}\nprint({expression})")


DUAL = """
import torch.autograd.forward_ad as fwAD
x, v = torch.ones(3), torch.arange(3.)
fwAD.enter_dual_level()
d = fwAD.make_dual(x, v)
"""
each(DUAL, """
d, d is x, d._is_view(), d._base is x, d.requires_grad, d.data_ptr() == x.data_ptr()
fwAD.unpack_dual(d), fwAD.unpack_dual(d).tangent is v
fwAD.unpack_dual(x)
fwAD.make_dual(x, torch.ones(2))
fwAD.make_dual(x, torch.ones(3).double())
fwAD.make_dual(x.long(), v)
fwAD.make_dual(x, v.long())
fwAD.make_dual(d, v)
fwAD.enter_dual_level()
fwAD.exit_dual_level(level=3)
fwAD.make_dual(x, v, level=1)
fwAD.make_dual(3., v)
d.detach(), d.detach()._is_view(), fwAD.unpack_dual(d.detach())
d.sum(), d[0], d.clone(), d * d, d.exp(), -d, 2 / d, d > 0, d.long(), d.double(), d.tolist(), d[0].item()
torch.stack([d, x]), torch.cat([d, x]), d.relu(), torch.zeros_like(d), d.view(3, 1), d.unsqueeze(0).expand(2, 3)
d.max(0), d.sort(), d.softmax(0), d.logsumexp(0), d.norm(), d.var(), d.prod(), d.cumsum(0), d.mean()
d @ d, torch.outer(d, v), torch.where(d > 0, d, x), d.clamp(0, 1), d.flip(0), d.masked_fill(x > 0, 2.)
torch.zeros(3).copy_(d), d.clone().zero_(), d.clone().add_(1), d.clone().mul_(d), d.clone().fill_(2.)
d.requires_grad_() is d, d
fwAD.unpack_dual(fwAD.make_dual(x.clone().requires_grad_(), v) ** 3)
""")

program("""
import torch.autograd.forward_ad as fwAD

x, v = torch.ones(3), torch.arange(3.)
print(fwAD.unpack_dual(x))
with fwAD.dual_level() as level:
    d = fwAD.make_dual(x, v)
    y = d * d
    print(level, y)
    with torch.no_grad():
        print(d * 2)
    with fwAD._set_fwd_grad_enabled(False):
        print(d * 2, d)
print(d, y, fwAD.unpack_dual(d))
with fwAD.dual_level():
    print(fwAD.unpack_dual(d))
""")
program("import torch.autograd.forward_ad as fwAD\nfwAD.make_dual(torch.ones(2), torch.ones(2))")
program("import torch.autograd.forward_ad as fwAD\nfwAD.exit_dual_level()")

# Reverse mode over forward mode: a second derivative.
program("""
import torch.autograd.forward_ad as fwAD

x = torch.tensor([1., 2.], requires_grad=True)
with fwAD.dual_level():
    y = fwAD.make_dual(x, torch.ones(2)) ** 3
    tangent = fwAD.unpack_dual(y).tangent
    print(torch.autograd.grad(tangent.sum(), x)[0].detach() * 1)
""")

# Forward mode over reverse mode.
program("""
import torch.autograd.forward_ad as fwAD

x = torch.tensor([1., 2.], requires_grad=True)
with fwAD.dual_level():
    d = fwAD.make_dual(x, torch.ones(2))
    (g,) = torch.autograd.grad((d ** 3).sum(), d, create_graph=True)
    print(fwAD.unpack_dual(g))
""")

program("""
import torch.autograd.forward_ad as fwAD

torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
with fwAD.dual_level():
    print(fwAD.unpack_dual(net(fwAD.make_dual(torch.ones(4, 2), torch.ones(4, 2)))).tangent)
    weights = {name: p for name, p in net.named_parameters()}
    duals = {name: fwAD.make_dual(p.detach(), torch.ones_like(p)) for name, p in weights.items()}
    print(torch.func.functional_call(net, duals, torch.ones(2)))
""")

# A view of what moves moves, and what is written into a part makes the whole move.
program("""
import torch.autograd.forward_ad as fwAD

with fwAD.dual_level():
    d = fwAD.make_dual(torch.ones(3), torch.arange(3.))
    c = d.clone()
    part = c[1:]
    part.mul_(10)
    print(c, part)
    base = torch.zeros(3)
    base[1:].copy_(d[1:])
    print(base, base[1:])
""")

FUNCTION = """
import torch.autograd.forward_ad as fwAD
from torch.autograd import Function
x = torch.tensor([1., 2.])
fwAD.enter_dual_level()
d = fwAD.make_dual(x, torch.ones(2))

class Old(Function):
    @staticmethod
    def forward(ctx,x): ctx.save_for_backward(x); return x**2
    @staticmethod
    def backward(ctx,g): x,=ctx.saved_tensors; return 2*x*g

class Sq(Function):
    @staticmethod
    def forward(x): print('fwd',x); return x**2
    @staticmethod
    def setup_context(ctx,inputs,output): x,=inputs; ctx.save_for_backward(x); ctx.save_for_forward(x)
    @staticmethod
    def backward(ctx,g): x,=ctx.saved_tensors; print('bwd',g); return 2*x*g
    @staticmethod
    def jvp(ctx,t): x,=ctx.saved_tensors; print('jvp',t); return 2*x*t

class J(Function):
    @staticmethod
    def forward(ctx, x, y): ctx.save_for_forward(x, y); return x * y, x.long()
    @staticmethod
    def jvp(ctx, a, b): print(a, b); x, y = ctx.saved_tensors; return a * y + b * x, None

class J2(J):
    @staticmethod
    def forward(ctx, x, y): ctx.set_materialize_grads(False); ctx.save_for_forward(x, y); return x * y
    @staticmethod
    def jvp(ctx, a, b): print(a, b); x, y = ctx.saved_tensors; return a * y
"""
each(FUNCTION, """
Sq.apply(d)
fwAD.unpack_dual(Sq.apply(d))
Old.apply(d)
J.apply(d, x)
J2.apply(d, x)
Sq.apply(fwAD.make_dual(x.clone().requires_grad_(), torch.ones(2)))
""")
