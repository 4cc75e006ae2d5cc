"""It gives `None`: a function ends at its `return`, before anybody has walked back."""
import torch


def slopes(values):
    x = values.clone()
    x.requires_grad_(True)
    y = x ** 2
    return x.grad
    y.sum().backward()
