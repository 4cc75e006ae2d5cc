import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = (scale * x + 2).square()
    y.sum().backward(inputs=[x])
    return x.grad
