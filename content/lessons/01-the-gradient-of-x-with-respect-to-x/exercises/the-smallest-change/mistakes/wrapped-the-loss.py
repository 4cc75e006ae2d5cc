"""The loss was put into a new tensor, and `torch.tensor(loss)` copies its number without the record of how it was
computed. Call `backward()` on the sum itself.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    loss = torch.tensor((x * x).sum())
    loss.backward()
    return x.grad
