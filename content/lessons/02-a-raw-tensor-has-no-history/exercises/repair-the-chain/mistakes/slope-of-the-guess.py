"""That is the slope of the guess, not of its squared error: `x` itself comes back, whatever the target is. The square has
to be part of what is differentiated.
"""
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    guess.backward()
    return w.grad
