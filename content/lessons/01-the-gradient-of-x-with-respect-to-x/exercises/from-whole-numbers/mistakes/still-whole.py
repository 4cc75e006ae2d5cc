"""The tensor that is asked to require grad still holds whole numbers. They cannot move by a little, so PyTorch refuses.
Converting afterwards is too late: the numbers must be floats when `requires_grad` is set.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True).float()
    x.prod().backward()
    return x.grad
