import torch

v = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.autograd.grad(v, v, torch.ones_like(v)))
