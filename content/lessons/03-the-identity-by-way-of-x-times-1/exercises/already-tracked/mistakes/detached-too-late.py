"""Your tensor is cut off and not tracked any more when the product is made, so nothing was recorded. First leave
the old history behind, then ask for tracking: the order matters, and `no_grad` must not cover the product.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True).detach()
    y = x * 1
    y.sum().backward()
    return x.grad
