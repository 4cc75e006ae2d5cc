import torch
from torch.autograd.functional import jacobian

x = torch.tensor(3.0, requires_grad=True)
x.backward()
print(x.grad)

v = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.autograd.grad(v, v, torch.ones_like(v)))
print(jacobian(lambda t: t, v))
