import torch
from torch.autograd.functional import jacobian


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


x = torch.tensor([2.0, 3.0], requires_grad=True)
v = torch.tensor([1.0, 10.0])
f(x).backward(v)
print("x.grad:", x.grad)

J = jacobian(f, x.detach())
print("J:")
print(J)
print("v @ J: ", v @ J)
