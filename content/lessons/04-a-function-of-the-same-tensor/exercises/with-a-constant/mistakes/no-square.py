"""The square is missing. What comes back is the slope of a straight line, which is the scale itself.
"""
import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = scale.detach() * x + 2
    y.sum().backward()
    return x.grad
