"""Nothing was being recorded when the product and the sum were computed. `x` has to require grad *before* that: what was
not written down at the time is not brought back by asking later.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    loss = (x * x).sum()
    x.requires_grad_(True)
    loss.backward()
    return x.grad
