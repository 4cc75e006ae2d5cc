"""The tensor you call `x` was computed from another one, and that one gets the gradient: the walk passes through
the results of operations and fills only what it started from. Make `x` in one step.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True).clone()
    loss = (x * x).sum()
    loss.backward()
    return x.grad
