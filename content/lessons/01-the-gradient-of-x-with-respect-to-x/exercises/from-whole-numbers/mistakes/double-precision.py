"""The slopes are right, but they are `float64`, because a gradient has the dtype of its tensor. Say `torch.float32`, which
is what `torch.tensor` makes of floats by itself.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
    x.prod().backward()
    return x.grad
