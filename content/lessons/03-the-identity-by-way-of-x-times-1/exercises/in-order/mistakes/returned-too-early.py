"""It gives `None`. A function ends at its `return`, and at that point nobody has walked back yet: `backward()` comes first."""
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    x.requires_grad_(True)
    y = x * 1
    s = y.sum()
    return x.grad
    s.backward()
