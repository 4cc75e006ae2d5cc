"""Nothing was recorded. The product has to be made from a tensor that is tracked *at that moment*: from `x`, and after
`requires_grad_`."""
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    y = x * 1
    x.requires_grad_(True)
    s = y.sum()
    s.backward()
    return x.grad
