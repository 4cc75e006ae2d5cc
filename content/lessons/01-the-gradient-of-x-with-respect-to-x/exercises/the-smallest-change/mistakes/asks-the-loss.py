"""You return `None`: no gradient has reached that tensor. Making the *loss* require grad quiets the error, but
no path leads from it to `x`; it is `x` that has to ask. And `backward()` itself returns nothing: read `x.grad` after it.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    loss = (x * x).sum()
    loss.requires_grad_(True)
    loss.backward()
    return x.grad
