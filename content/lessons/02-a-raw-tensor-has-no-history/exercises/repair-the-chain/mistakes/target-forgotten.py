"""The target makes no difference in your answer. What is squared is the guess; it should be how far the guess is off.
"""
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    loss = (w * x).sum() ** 2
    loss.backward()
    return w.grad
