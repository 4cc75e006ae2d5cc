"""You return the output itself. The gradient is with the leaf: each tracked tensor that you made yourself has a `.grad`.
"""
import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = (scale.detach() * x + 2) ** 2
    y.sum().backward()
    return y
