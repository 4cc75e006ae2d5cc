import torch


def slopes(values):
    # lines
    x = values.clone()
    x.requires_grad_(True)
    y = x ** 2
    y.sum().backward()
    return x.grad
    # end
