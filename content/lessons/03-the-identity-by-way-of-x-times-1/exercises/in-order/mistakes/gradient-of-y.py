"""It gives `None`: `y` was computed, and passes its gradient on instead of keeping it. The leaf is `x`."""
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    x.requires_grad_(True)
    y = x * 1
    s = y.sum()
    s.backward()
    return y.grad
