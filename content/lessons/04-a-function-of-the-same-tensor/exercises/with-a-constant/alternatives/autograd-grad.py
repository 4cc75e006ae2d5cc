import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale * x + 2) ** 2
    return torch.autograd.grad(y.sum(), x)[0].detach()
