import torch


def calculate_identity_gradient(values):
    # lines
    x = values.clone()
    x.requires_grad_(True)
    y = x * 1
    s = y.sum()
    s.backward()
    return x.grad
    # end
