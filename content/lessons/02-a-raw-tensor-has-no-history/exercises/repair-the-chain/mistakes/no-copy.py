"""The slope is right, but the caller's weights are not what they were: they require grad now. Work on a copy.
"""
import torch


def slope_of_loss(w, x, target):
    w.requires_grad_(True)
    loss = ((w * x).sum() - target) ** 2
    loss.backward()
    return w.grad
