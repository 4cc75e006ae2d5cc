"""The gradient is not kept where you look for it. `y` is the result of an operation, so autograd walks through it
and keeps nothing there, which is what the warning says. Which tensor is the leaf?
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return y.grad
