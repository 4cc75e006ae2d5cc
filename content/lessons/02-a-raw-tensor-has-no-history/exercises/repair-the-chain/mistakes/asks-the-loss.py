"""The error is gone, and so is the answer: it is `None`. You made `loss` a leaf of its own, which starts a history
there; it does not bring back the way to `w`. Mend the place where that way was cut.
"""
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    with torch.no_grad():
        guess = (w * x).sum()
    loss = torch.tensor((guess - target).item() ** 2).requires_grad_(True)
    loss.backward()
    return w.grad
