"""Each product is held against the target by itself. The goal sums the products first: one guess, one error, one square.
"""
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    loss = ((w * x - target) ** 2).sum()
    loss.backward()
    return w.grad
