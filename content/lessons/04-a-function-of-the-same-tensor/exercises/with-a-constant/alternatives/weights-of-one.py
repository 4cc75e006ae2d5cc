import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = torch.pow(2 + x * scale.detach(), 2)
    y.backward(torch.ones_like(y))
    return x.grad
