"""Nothing was recorded. Nobody asked autograd to watch the tensor, so the sum has no `grad_fn` and there is no way
back. The asking has to come *before* the first operation.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    y = x * 1
    y.sum().backward()
    return x.grad
