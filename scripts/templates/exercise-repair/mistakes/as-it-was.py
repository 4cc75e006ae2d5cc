"""The function is still $y = x$: its slope is one everywhere. Square `x` where `y` is made."""
import torch


def slopes(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


print(slopes(torch.tensor([1.0, 2.0])))
