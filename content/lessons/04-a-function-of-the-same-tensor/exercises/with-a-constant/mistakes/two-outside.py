"""You square before you add the two. A constant that is added at the end has no slope and drops out; inside the square
it doesn't, for there it is part of what is squared.
"""
import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = (scale.detach() * x) ** 2 + 2
    y.sum().backward()
    return x.grad
