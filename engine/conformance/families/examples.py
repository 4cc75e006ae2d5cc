"""Edits that readers make to the three examples, and other small programs."""

from vocabulary import program

program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor([1., 2., 3.])))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor(5.)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor([1, 2])))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.zeros(2, 0)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.ones(2, 2, dtype=torch.float64)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.arange(6.).reshape(2, 3)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.arange(6.).reshape(2, 3).t()))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.ones(2, requires_grad=True)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient([1., 2.]))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor([True, False])))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.ones(3, 1, 2)))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.full((2, 2), float('nan'))))
""")
program("""
import torch
def calculate_identity_gradient(t):
    t = t.clone().requires_grad_(True)
    out = t * 1
    out.sum().backward()
    return t.grad
print(calculate_identity_gradient(torch.tensor([1e10, 1.])))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * 2
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * 2
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t + 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t + 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.clone()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.clone()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 1 * t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 1 * t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t / 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t / 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t ** 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t ** 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t - 0
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t - 0
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = -t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = -t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t @ t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t @ t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.T
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.T
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.view(-1)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.view(-1)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[0]
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[0]
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.detach() * 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.detach() * 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.data * 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.data * 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * 1.0
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t * 1.0
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.exp()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.exp()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.max()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.max()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.mean(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.mean(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.norm()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.norm()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t > 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t > 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.long() * 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.long() * 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.double() * 1
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.double() * 1
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.stack([t, t])
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.stack([t, t])
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.cat([t, t])
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.cat([t, t])
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sum(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sum(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.relu()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.relu()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sigmoid()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sigmoid()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.abs()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.abs()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.prod()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.prod()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.cumsum(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.cumsum(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.softmax(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.softmax(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.clamp(1, 3)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.clamp(1, 3)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.where(t > 2, 0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.where(t > 2, 0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sort().values
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sort().values
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.flip(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.flip(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.std()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.std()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.var(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.var(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.reshape(4)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.reshape(4)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.expand(3, 2, 2)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.expand(3, 2, 2)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.repeat(2, 1)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.repeat(2, 1)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.tril()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.tril()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.diagonal()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.diagonal()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.unsqueeze(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.unsqueeze(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sqrt()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sqrt()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.log()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.log()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sin() * t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sin() * t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.square()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.square()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.pow(3)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.pow(3)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 2 ** t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 2 ** t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.reciprocal()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.reciprocal()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 1 / t
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = 1 / t
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t % 2
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t % 2
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t // 2
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t // 2
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.round()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.round()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sign()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.sign()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.tanh()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.tanh()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.maximum(t, torch.tensor(2.))
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = torch.maximum(t, torch.tensor(2.))
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.mul_(2)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.mul_(2)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.add(1, alpha=2)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.add(1, alpha=2)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.masked_fill(t > 2, 0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.masked_fill(t > 2, 0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[t > 2]
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[t > 2]
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[[0, 0]]
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[[0, 0]]
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[:, 1]
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t[:, 1]
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.logsumexp(0)
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.logsumexp(0)
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.argmax()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.argmax()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.item()
print(out)
out.sum().backward()
print(t.grad)
""")
program("""
import torch
t = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad_(True)
out = t.item()
g, = torch.autograd.grad(out.sum(), t, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), t, allow_unused=True))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad)
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        pass
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0, 3.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x + 1
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0, 3.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = torch.stack([x[0] * x[1], x.sum()])
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x.cumsum(0)
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0, 3.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1, 2])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x.sum()
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x.softmax(0)
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0, 3.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.tolist())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x.detach() * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad = None
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.sum().backward(v)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x.sort(descending=True).values
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 3.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = x @ x
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 3.0, 2.0])))
""")
program("""
import torch
def calculate_jacobian_matrix(x):
    x = x.clone().requires_grad_(True)
    y = torch.outer(x, x)
    rows = []
    for i in range(y.numel()):
        v = torch.zeros_like(y)
        v.view(-1)[i] = 1
        y.backward(v, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.tensor([1., 1.]))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.tensor([1., 0.]))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.tensor([1, 0]))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.tensor(1.))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.ones(3))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward([1., 0.])
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(1.0)
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(None)
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.ones(2, dtype=torch.float64))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.ones(1, 2))
print(x.grad)
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x ** 2
y.backward(torch.ones(2, requires_grad=True))
print(x.grad)
""")
program("""
import torch
x = torch.tensor(3., requires_grad=True)
x.backward()
print(x.grad)
x.backward()
print(x.grad)
""")
program("""
import torch
v = torch.ones(3, requires_grad=True)
print(torch.autograd.grad(v, v, torch.ones_like(v)))
print(torch.autograd.functional.jacobian(lambda t: t, v))
""")
program("""
import torch
x = torch.ones(2, requires_grad=True)
y = x * 2
print(x.is_leaf, y.is_leaf, x.grad_fn, type(y.grad_fn).__name__, y.requires_grad)
with torch.no_grad():
    z = x * 2
    print(z.requires_grad, z.is_leaf)
print(torch.is_grad_enabled())
""")
program("""
import torch
x = torch.ones(2, requires_grad=True)
h = x * 3
h.retain_grad()
h.register_hook(lambda g: g * 10)
(h * h).sum().backward()
print(h.grad, x.grad)
""")
program("""
import torch
x = torch.ones(3, requires_grad=True)
for _ in range(3):
    (2 * x).sum().backward()
    print(x.grad)
x.grad.zero_()
print(x.grad)
x.grad = None
print(x.grad)
""")
program("""
import torch
w = torch.tensor([0., 0.], requires_grad=True)
target = torch.tensor([3., -1.])
for step in range(5):
    loss = ((w - target) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    print(step, loss.item(), w)
""")
program("""
import torch
x = torch.arange(4., requires_grad=True)
y = x.clone()
y[1] = 10.
y[2:] *= 3
print(y, y._version)
y.sum().backward()
print(x.grad)
""")
program("""
import torch
x = torch.arange(4., requires_grad=True)
y = x * 2
z = y.view(2, 2)
z[0] += 1
print(y, z, z._base is y, type(y.grad_fn).__name__, type(z.grad_fn).__name__)
z.sum().backward()
print(x.grad)
""")
program("""
import torch
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * 2 * x
x = torch.tensor([1., 2.], requires_grad=True)
y = Square.apply(x)
print(y)
y.sum().backward()
print(x.grad)
""")
program("""
import torch
f = lambda x: torch.stack([x[0] * x[1], x[0] ** 2])
print(torch.autograd.functional.jacobian(f, torch.tensor([2., 3.])))
print(torch.autograd.functional.hessian(lambda x: (x ** 3).sum(), torch.tensor([1., 2.])))
print(torch.autograd.functional.vjp(f, torch.tensor([2., 3.]), torch.tensor([1., 10.])))
print(torch.autograd.functional.jvp(f, torch.tensor([2., 3.]), torch.tensor([1., 10.])))
""")
program("""
import torch
torch.manual_seed(0)
m = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
o = torch.optim.SGD(m.parameters(), lr=0.1)
x, t = torch.randn(5, 2), torch.randn(5, 1)
for _ in range(3):
    o.zero_grad()
    loss = torch.nn.functional.mse_loss(m(x), t)
    loss.backward()
    o.step()
    print(loss)
print(m)
""")
program("""
import torch
a = torch.ones(2, 3)
print(a.shape, a.size(0), a.dtype, a.device, a.numel(), len(a), a.ndim, a.stride())
print(a.sum(), a.mean(dim=1), (a + 1).tolist(), a.max(), a[0, 1].item())
for row in a: print(row)
print(1.0 in a, bool(a.sum()), float(a.sum()), int(a.sum()), f"{a.sum():.2f}")
""")
program("""
import torch
x = torch.tensor([1., 2.], requires_grad=True)
print(x.detach() is x, x.detach().requires_grad, x.data.requires_grad, x.clone().requires_grad)
y = x.detach()
y[0] = 100.
print(x)
""")
program("""
import torch
x = torch.ones(2, requires_grad=True)
y = (x * x).sum()
y.backward(retain_graph=True)
y.backward()
print(x.grad)
y.backward()
""")
program("""
import torch
x = torch.ones(2, requires_grad=True)
n = (x.exp() * x).sum().grad_fn
print(n.name(), n.next_functions[0][0].name(), [f[0].name() for f in n.next_functions[0][0].next_functions])
print(n.next_functions[0][0].next_functions[1][0].variable is x)
""")
program("""
import torch
x = torch.tensor([2., 3.], requires_grad=True)
y = x ** 3
print(y.grad_fn._saved_self, y.grad_fn._saved_exponent)
y.sum().backward()
print(y.grad_fn._saved_self)
""")
program("""
import torch
print(torch.tensor([1., 2.]).grad)
""")
program("""
import torch
print(torch.tensor([1., 2.]).foo)
""")
program("""
import torch
print(torch.tensor('a'))
""")
program("""
import torch
print(torch.ones(2) + torch.ones(3))
""")
program("""
import torch
print(torch.ones(2).view(3))
""")
program("""
import torch
print(torch.tensor([1., 2.]).backward())
""")
program("""
import torch
print(torch.ones(2, 2).sum(dim=5))
""")
program("""
import torch
print(torch.ones(2)[3])
""")
program("""
import torch
print(torch.ones(2).reshape(-1, -1))
""")
program("""
import torch
print(torch.tensor([1, 2], requires_grad=True))
""")
program("""
import torch
print(torch.ones(2, 3) @ torch.ones(2, 3))
""")
program("""
import torch
print(torch.zeros(-1))
""")
program("""
import torch
print(torch.arange(3).mean())
""")
program("""
import torch
print(torch.stack([]))
""")
program("""
import torch
print(torch.cat([torch.ones(2), torch.ones(2, 2)]))
""")
program("""
import torch
print(torch.ones(2).to('cuda'))
""")
program("""
import torch
print(torch.ones(2).requires_grad_('yes'))
""")
program("""
import torch
print(torch.sum([1, 2]))
""")
program("""
import torch
print(torch.ones(2).sum(axis=0))
""")
program("""
import torch
print(torch.ones(2).clamp())
""")
program("""
import torch
print(torch.eye(2).inverse())
""")
program("""
import torch
print(torch.ones(3).unsqueeze(5))
""")
program("""
import torch
print(torch.randn(2).backward(torch.ones(2)))
""")
program("""
import torch
print(torch.autograd.grad(torch.ones(2), torch.ones(2)))
""")
program("""
import torch
print(torch.linspace(0, 1, 5))
""")
program("""
import torch
print(len(torch.tensor(1.)))
""")
program("""
import torch
print(torch.tensor([1., 2.]).T)
""")
program("""
import torch
print(torch.nn.Linear(2, 1)(torch.ones(3)))
""")
