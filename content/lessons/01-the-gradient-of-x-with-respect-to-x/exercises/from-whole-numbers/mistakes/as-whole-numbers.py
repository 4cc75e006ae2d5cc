"""The slopes were turned back into whole numbers on the way out. A gradient is a float, like its tensor: return it
as it is.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32, requires_grad=True)
    x.prod().backward()
    return x.grad.long()
