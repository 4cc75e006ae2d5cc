"""Nothing was recorded: the square has to come after `requires_grad_`."""
import torch


def slopes(values):
    x = values.clone()
    y = x ** 2
    x.requires_grad_(True)
    y.sum().backward()
    return x.grad
