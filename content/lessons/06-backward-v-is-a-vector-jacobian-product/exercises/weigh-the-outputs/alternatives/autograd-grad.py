import torch


def weighted_gradient(f, values, weights):
    x = values.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(x), x, weights)[0]
