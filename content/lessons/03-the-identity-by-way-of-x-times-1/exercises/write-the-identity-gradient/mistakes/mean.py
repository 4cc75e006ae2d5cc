"""A mean gives each output the weight $1/n$, and that is what you see. To count each output once, which reduction
has weight one for all?
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.mean().backward()
    return x.grad
