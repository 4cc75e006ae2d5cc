"""You return the output itself, which holds the numbers that came in. The gradient is somewhere else: `backward`
returns nothing, and leaves it with the leaf.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return y
