import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x * x * x
    y.sum().backward()
    return x.grad
