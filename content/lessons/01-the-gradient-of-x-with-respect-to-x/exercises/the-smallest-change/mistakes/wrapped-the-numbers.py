"""`torch.tensor(x)` makes another tensor, without any past. The gradient goes to that copy, or ends there, and yours stays
`None`. Ask for tracking where `x` is made, and compute with `x` itself.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    tracked = torch.tensor(x, requires_grad=True)
    loss = (tracked * tracked).sum()
    loss.backward()
    return x.grad
