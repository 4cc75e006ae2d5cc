"""You return the gradient of the caller's tensor. That is where the ones end up when it is tracked, which is the
trouble, and when it isn't there are none. Give your copy a gradient of its own.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return values.grad
