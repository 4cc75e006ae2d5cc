import torch

v = torch.tensor([1.0, 2.0], requires_grad=True)
torch.autograd.grad(v, v)
