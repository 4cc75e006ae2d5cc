"""The chain is still cut somewhere, so `backward` finds nothing to walk along. Print `grad_fn` after each line: the
first `None` is the place. There are two places in all.
"""
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    loss = torch.tensor((guess - target).item() ** 2)
    loss.backward()
    return w.grad
