import torch


def calculate_identity_gradient(values):
    x = values.detach().clone()
    x.requires_grad = True
    (x + 0).sum().backward()
    return x.grad
