"""It gives `None`: `y` was computed, and only leaves keep a gradient."""
import torch


def slopes(values):
    x = values.clone()
    x.requires_grad_(True)
    y = x ** 2
    y.sum().backward()
    return y.grad
