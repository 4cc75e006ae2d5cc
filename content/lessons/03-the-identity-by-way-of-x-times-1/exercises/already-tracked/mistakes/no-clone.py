"""Without a copy you work on the caller's own tensor: what nobody tracked is tracked afterwards, and what it had
collected is added to. Keep the copy, and think about what it remembers.
"""
import torch


def calculate_identity_gradient(values):
    x = values.requires_grad_(True)
    x.retain_grad()
    y = x * 1
    y.sum().backward()
    return x.grad
