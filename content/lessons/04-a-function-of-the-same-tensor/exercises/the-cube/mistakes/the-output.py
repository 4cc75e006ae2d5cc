"""You return the cubes themselves. The gradient lies with the leaf, in its `.grad`.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x**3
    y.sum().backward()
    return y
