import torch
from torch.autograd.functional import jacobian

x = torch.tensor(2.0, requires_grad=True)
print(torch.autograd.grad(x, x))
print(torch.autograd.grad(x * 1, x))
print(torch.autograd.grad(x * x, x))
print(jacobian(lambda t: t, x))
print(x.grad)
