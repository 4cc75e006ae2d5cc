"""You asked for tracking on the very tensor you were given, so the caller's values are tracked now and carry a
`.grad`. Work on a copy.
"""
import torch


def calculate_gradient(values, scale):
    x = values.requires_grad_(True)
    y = (scale.detach() * x + 2) ** 2
    y.sum().backward()
    return x.grad
